"""Winning moments `IW/1`: fixed before the game by a secret, hidden until it is told, recomputed by anyone after."""

import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from games.fairness.canonical import digest
from games.fairness.shape import Refused, array, fields, integer, sized, text
from games.fairness.source import Source, source_of
from games.fairness.stream import Stream

MOST_UNITS = 1_000_000
MOMENTS_REQUIRED = ("v", "campaign", "intervals", "prizes", "mode", "beacon")
MOMENTS_OPTIONAL = ("tzdata", "carry")


class Moment(NamedTuple):
    """From at_ms on, the next play wins this unit. Units count from 0 through all prizes in the manifest's order."""

    at_ms: int
    unit: int
    prize: str


class Calendar(NamedTuple):
    """A manifest that has been judged."""

    line: "Line"
    units: list[str]
    mode: str
    source: Source


class Line:
    """The intervals laid end to end, each as long as its duration times its weight."""

    def __init__(self, intervals: list[tuple[int, int, int]]) -> None:
        self.intervals = intervals
        self.starts: list[int] = []
        self.length = 0
        for begin, end, weight in intervals:
            self.starts.append(self.length)
            self.length += weight * (end - begin)

    def at(self, offset: int) -> int:
        place = bisect_right(self.starts, offset) - 1
        begin, _, weight = self.intervals[place]
        return begin + (offset - self.starts[place]) // weight


def commitment(secret: bytes, manifest: object) -> bytes:
    """Published before the opening: it binds the secret to this manifest and tells nothing of either moment."""
    judge_moments(manifest)
    return hashlib.sha256(b"IW/1/commit\0" + sized(secret, "the secret", 32) + digest(manifest)).digest()


def derive(manifest: object, secret: bytes, randomness: bytes) -> list[Moment]:
    """All moments in the order in which plays take them: by time, then by unit."""
    line, units, mode, _ = judge_moments(manifest)
    stream = Stream(moments_key(manifest, secret, randomness))
    spread = scattered if mode == "iid" else slotted
    offsets = spread(stream, line.length, len(units))
    return sorted(Moment(line.at(offset), unit, prize) for unit, (prize, offset) in enumerate(zip(units, offsets, strict=True)))


def moments_key(manifest: object, secret: bytes, randomness: bytes) -> bytes:
    inputs = digest(manifest) + sized(randomness, "the randomness", 32)
    return hmac.digest(sized(secret, "the secret", 32), b"IW/1\0" + inputs, "sha256")


def scattered(stream: Stream, length: int, count: int) -> Iterator[int]:
    return (stream.below(length) for _ in range(count))


def slotted(stream: Stream, length: int, count: int) -> Iterator[int]:
    """One unit in each of equally long slots, so that prizes never come all at once."""
    bounds = pairwise(unit * length // count for unit in range(count + 1))
    return (low + stream.below(high - low) for low, high in bounds)


def judge_moments(manifest: object) -> Calendar:
    """Raises Refused for what no game may be opened with."""
    plan = fields(manifest, "the manifest", MOMENTS_REQUIRED, MOMENTS_OPTIONAL)
    if plan["v"] != "IW/1":
        raise Refused('the manifest\'s v must be "IW/1"')
    text(plan["campaign"], "the manifest's campaign")
    text(plan.get("tzdata", "?"), "the manifest's tzdata")
    mode = text(plan["mode"], "the manifest's mode")
    if mode not in ("iid", "stratified"):
        raise Refused('the manifest\'s mode must be "iid" or "stratified"')
    # "drop_at_day_end" has no meaning while the manifest names no zone whose days could end.
    if plan.get("carry", "open") != "open":
        raise Refused('the manifest\'s carry must be "open"')
    line, units = Line(intervals_of(plan["intervals"])), units_of(plan["prizes"])
    if not len(units) <= line.length <= 2**63:
        raise Refused(f"{len(units)} units of prizes do not fit on a line of length {line.length}")
    return Calendar(line, units, mode, source_of(plan))


def intervals_of(value: object) -> list[tuple[int, int, int]]:
    found = sorted(interval_of(item) for item in array(value, "the manifest's intervals"))
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise Refused("two intervals of the manifest overlap")
    return found


def interval_of(item: object) -> tuple[int, int, int]:
    parts = array(item, "an interval")
    if len(parts) not in (2, 3):
        raise Refused("an interval must be [begin, end] or [begin, end, weight]")
    begin = integer(parts[0], "an interval's begin")
    end = integer(parts[1], "an interval's end", begin + 1)
    return begin, end, integer(parts[2], "an interval's weight", 1) if len(parts) == 3 else 1


def units_of(value: object) -> list[str]:
    """The prize of each unit."""
    stock: dict[str, int] = {}
    for item in array(value, "the manifest's prizes"):
        pair = array(item, "a prize")
        if len(pair) != 2:
            raise Refused("a prize must be [id, quantity]")
        prize = text(pair[0], "a prize's id")
        if prize in stock:
            raise Refused(f"the prize {prize!r} is listed twice")
        stock[prize] = integer(pair[1], "a prize's quantity", 1, MOST_UNITS)
    if not 1 <= sum(stock.values()) <= MOST_UNITS:
        raise Refused(f"a game has 1 to {MOST_UNITS} units of prizes")
    return [prize for prize, quantity in stock.items() for _ in range(quantity)]
