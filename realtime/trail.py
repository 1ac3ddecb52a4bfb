"""The latest frames of one topic, each encoded once in every form that is asked for."""

from collections import deque
from enum import Enum
from typing import NamedTuple

import msgspec

from realtime.codec import JSON, Codec
from realtime.framing import framed
from realtime.letters import Told

HISTORY = 100  # frames kept of a topic that somebody follows


class Encoded:
    """A frame in each of the two codings, bare or with its WebSocket header, made when the first follower needs it."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.forms: dict[tuple[str, bool], bytes] = {}

    def frame(self, codec: Codec, dressed: bool) -> bytes:
        found = self.forms.get((codec.name, dressed))
        if found is None:
            found = self.forms[codec.name, dressed] = self.make(codec, dressed)
        return found

    def make(self, codec: Codec, dressed: bool) -> bytes:
        if dressed:
            return framed(self.frame(codec, False), codec.binary)
        return msgspec.json.encode(msgspec.msgpack.decode(self.body)) if codec is JSON else self.body


class Kept(NamedTuple):
    since: int
    seq: int
    encoded: Encoded


class Verdict(Enum):
    """What a frame means to those who follow."""

    NOTHING = "nothing"  # it came late, or twice, or repeats what is known
    NEWS = "news"
    SET_BACK = "set back"  # another line: what they know may not be true any more


class Trail:
    """Without a hole, on one line."""

    def __init__(self) -> None:
        self.line = ""
        self.seq: int | None = None
        self.frames: deque[Kept] = deque(maxlen=HISTORY)

    def hear(self, told: Told, encoded: Encoded) -> Verdict:
        """A frame that does not follow makes all before it useless; an empty one that is ahead says that some were lost (decision 26)."""
        if not self.agree(told.line):
            self.seq = told.seq
            return Verdict.SET_BACK
        if self.seq is not None and told.seq <= self.seq:
            return Verdict.NOTHING
        if told.since != self.seq:
            self.frames.clear()
        self.seq = told.seq
        if told.seq > told.since:
            self.frames.append(Kept(told.since, told.seq, encoded))
        return Verdict.NEWS

    def agree(self, line: str) -> bool:
        """False: the log was set back (decision 27). The new line is known from here on."""
        if line == self.line:
            return True
        known, self.line, self.seq = self.line, line, None
        self.frames.clear()
        return not known

    def after(self, line: str | None, seq: int | None) -> list[Kept] | None:
        """The frames that follow number `seq`, or None when they are not all here and a snapshot is due."""
        if line != self.line or seq is None or self.seq is None or seq > self.seq:
            return None
        if seq == self.seq:
            return []
        frames = [kept for kept in self.frames if kept.seq > seq]
        return frames if frames and frames[0].since == seq else None
