"""When people play: winning moments follow this, so that no hour of the night is a good one to win in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from games.fairness.shape import Refused, integer

HOUR = 3_600_000
# Clocks are set and zones differ by whole quarters of an hour, so inside one the local hour stays the same.
QUARTER = 900_000
HOURS = 168

# Our own guess of a French week, to be replaced by a tenant's history: hardly anyone at four in the morning,
# a little wave at noon, the evening by far the strongest; later mornings and fuller afternoons at the weekend.
WORKDAY = (14, 7, 4, 3, 3, 6, 15, 30, 38, 36, 38, 46, 68, 62, 46, 42, 46, 56, 70, 82, 96, 100, 76, 38)
FRIDAY = (14, 7, 4, 3, 3, 6, 15, 30, 38, 36, 38, 46, 68, 62, 48, 46, 52, 62, 72, 78, 84, 86, 74, 48)
SATURDAY = (28, 16, 9, 5, 4, 5, 10, 20, 36, 50, 58, 62, 66, 64, 60, 58, 60, 64, 70, 74, 78, 80, 72, 48)
SUNDAY = (30, 18, 10, 6, 4, 5, 9, 17, 32, 48, 60, 64, 66, 66, 64, 64, 66, 70, 78, 88, 98, 98, 70, 34)
FRENCH_WEEK = WORKDAY * 4 + FRIDAY + SATURDAY + SUNDAY


def intervals(opens_at: datetime, closes_at: datetime, zone: str, weights: Sequence[int] = FRENCH_WEEK) -> list[list[int]]:
    """[begin, end, weight] in milliseconds UTC, for a manifest. Weights: Monday 0 h first, local time; 0 is a closed hour."""
    if len(weights) != HOURS:
        raise Refused(f"a week has {HOURS} weights, not {len(weights)}")
    for weight in weights:
        integer(weight, "the weight of an hour", 0, 1_000_000)
    found: list[list[int]] = []
    for begin, end, weight in quarters(*kept(stamp(opens_at), stamp(closes_at)), ZoneInfo(zone), weights):
        if found and found[-1][1:] == [begin, weight]:
            found[-1][1] = end
        elif weight:
            found.append([begin, end, weight])
    if not found:
        raise Refused("the game is open in closed hours only")
    return found


def kept(opens: int, closes: int) -> tuple[int, int]:
    """What the margins leave: a minute to arrive; an hour, or a fiftieth, in which what is still open finds its winner.

    A game under two hours gives at most half of its time to the end, one under ten minutes a tenth to the beginning.
    """
    length = closes - opens
    if length < 1:
        raise Refused("a game must close after it opens")
    return opens + min(60_000, length // 10), closes - min(max(HOUR, length // 50), length // 2)


def quarters(begin: int, end: int, zone: ZoneInfo, weights: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    while begin < end:
        local = datetime.fromtimestamp(begin // 1000, zone)
        following = min(end, begin - begin % QUARTER + QUARTER)
        yield begin, following, weights[local.weekday() * 24 + local.hour]
        begin = following


def stamp(at: datetime) -> int:
    if at.tzinfo is None:
        raise Refused("a game's hours need a zone")
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


def edition() -> str:
    """Which rules of summer time made the intervals: the manifest names it."""
    for folder in TZPATH:
        listing = Path(folder) / "tzdata.zi"
        if listing.is_file():
            with listing.open(encoding="utf-8") as lines:
                return lines.readline().removeprefix("# version").strip()
    return "unknown"
