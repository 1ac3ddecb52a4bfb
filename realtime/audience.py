"""Who follows a topic, in groups that want the same bytes, so that fan-out is a loop over transports and nothing else.

A socket is `plain` while nothing but the frames of its group is on its way: then the group writes to its transport. As soon as it has
frames of its own, waits for a snapshot or closes, it steps out, takes along what the group has for it, and is told frame by frame.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from typing import Protocol

from realtime import turn
from realtime.codec import Codec
from realtime.trail import Encoded

logger = logging.getLogger(__name__)

Write = Callable[[bytes], None]


class Follower(Protocol):
    codec: Codec
    drained: asyncio.Event
    group: "Group | None"

    @property
    def direct(self) -> Write | None:
        """Writes bytes, WebSocket header included, at once; None: the server wants messages."""

    def push(self, body: bytes) -> None:
        """For this follower alone."""

    def deliver(self, seq: int, frame: bytes) -> None:
        """Never waits; a follower too slow for it closes itself."""

    def close(self, code: int) -> None: ...


class Group:
    """The followers of one topic that want the same form."""

    def __init__(self) -> None:
        self.plain: dict[Follower, Write] = {}
        self.apart: set[Follower] = set()
        self.frames: list[bytes] = []  # of this turn, for those who are plain

    def __iter__(self) -> Iterator[Follower]:
        yield from self.plain
        yield from self.apart

    def __len__(self) -> int:
        return len(self.plain) + len(self.apart)

    def discard(self, follower: Follower) -> None:
        self.plain.pop(follower, None)
        self.apart.discard(follower)

    def step_out(self, follower: Follower) -> list[bytes]:
        """What he has not got yet."""
        if self.plain.pop(follower, None) is None:
            return []
        self.apart.add(follower)
        return self.frames

    def step_in(self, follower: Follower) -> None:
        """When the turn ends and the group has been flushed."""
        if follower in self.apart and follower.direct:
            self.apart.remove(follower)
            self.plain[follower] = follower.direct

    def deliver(self, seq: int, frame: bytes) -> None:
        if self.plain:
            if not self.frames:
                turn.now().gather(self)
            self.frames.append(frame)
        for follower in self.apart:
            follower.deliver(seq, frame)

    def flush(self) -> None:
        frames, self.frames = self.frames, []
        data = frames[0] if len(frames) == 1 else b"".join(frames)
        for write in tuple(self.plain.values()):  # who turns out to be too slow steps out meanwhile
            try:
                write(data)
            except Exception:
                logger.exception("group: a socket could not be written to")


class Audience:
    """The followers of one topic: each form is made once and looked up once."""

    def __init__(self) -> None:
        self.groups: dict[tuple[Codec, bool], Group] = {}

    def add(self, follower: Follower) -> None:
        group = follower.group = self.groups.setdefault((follower.codec, follower.direct is not None), Group())
        if follower not in group.plain:
            group.apart.add(follower)

    def discard(self, follower: Follower) -> None:
        form = follower.codec, follower.direct is not None
        if form in self.groups:
            self.groups[form].discard(follower)
            if not self.groups[form]:
                del self.groups[form]

    def __iter__(self) -> Iterator[Follower]:
        for group in self.groups.values():
            yield from group

    def __len__(self) -> int:
        return sum(len(group) for group in self.groups.values())

    def deliver(self, seq: int, encoded: Encoded) -> None:
        for (codec, dressed), group in self.groups.items():
            group.deliver(seq, encoded.frame(codec, dressed))
