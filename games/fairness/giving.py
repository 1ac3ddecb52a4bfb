"""What a play is given: one decision, taken by the running game and by everybody who recomputes it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from games.fairness.odds import Odds
from games.fairness.schedule import Schedule

HOUR_S = 3600


def millisecond(at: float) -> int:
    """The one in which this lies. A whole one may have become a float a hair below it."""
    return int(at * 1000 + 0.001)


class Caps(NamedTuple):
    """What is given to one player, in a day and in an hour, at most. None and nothing named: as it comes."""

    wins_per_player: int | None = None
    wins_per_day: int | None = None
    gap_ms: int = 0  # between two wins of one player
    per_day: Mapping[str, int] = {}
    per_hour: Mapping[str, int] = {}


class Plan(NamedTuple):
    """What is sealed, opened."""

    calendar: Schedule
    deck: Schedule
    odds: Odds | None = None
    sweep_from: int | None = None  # from this millisecond on whatever remains is due


class Gift(NamedTuple):
    mode: str  # calendar, deck or odds
    prize: str
    place: int | None  # in the calendar or the deck


@dataclass
class Held:
    """A unit that somebody has won."""

    prize: str
    unit: int
    at: float


@dataclass
class Window:
    """What the running day, or hour, has given."""

    key: float = 0.0
    total: int = 0
    given: dict[str, int] = field(default_factory=dict)

    def during(self, key: float) -> "Window":
        return self if self.key == key else Window(key)


@dataclass
class Standing:
    """How far a game has come: all that the next decision depends on, besides the plan. None of it grows with a play that loses."""

    plays: int = 0
    given: dict[str, int] = field(default_factory=dict)
    taken: dict[str, dict[str, int]] = field(default_factory=dict)  # the same, by the mode that gave them
    frozen: set[str] = field(default_factory=set)
    wins: dict[int, list[Held]] = field(default_factory=dict)
    day: Window = field(default_factory=Window)
    hour: Window = field(default_factory=Window)

    def take(self, player: int, gift: Gift, at: float, until: float) -> None:
        prize, unit = gift.prize, self.given.get(gift.prize, 0)
        taken = self.taken.setdefault(gift.mode, {})
        self.given[prize], taken[prize] = unit + 1, taken.get(prize, 0) + 1
        self.wins.setdefault(player, []).append(Held(prize, unit, at))
        self.day, self.hour = self.day.during(until), self.hour.during(at // HOUR_S)
        for window in (self.day, self.hour):
            window.total += 1
            window.given[prize] = window.given.get(prize, 0) + 1


def give(plan: Plan, caps: Caps, standing: Standing, player: int, at: float, until: float) -> Gift | None:
    """Calendar, then deck, then odds. `until` is when the day ends in which `at` lies; the play counts as the next one.

    A prize that is frozen, or has had its share of the day, is passed over; its units stay due and go to a later play.
    """
    at_ms = millisecond(at)
    if not admitted(caps, standing, player, at_ms, until):
        return None

    def free(prize: str) -> bool:
        return allowed(caps, standing, prize, at, until)

    sweeping = plan.sweep_from is not None and at_ms >= plan.sweep_from
    number = standing.plays + 1
    for mode, schedule, clock in (("calendar", plan.calendar, at_ms), ("deck", plan.deck, number)):
        place = schedule.oldest(standing.taken.get(mode, {}), inf if sweeping else clock, free)
        if place is not None:
            return Gift(mode, schedule.prizes[place], place)
    prize = plan.odds.drawn(number, standing.taken.get("odds", {}), free, sweeping) if plan.odds else None
    return Gift("odds", prize, None) if prize else None


def admitted(caps: Caps, standing: Standing, player: int, at_ms: int, until: float) -> bool:
    """May this player win now?"""
    if caps.wins_per_day is not None and standing.day.during(until).total >= caps.wins_per_day:
        return False
    wins = standing.wins.get(player)
    if not wins:
        return True
    if caps.wins_per_player is not None and len(wins) >= caps.wins_per_player:
        return False
    return at_ms - millisecond(wins[-1].at) >= caps.gap_ms


def allowed(caps: Caps, standing: Standing, prize: str, at: float, until: float) -> bool:
    """May this prize be given now?"""
    if prize in standing.frozen:
        return False
    if prize in caps.per_day and standing.day.during(until).given.get(prize, 0) >= caps.per_day[prize]:
        return False
    return prize not in caps.per_hour or standing.hour.during(at // HOUR_S).given.get(prize, 0) < caps.per_hour[prize]
