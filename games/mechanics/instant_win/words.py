"""What an editor sets, what a player asks, what happens, and what is remembered of it."""

from functools import cache
from typing import Annotated, TypeAlias
from zoneinfo import available_timezones

import msgspec

from games.mechanic import Command, Count, Event, Prize, Tick

PerDay = Annotated[int, msgspec.Meta(ge=1, le=100)]
Wins = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Zone = Annotated[str, msgspec.Meta(max_length=40, examples=["Europe/Paris", "Pacific/Auckland", "America/Havana", "UTC"])]
Week = Annotated[list[Count], msgspec.Meta(min_length=168, max_length=168)]


Prizes = Annotated[list[Prize], msgspec.Meta(min_length=1, max_length=100)]


@cache
def zones() -> frozenset[str]:
    """Once in a process: it reads a thousand files."""
    return frozenset(available_timezones())


class Play(Command, frozen=True):
    """One try, settled at once."""


class Won(Event, frozen=True):
    player: int
    prize: str
    unit: int
    moment: int
    at: float
    until: float  # when his plays of this day are forgotten
    told_at: float  # when everyone may hear of it, in game time


class Prized(Event, frozen=True, tag="won"):
    """What the winner is told of it: neither unit nor moment, for by these he could count what others have won by now."""

    player: int
    prize: str
    at: float


class Lost(Event, frozen=True):
    player: int
    until: float


class Win(msgspec.Struct, frozen=True):
    player: int
    prize: str
    at: float


class Announced(Event, frozen=True):
    """Everyone hears of wins that are a while ago."""

    wins: list[Win]  # the newest of them: a frame must stay small in the fullest minute
    given: dict[str, int]  # all of them, by prize


class Plays(msgspec.Struct):
    """What a player has used of his day."""

    until: float = 0.0
    count: int = 0


class State(msgspec.Struct):
    taken: int = 0  # moments taken so far; they are taken in order
    plays: int = 0
    given: dict[str, int] = {}
    announced: dict[str, int] = {}
    untold: list[tuple[float, Win]] = []  # in their order, each with the game time at which everyone hears of it
    recent: list[Win] = []
    today: dict[int, Plays] = {}
    wins: dict[int, list[Win]] = {}


Commands: TypeAlias = Play | Tick
Events: TypeAlias = Won | Lost | Announced
