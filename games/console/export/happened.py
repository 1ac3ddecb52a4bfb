"""What happened in a game, read by numbers of its log: awards, plays, events, minutes. Only what its operators may see."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db.models import Q

from games.console.export.table import STRIDE, Pages, Row
from games.console.log import STORED
from games.log import Logged, decoded
from games.mechanic import Event
from games.models import Award, Game, GameEvent, Minute, Player
from games.ruleset import Ruleset
from games.store.loading import mechanic_of, ruleset_of


def awards(game: Game) -> Pages:
    labels = {prize.id: prize.label for prize in mechanic_of(game).shelf()}
    last = -1
    while some := list(Award.objects.filter(game=game, play__gt=last).order_by("play")[:STRIDE]):
        names = dict(Player.objects.filter(game=game, number__in={each.player for each in some}).values_list("number", "name"))
        yield [
            (each.public_id, instant(each.at), each.player, names.get(each.player), each.prize, labels.get(each.prize), each.unit + 1)
            for each in some
        ]
        last = some[-1].play


def plays(game: Game) -> Pages:
    for ruleset, some in log(game, role="player"):
        yield [line for each in some if each.event.__struct_config__.tag != "joined" for line in play(ruleset, each)]


def play(ruleset: Ruleset, entry: Logged) -> list[Row]:
    seen = ruleset.seen(entry.event, "operator")
    return [(entry.seq, instant(entry.at), entry.by, tag(seen), getattr(seen, "prize", None))] if seen else []


def events(game: Game) -> Pages:
    for ruleset, some in log(game):
        yield [line for each in some for line in event(ruleset, each)]


def event(ruleset: Ruleset, entry: Logged) -> list[Row]:
    seen = ruleset.seen(entry.event, "operator")
    return [(entry.seq, instant(entry.at), entry.role, entry.by or None, tag(seen), details(seen))] if seen else []


def details(seen: Event) -> str:
    told: dict[str, Any] = msgspec.to_builtins(seen)
    told.pop("t", None)
    return msgspec.json.encode(told).decode()


def tag(seen: Event) -> str:
    return str(seen.__struct_config__.tag)


def log(game: Game, **only: str) -> Iterator[tuple[Ruleset, list[Logged]]]:
    """Without the game's key: what is sealed cannot even be computed here."""
    ruleset, last = ruleset_of(game), 0
    while rows := list(GameEvent.objects.filter(game=game, seq__gt=last, **only).order_by("seq").values_list(*STORED)[:STRIDE]):
        yield ruleset, list(decoded(ruleset, rows))
        last = rows[-1][0]


def minutes(game: Game) -> Pages:
    minute, name = -1, ""
    while some := list(following(game, minute, name)):
        yield [(instant(at * 60.0), what, value) for at, what, value in some]
        minute, name, _ = some[-1]


def following(game: Game, minute: int, name: str) -> Any:
    later = Q(minute__gt=minute) | Q(minute=minute, name__gt=name)
    return Minute.objects.filter(later, game=game).order_by("minute", "name").values_list("minute", "name", "value")[:STRIDE]


def instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
