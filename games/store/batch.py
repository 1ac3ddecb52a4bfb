"""What one commit adds to the tables, row by row, whatever database takes it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from games.log import Logged
from games.ruleset import Ruleset
from tenants import scope
from tenants.ids import public_id


class Summary(msgspec.Struct, frozen=True):
    """What lists and the clock need of a game without waking it."""

    phase: str
    next_at: float | None
    totals: dict[str, int] = {}
    stock: dict[str, int] = {}


class EventRow(msgspec.Struct):
    seq: int
    at: float
    role: str
    by: int
    ref: str
    kind: str
    version: int
    data: str


class AwardRow(msgspec.Struct):
    public_id: str
    player: int
    prize: str
    unit: int
    moment: int | None
    play: int
    at: float


class MinuteRow(msgspec.Struct):
    minute: int
    name: str
    value: int


class Batch(NamedTuple):
    tenant: int
    game: int
    fence: int
    seq: int  # the last one
    summary: Summary
    events: list[EventRow]
    awards: list[AwardRow]
    minutes: list[MinuteRow]


def batch(game: int, ruleset: Ruleset, entries: list[Logged], summary: Summary, fence: int) -> Batch:
    minutes = [MinuteRow(minute, name, value) for (minute, name), value in counted(ruleset, entries).items()]
    events = [row(entry) for entry in entries]
    return Batch(scope.owner(), game, fence, entries[-1].seq, summary, events, list(awards(ruleset, entries)), minutes)


def row(entry: Logged) -> EventRow:
    event = entry.event
    data = msgspec.json.encode(event).decode()
    return EventRow(entry.seq, entry.at, entry.role, entry.by, entry.ref, str(event.__struct_config__.tag), event.version, data)


def awards(ruleset: Ruleset, entries: list[Logged]) -> Iterator[AwardRow]:
    for entry in entries:
        for award in ruleset.awards(entry.event):
            yield AwardRow(public_id(), award.player, award.prize, award.unit, award.moment, entry.seq, entry.at)


def counted(ruleset: Ruleset, entries: list[Logged]) -> Counter[tuple[int, str]]:
    """What a batch adds to the minutes, by minute and name."""
    sums: Counter[tuple[int, str]] = Counter()
    for entry in entries:
        for name, value in ruleset.counts(entry.event).items():
            sums[int(entry.at // 60), name] += value
    return sums
