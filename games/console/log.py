"""The latest of a game's log, as its operators read it: when, what, and who did it."""

import json
from collections.abc import Iterable
from typing import Any

from games.models import Game, GameEvent, Player
from tenants.models.member import Member

LATEST = 200  # events of any kind; the page keeps fewer lines, for it groups them
DECIDED = 50  # what operators and the clock did
FAR = 20_000  # events back, at most, in which those are searched


def latest(game: Game, member: Member, after: int = 0, until: int | None = None) -> list[dict[str, Any]]:
    """Oldest first, numbered above `after`: the last of any kind, and what was decided before them."""
    rows = GameEvent.objects.filter(game=game, seq__gt=after).order_by("-seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    events = list(rows[:LATEST])
    if len(events) == LATEST:
        oldest = events[-1].seq
        events += rows.filter(seq__lt=oldest, seq__gt=oldest - FAR).exclude(role="player")[:DECIDED]
    events.reverse()
    people, players = doers(events), called(game, events)
    return [told(event, member, people, players) for event in events]


def told(event: GameEvent, member: Member, people: dict[int, str], players: dict[int, str]) -> dict[str, Any]:
    data = json.loads(event.data)
    shown = {"seq": event.seq, "at": event.at, "event": data, "name": players.get(data.get("player", 0), "")}
    if event.role == "operator":
        return {**shown, "by": people.get(event.by, ""), "mine": event.by == member.pk}
    return {**shown, "by": None if event.role == "system" else "", "mine": False}


def doers(events: Iterable[GameEvent]) -> dict[int, str]:
    """The names of the members who acted, in one query."""
    numbers = {event.by for event in events if event.role == "operator"}
    if not numbers:
        return {}
    return {member.pk: member.user.name or member.user.email for member in Member.objects.filter(pk__in=numbers).select_related("user")}


def called(game: Game, events: Iterable[GameEvent]) -> dict[int, str]:
    """The names of the players whom these events mention, in one query."""
    numbers = {json.loads(event.data).get("player", 0) for event in events} - {0}
    return dict(Player.objects.filter(game=game, number__in=numbers).values_list("number", "name")) if numbers else {}
