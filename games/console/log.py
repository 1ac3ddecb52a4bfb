"""The latest of a game's log, as its operators read it: when, what, and who did it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from games.log import Logged, decoded
from games.models import Game, GameEvent, Player
from games.store.loading import ruleset_of
from tenants.models.member import Member

LATEST = 1_000  # events of any kind; the page keeps fewer lines, for it groups them, and says by the numbers how many it was not given
DECIDED = 50  # what operators and the clock did
FAR = 20_000  # events back, at most, in which those are searched
STORED = ("seq", "at", "role", "by", "ref", "kind", "version", "data")


def latest(game: Game, member: Member, after: int = 0, until: int | None = None) -> list[dict[str, Any]]:
    """Oldest first, numbered above `after`: the last of any kind, and what was decided before them."""
    rows = GameEvent.objects.filter(game=game, seq__gt=after).order_by("-seq").values_list(*STORED)
    if until is not None:
        rows = rows.filter(seq__lte=until)
    found = list(rows[:LATEST])
    if len(found) == LATEST:
        oldest = found[-1][0]
        found += rows.filter(seq__lt=oldest, seq__gt=oldest - FAR).exclude(role="player")[:DECIDED]
    entries = list(decoded(ruleset_of(game), reversed(found)))
    people, players = doers(entries), called(game, entries)
    return [told(entry, member, people, players) for entry in entries]


def told(entry: Logged, member: Member, people: dict[int, str], players: dict[int, str]) -> dict[str, Any]:
    name = players.get(getattr(entry.event, "player", 0), "")
    shown = {"seq": entry.seq, "at": entry.at, "event": msgspec.to_builtins(entry.event), "name": name}
    if entry.role == "operator":
        return {**shown, "by": people.get(entry.by, ""), "mine": entry.by == member.pk}
    return {**shown, "by": None if entry.role == "system" else "", "mine": False}


def doers(entries: Iterable[Logged]) -> dict[int, str]:
    """The names of the members who acted, in one query."""
    numbers = {entry.by for entry in entries if entry.role == "operator"}
    if not numbers:
        return {}
    return {member.pk: member.user.name or member.user.email for member in Member.objects.filter(pk__in=numbers).select_related("user")}


def called(game: Game, entries: Iterable[Logged]) -> dict[int, str]:
    """The names of the players whom these events mention, in one query."""
    numbers = {getattr(entry.event, "player", 0) for entry in entries} - {0}
    return dict(Player.objects.filter(game=game, number__in=numbers).values_list("number", "name")) if numbers else {}
