"""What each hour of a game brought, and the odds that a play had in it; long games are drawn by the day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Sum

from games.models import Game, Minute

MOST = 240  # bars side by side; more are told by the day
NAMES = ("players", "plays", "won")


class Span(NamedTuple):
    """An hour, or a day."""

    at: datetime  # its beginning, in the tenant's zone
    players: int
    plays: int
    won: int

    @property
    def odds(self) -> float | None:
        """Per cent of the plays that won; None where nobody played."""
        return 100 * self.won / self.plays if self.plays else None


def hours(game: Game) -> list[Span]:
    """Those in which something happened, in their order, in one query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Minute.objects.filter(game=game, name__in=NAMES).annotate(hour=F("minute") / 60).values_list("hour", "name")
    for hour, name, value in rows.annotate(total=Sum("value")).order_by("hour"):
        found[hour][name] = value
    zone = ZoneInfo(game.tenant.zone)
    return [span(datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone), values) for hour, values in found.items()]


def days(spans: Iterable[Span]) -> list[Span]:
    found: dict[datetime, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for each in spans:
        day = found[each.at.replace(hour=0, minute=0)]
        for name in NAMES:
            day[name] += getattr(each, name)
    return [span(at, values) for at, values in found.items()]


def unbroken(spans: list[Span], step: timedelta) -> list[Span]:
    """With the empty ones in between, for a chart on which time passes evenly. Counted in UTC: an hour that a clock skips is none."""
    if not spans:
        return []
    known = {each.at.astimezone(UTC): each for each in spans}
    zone, at, last = spans[0].at.tzinfo, spans[0].at, spans[-1].at
    found = []
    while at <= last:
        found.append(known.get(at.astimezone(UTC)) or span(at, {}))
        at = at + step if step >= timedelta(days=1) else (at.astimezone(UTC) + step).astimezone(zone)
    return found


def span(at: datetime, values: dict[str, int]) -> Span:
    return Span(at, *(values.get(name, 0) for name in NAMES))
