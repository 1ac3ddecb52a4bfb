"""What an editor sets of an instant win."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

import msgspec

from games import mechanic
from games.mechanic import Count, Slug, Stock, Text

PerDay = Annotated[int, msgspec.Meta(ge=1, le=100)]
Wins = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Most = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Gap = Annotated[int, msgspec.Meta(ge=0, le=31 * 86_400)]
Forecast = Annotated[int, msgspec.Meta(ge=1, le=10_000_000, examples=[60, 200, 5000])]
Sweep = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
Zone = Annotated[str, msgspec.Meta(max_length=40, examples=["Europe/Paris", "Pacific/Auckland", "America/Havana", "UTC"])]
Week = Annotated[list[Count], msgspec.Meta(min_length=168, max_length=168)]
Words = Annotated[str, msgspec.Meta(max_length=400)]
Rest = Literal["draw", "void"]  # what becomes of units that nobody took


class Prize(mechanic.Prize, frozen=True, forbid_unknown_fields=True):
    """How its units find their winners, and how fast at most."""

    mode: Literal["calendar", "deck", "odds", "stage"] = "calendar"  # stage: they wait for a burst
    per_day: Most | None = None
    per_hour: Most | None = None


Prizes = Annotated[list[Prize], msgspec.Meta(min_length=1, max_length=100)]


class Consolation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a play has that wins nothing else: words for all; with a stock, a unit for each as long as there are any."""

    id: Slug
    label: Text
    text: Words = ""
    stock: Stock | None = None


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moment that somebody brought."""

    at_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    prize: Slug


Moments = Annotated[list[Fixed], msgspec.Meta(max_length=20_000, examples=[[]])]


@cache
def zones() -> frozenset[str]:
    """Once in a process: it reads a thousand files."""
    return frozenset(available_timezones())
