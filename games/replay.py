"""What a log adds up to, as far as it was read; and how that is kept, so that not all of it need be read again (decision 29)."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple, Self

import msgspec

from games import lifecycle
from games.log import Logged
from games.repeats import Copied, Packed, Repeats, packed
from games.ruleset import Ruleset, State

LEAST = 1_000  # events after a snapshot, before there is another


class Kept(NamedTuple):
    """A snapshot as it is stored."""

    seq: int
    fingerprint: str
    data: bytes


class Contents(msgspec.Struct, array_like=True, frozen=True):
    last_at: float
    lifecycle: msgspec.Raw
    mechanic: msgspec.Raw
    repeats: Packed


class Frozen(NamedTuple):
    """A game as it was at a number of its log. It is quickly made; what takes long in a crowd may be done in another thread."""

    ruleset: Ruleset
    line: str
    seq: int
    last_at: float
    lifecycle: msgspec.Raw
    mechanic: msgspec.Raw
    repeats: Copied

    def packed(self) -> Kept:
        contents = Contents(self.last_at, self.lifecycle, self.mechanic, packed(self.repeats))
        return Kept(self.seq, fingerprint(self.ruleset, self.line), msgspec.msgpack.encode(contents))


class Replay:
    def __init__(self, ruleset: Ruleset, line: str = "") -> None:
        self.ruleset, self.line = ruleset, line
        self.state, self.seq, self.last_at = ruleset.beginning(), 0, 0.0
        self.repeats = Repeats()
        self.kept = 0  # the number of the last snapshot

    def take(self, entry: Logged) -> None:
        self.ruleset.evolve(self.state, entry.event)
        self.seq, self.last_at = entry.seq, entry.at
        self.repeats.note(entry)

    def follow(self, log: Iterable[Logged]) -> Self:
        for entry in log:
            self.take(entry)
        return self

    def snapshot_due(self) -> bool:
        """A snapshot costs what the crowd is, so it waits for a tail that costs as much."""
        return self.seq - self.kept > max(LEAST, self.state.lifecycle.players // 4)

    def same(self, other: "Replay") -> bool:
        """As seen by whoever goes on from here."""
        return (self.seq, self.last_at, self.state, self.repeats) == (other.seq, other.last_at, other.state, other.repeats)

    def frozen(self) -> Frozen:
        """For a snapshot. Only for what is in the log: the caller sees to it."""
        self.kept = self.seq
        hours, mechanic = (msgspec.Raw(msgspec.msgpack.encode(part)) for part in (self.state.lifecycle, self.state.mechanic))
        return Frozen(self.ruleset, self.line, self.seq, self.last_at, hours, mechanic, self.repeats.copied())

    @classmethod
    def unpacked(cls, ruleset: Ruleset, line: str, kept: Kept) -> "Replay | None":
        """None when it was made of other types, under other settings or on another line of the log."""
        if kept.fingerprint != fingerprint(ruleset, line):
            return None
        made = cls(ruleset, line)
        try:
            contents = msgspec.msgpack.decode(kept.data, type=Contents)
            parts = zip((contents.lifecycle, contents.mechanic), types(ruleset), strict=True)
            made.state = State(*(msgspec.msgpack.decode(part, type=kind) for part, kind in parts))
        except msgspec.DecodeError:
            return None
        made.seq = made.kept = kept.seq
        made.last_at, made.repeats = contents.last_at, Repeats.unpacked(contents.repeats)
        return made


def types(ruleset: Ruleset) -> tuple[type, type]:
    return lifecycle.State, ruleset.mechanic.types()[0]


def fingerprint(ruleset: Ruleset, line: str) -> str:
    """Of all that a state depends on besides its events and the rules themselves: those are held by the golden logs."""
    shapes, parts = msgspec.json.schema_components([*types(ruleset), Contents])
    known = [shapes, parts, msgspec.to_builtins(ruleset.mechanic), line]
    return hashlib.sha256(msgspec.json.encode(known, order="sorted")).hexdigest()
