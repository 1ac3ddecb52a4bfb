"""One hub per process: who of this process follows what, and the frames they may have missed. It never waits."""

import asyncio
from collections import defaultdict, deque
from typing import NamedTuple, Protocol

import msgspec

from realtime.codec import JSON, Codec
from realtime.letters import Told

HISTORY = 100  # frames kept of a topic that somebody follows


class Follower(Protocol):
    codec: Codec
    drained: asyncio.Event

    def push(self, frame: bytes) -> None:
        """Queues a frame for this follower alone."""

    def deliver(self, seq: int, frame: bytes) -> None:
        """Queues a frame, never waits; a follower too slow for its queue closes itself."""


class Encoded:
    """A frame in each of the two codings, made when the first follower needs it."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.json: bytes | None = None

    def __getitem__(self, codec: Codec) -> bytes:
        if codec is not JSON:
            return self.body
        if self.json is None:
            self.json = msgspec.json.encode(msgspec.msgpack.decode(self.body))
        return self.json


class Kept(NamedTuple):
    since: int
    seq: int
    encoded: Encoded


class Trail:
    """The latest frames of one topic, without a hole, on one line."""

    def __init__(self) -> None:
        self.line = ""
        self.seq: int | None = None
        self.frames: deque[Kept] = deque(maxlen=HISTORY)

    def add(self, told: Told, encoded: Encoded) -> None:
        """A frame that comes late changes nothing; one that does not follow makes all before it useless (decision 26)."""
        if told.line == self.line and self.seq is not None and told.seq < self.seq:
            return
        if told.line != self.line or told.since != self.seq:
            self.frames.clear()
        self.line, self.seq = told.line, told.seq
        if told.seq > told.since:
            self.frames.append(Kept(told.since, told.seq, encoded))

    def after(self, line: str | None, seq: int | None) -> list[Kept] | None:
        """The frames that follow number `seq`, or None when they are not all here and a snapshot is due."""
        if line != self.line or seq is None or self.seq is None or seq > self.seq:
            return None
        if seq == self.seq:
            return []
        frames = [kept for kept in self.frames if kept.seq > seq]
        return frames if frames and frames[0].since == seq else None


class Hub:
    def __init__(self) -> None:
        self.followers: dict[str, set[Follower]] = defaultdict(set)
        self.trails: dict[str, Trail] = defaultdict(Trail)

    def follow(self, topic: str, follower: Follower) -> None:
        self.followers[topic].add(follower)

    def unfollow(self, topic: str, follower: Follower) -> None:
        """After the last one the process may forget the topic."""
        self.followers[topic].discard(follower)
        if not self.followers[topic]:
            del self.followers[topic]
            self.trails.pop(topic, None)

    def follows(self, topic: str) -> bool:
        return topic in self.followers

    def broadcast(self, told: Told) -> None:
        followers = self.followers.get(told.topic)
        if not followers:
            return
        encoded = Encoded(told.body)
        self.trails[told.topic].add(told, encoded)
        for follower in followers:
            follower.deliver(told.seq, encoded[follower.codec])

    def send(self, topic: str, body: bytes) -> None:
        """An unnumbered frame: the newest wins, a lost one is harmless."""
        encoded = Encoded(body)
        for follower in self.followers.get(topic, ()):
            follower.deliver(2**63, encoded[follower.codec])

    def missed(self, topic: str, line: str | None, seq: int | None) -> list[Kept] | None:
        return self.trails[topic].after(line, seq) if topic in self.trails else None

    def position(self, topic: str) -> int | None:
        """The last number that was told here, for the ping."""
        return self.trails[topic].seq if topic in self.trails else None
