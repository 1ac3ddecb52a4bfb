"""What the minutes of games add up to: the last hour, a sparkline of it, the last seven days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from games import statistics
from games.models import Minute

BARS = 36
WIDE, HIGH = 220, 46  # the sparkline's own units
DAYS = 7

Row = dict[str, int]


class Bar(NamedTuple):
    """A bar of the sparkline, as SVG attributes: a comma as decimal sign would break them."""

    x: str
    y: str
    height: str


class Total(NamedTuple):
    """What the last seven days brought, and how that compares with the seven before."""

    name: str
    value: int
    before: int

    @property
    def change(self) -> int | None:
        """Per cent; None where there was nothing to compare with."""
        return round(100 * (self.value - self.before) / self.before) if self.before else None


def last_hour(games: Sequence[int], now: float) -> dict[int, list[Row]]:
    """For each game its last 60 minutes, oldest first, in one query however many games there are."""
    found: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    recent = Minute.objects.filter(game__in=games, minute__gt=int(now // 60) - statistics.HISTORY)
    for game, minute, name, value in recent.values_list("game", "minute", "name", "value"):
        found[game].append((minute, name, value))
    return {game: statistics.per_minute(found[game], now) for game in games}


def lately(rows: Iterable[Row], now: float) -> tuple[Row, Row]:
    """What the minute that runs has brought so far, and what the one before brought: all pages mean these two."""
    known, running = {row["at"]: row for row in rows}, int(now // 60) * 60
    return known.get(running, {}), known.get(running - 60, {})


def bars(rows: Iterable[Row], now: float, name: str) -> list[Bar]:
    """The last minutes as bars, each as high as its share of the highest; an empty one is a hair, so that time is seen to pass."""
    known = {row["at"] // 60: row.get(name, 0) for row in rows}
    first = int(now // 60) - BARS + 1
    values = [known.get(minute, 0) for minute in range(first, first + BARS)]
    return [bar(place, value / (max(values) or 1)) for place, value in enumerate(values)]


def bar(place: int, share: float) -> Bar:
    height = max(1.5, HIGH * share)
    return Bar(f"{0.9 + place * WIDE / BARS:.1f}", f"{HIGH - height:.1f}", f"{height:.1f}")


def week(names: Sequence[str], now: float) -> list[Total]:
    """Seven days and the seven before them, of all games of the scope, in one query."""
    middle = int(now // 60) - DAYS * 24 * 60
    rows = Minute.objects.filter(minute__gt=middle - DAYS * 24 * 60, name__in=names, game__trial=False).values("name")
    sums = rows.annotate(
        fresh=Coalesce(Sum("value", filter=Q(minute__gt=middle)), 0), before=Coalesce(Sum("value", filter=Q(minute__lte=middle)), 0)
    )
    known = {row["name"]: (row["fresh"], row["before"]) for row in sums}
    return [Total(name, *known.get(name, (0, 0))) for name in names]
