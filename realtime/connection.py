"""One socket as hub and node see it: what is held until the snapshot has gone, and who is too slow is cut off, never waited for."""

import asyncio
from abc import ABC, abstractmethod
from typing import NamedTuple

from realtime import metrics
from realtime.audience import Group, Write
from realtime.codec import Codec

LIMIT = 256 * 1024  # unsent bytes; above it the client is too slow (4408), comes back and resumes
TOO_SLOW = 4408
UNNUMBERED = 2**63  # news that no snapshot contains


class Held(NamedTuple):
    """A frame that waits until the snapshot has gone before it."""

    own: bool  # news for this player alone: `number` counts the log, not what everyone was told
    number: int
    frame: bytes


class Connection(ABC):
    direct: Write | None = None
    drained: asyncio.Event  # all that was pushed has been handed to the server

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.group: Group | None = None
        self.held: list[Held] | None = None
        self.held_bytes = 0
        self.closing: int | None = None

    def push(self, body: bytes) -> None:
        """At once, before what is held."""
        self.put(self.dressed(body))

    def dressed(self, body: bytes) -> bytes:
        """As the hub's frames are that come here."""
        return body

    @abstractmethod
    def put(self, frame: bytes) -> None:
        """A frame that is dressed; after a close none is taken."""

    def deliver(self, seq: int, frame: bytes) -> None:
        """A frame, dressed, of the game that this connection follows."""
        if self.held is None:
            self.put(frame)
        else:
            self.keep(Held(False, seq, frame))

    def tell(self, at: int, body: bytes) -> None:
        """News for this player alone, as of number `at` of the log."""
        if self.held is None:
            self.push(body)
        else:
            self.keep(Held(True, at, self.dressed(body)))

    def hold(self) -> None:
        self.held, self.held_bytes = [], 0

    def keep(self, news: Held) -> None:
        assert self.held is not None
        self.held.append(news)
        self.held_bytes += len(news.frame)
        if self.held_bytes > LIMIT:
            self.drop()

    def release(self, seq: int, at: int = 0) -> int:
        """The client stands at `seq` and knows what is his as of `at`: what was held and is newer goes out. Says where he stands then."""
        held, self.held = self.held or [], None
        for news in held:
            if news.number > (at if news.own else seq):
                self.put(news.frame)
        return max([seq, *(news.number for news in held if not news.own and news.number < UNNUMBERED)])

    def drop(self) -> None:
        self.held = None
        metrics.DROPPED.inc()
        self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """What was pushed before goes out first, unless the client is too slow for it."""
        if self.closing is None:
            self.closing = code
            metrics.CLOSED.labels(str(code)).inc()
            self.finish(code)

    @abstractmethod
    def finish(self, code: int) -> None: ...

    def end(self) -> None:
        """The socket is gone, or its consumer is."""
        self.closing = self.closing or TOO_SLOW
        self.held = None
