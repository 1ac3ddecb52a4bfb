"""Before a game is published: what odds players would meet at each hour, if they came as a given week says.

No chance and no secret in it: plays flow in by the weights of the hours, units fall due as the manifest spreads them, and
whoever comes takes what is due. So it costs the same for ten prizes and for a million.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from math import inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from games.fairness import traffic
from games.fairness.moments import Line, units_of
from games.fairness.promise import Promise

ENOUGH = 36  # wins expected, so that chance alone makes no great difference
HIGHEST = 3.0  # ratio between two hours that nobody need confirm


class Hour(NamedTuple):
    begins_ms: int
    plays: float
    wins: float

    @property
    def odds(self) -> float:
        return self.wins / self.plays if self.plays else 0.0


class Forecast(NamedTuple):
    hours: list[Hour]
    ratio: float  # of the best hour to the worst; 1 is even, infinite is an hour in which nobody can win

    @property
    def is_lopsided(self) -> bool:
        return self.ratio > HIGHEST


class Crowd(NamedTuple):
    """Who is expected: so many plays between two milliseconds, spread as the week says where the game is played."""

    opens: int
    closes: int
    week: Sequence[int]
    zone: str
    plays: int

    def quarters(self) -> list[tuple[int, int, float]]:
        """Begin, end, and how many plays come between."""
        found = list(traffic.quarters(self.opens, self.closes, ZoneInfo(self.zone), self.week))
        mass = sum((end - begin) * weight for begin, end, weight in found) or 1
        return [(begin, end, self.plays * (end - begin) * weight / mass) for begin, end, weight in found]


class Flow:
    """Units on their way from being due to being won."""

    def __init__(self, promise: Promise, brought: Iterable[tuple[int, str]]) -> None:
        self.promise = promise
        stocks = {name: Counter(units_of(part["prizes"])) for name, part in promise.parts.items()}
        self.calendar, self.deck, self.odds = (stocks.get(name, Counter[str]()) for name in ("IW/1", "DECK/1", "ODDS/1"))
        self.listed = sorted(brought)
        self.line = Line([(begin, end, weight) for begin, end, weight in promise.intervals])
        self.waiting: dict[tuple[str, str], float] = {}
        self.given: dict[tuple[object, str], float] = {}
        self.played = 0.0

    def quarter(self, begin: int, end: int, plays: float) -> float:
        """How many of these plays win."""
        self.fall_due(begin, end, plays)
        room, until, sweeps = plays, self.promise.until(begin), self.sweeps(begin)
        for mode, prize in list(self.waiting):
            share = self.chance(plays) if mode == "odds" and not sweeps else 1.0
            won = max(0.0, min(room, self.waiting[mode, prize] * share, self.allowed(prize, begin, until)))
            room -= won
            self.waiting[mode, prize] -= won
            for key in ((until, ""), (until, prize), (begin // traffic.HOUR * 1.0, f"{prize}/h")):
                self.given[key] = self.given.get(key, 0.0) + won
        self.played += plays
        return plays - room

    def fall_due(self, begin: int, end: int, plays: float) -> None:
        share = (self.mass(end) - self.mass(begin)) / self.line.length
        for prize, stock in self.calendar.items():
            self.add("calendar", prize, stock * share)
        while self.listed and self.listed[0][0] < end:
            self.add("calendar", self.listed.pop(0)[1], 1.0)
        if self.deck:
            tickets = int(str(self.promise.parts["DECK/1"]["tickets"]))
            drawn = max(0.0, min(plays, tickets - self.played))
            for prize, stock in self.deck.items():
                self.add("deck", prize, stock * drawn / tickets)
        for prize, stock in self.odds.items():
            self.add("odds", prize, float(stock))
        self.odds = Counter()

    def sweeps(self, begin: int) -> bool:
        """From the last stretch on, everything is due that has not been."""
        if self.promise.sweep_from is None or begin < self.promise.sweep_from:
            return False
        for prize, stock in self.calendar.items():
            self.add("calendar", prize, stock * (1 - self.mass(begin) / self.line.length))
        for _, prize in self.listed:
            self.add("calendar", prize, 1.0)
        self.calendar, self.listed = Counter(), []
        return True

    def add(self, mode: str, prize: str, units: float) -> None:
        self.waiting[mode, prize] = self.waiting.get((mode, prize), 0.0) + units

    def chance(self, plays: float) -> float:
        """Of each unit that the odds give, to go in this quarter."""
        ahead = int(str(self.promise.parts["ODDS/1"]["plays"])) - self.played
        return min(1.0, plays / ahead) if ahead > 0 else 1.0

    def allowed(self, prize: str, begin: int, until: float) -> float:
        caps, hour = self.promise.caps, begin // traffic.HOUR * 1.0
        bounds = (
            (caps.wins_per_day, (until, "")),
            (caps.per_day.get(prize), (until, prize)),
            (caps.per_hour.get(prize), (hour, f"{prize}/h")),
        )
        return min((most - self.given.get(key, 0.0) for most, key in bounds if most is not None), default=inf)

    def mass(self, at: int) -> int:
        """How much of the line lies before this instant."""
        place = bisect_right(self.line.intervals, (at, inf, inf)) - 1
        if place < 0:
            return 0
        begin, end, weight = self.line.intervals[place]
        return self.line.starts[place] + weight * (min(at, end) - begin)


def simulate(promise: Promise, crowd: Crowd, brought: Sequence[tuple[int, str]] = ()) -> Forecast:
    flow = Flow(promise, brought)
    rows = [(begin, plays, flow.quarter(begin, end, plays)) for begin, end, plays in crowd.quarters()]
    hours = []
    for hour, group in groupby(rows, key=lambda row: row[0] // traffic.HOUR):
        found = list(group)
        hours.append(Hour(hour * traffic.HOUR, sum(row[1] for row in found), sum(row[2] for row in found)))
    return Forecast(hours, ratio(hours, crowd, bool(brought)))


def ratio(hours: Sequence[Hour], crowd: Crowd, lumpy: bool) -> float:
    """Hours that lie in the margins do not count, nor those in which nobody comes.

    A list has whole moments, and few of them leave many hours empty by chance: so the same hours of all days are taken together,
    and neighbours until enough of them win.
    """
    first, last = traffic.kept(crowd.opens, crowd.closes)
    inside = [hour for hour in hours if first <= hour.begins_ms + traffic.QUARTER and hour.begins_ms + traffic.HOUR <= last and hour.plays]
    odds = pooled(inside, ZoneInfo(crowd.zone)) if lumpy else [hour.odds for hour in inside]
    if not odds or not max(odds):
        return 1.0
    return max(odds) / min(odds) if min(odds) else inf


def pooled(hours: Sequence[Hour], zone: ZoneInfo) -> list[float]:
    plays, wins = sum(hour.plays for hour in hours), sum(hour.wins for hour in hours)
    clock = [(0.0, 0.0)] * 24
    for hour in hours:
        local = datetime.fromtimestamp(hour.begins_ms // 1000, zone).hour
        clock[local] = clock[local][0] + hour.plays, clock[local][1] + hour.wins
    found: list[tuple[float, float]] = []
    for played, won in clock:
        if not found or (plays and found[-1][0] * wins / plays >= ENOUGH):
            found.append((0.0, 0.0))
        found[-1] = found[-1][0] + played, found[-1][1] + won
    if len(found) > 1 and found[-1][0] * wins / plays < ENOUGH:
        played, won = found.pop()
        found[-1] = found[-1][0] + played, found[-1][1] + won
    return [won / played for played, won in found if played]
