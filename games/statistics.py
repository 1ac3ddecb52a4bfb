"""The numbers of games as a dashboard shows them: exact totals, and what each of the last minutes added."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from games.models import Game, Minute

HISTORY = 60  # minutes


class Standing(NamedTuple):
    """The numbers of one game, whole."""

    public_id: str
    phase: str
    totals: dict[str, int]
    stock: dict[str, int]
    per_minute: list[dict[str, int]]


def per_minute(rows: Iterable[tuple[int, str, int]], now: float) -> list[dict[str, int]]:
    """The last hour, oldest first, minutes without anything left out: `{"at": seconds, "plays": 12, …}`."""
    since = int(now // 60) - HISTORY
    minutes: dict[int, dict[str, int]] = defaultdict(dict)
    for minute, name, value in rows:
        if minute > since:
            minutes[minute][name] = value
    return [{"at": minute * 60, **minutes[minute]} for minute in sorted(minutes)]


def frame(standing: Standing, now: float) -> dict[str, Any]:
    """The stats frame of `interface.md`, whole values."""
    return {
        "t": "stats",
        "game": standing.public_id,
        "now": now,
        "phase": standing.phase,
        **standing.totals,
        "per_minute": standing.per_minute,
        "stock": standing.stock,
    }


def standings(now: float) -> list[Standing]:
    """The games of the tenant in scope, in two queries however many there are."""
    games = list(Game.objects.filter(trial=False).order_by("pk").values_list("pk", "public_id", "phase", "totals", "stock"))
    rows: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    since = int(now // 60) - HISTORY
    for game, minute, name, value in Minute.objects.filter(minute__gt=since).values_list("game", "minute", "name", "value"):
        rows[game].append((minute, name, value))
    return [Standing(public_id, phase, totals, stock, per_minute(rows[pk], now)) for pk, public_id, phase, totals, stock in games]
