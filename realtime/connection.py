"""One socket as hub and node see it: what is held until the snapshot has gone, and who is too slow is cut off, never waited for."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple, Protocol

from realtime.codec import Codec
from realtime.framing import framed
from realtime.outbox import LIMIT

TOO_SLOW = 4408
UNNUMBERED = 2**63  # news that no snapshot contains


class Way(Protocol):
    """How bytes leave: the wire that the server lends, or an outbox. Nothing here waits."""

    framed: bool  # wants frames with their WebSocket header
    drained: asyncio.Event

    def begin(self, overflow: Callable[[], None]) -> None:
        """From now on frames may be written. `overflow` is called when more waits than a reader who reads would ever leave."""

    def write(self, frame: bytes) -> None: ...

    def close(self, code: int) -> None:
        """After what was written before; nothing is written after it."""

    def end(self) -> None:
        """The socket has ended."""


class Held(NamedTuple):
    """A frame that waits until the snapshot has gone before it."""

    own: bool  # news for this player alone: `number` counts the log, not what everyone was told
    number: int
    frame: bytes


class Connection:
    __slots__ = ("closing", "codec", "framed", "held", "held_bytes", "way", "write")

    def __init__(self, codec: Codec, way: Way) -> None:
        self.codec, self.way, self.framed, self.write = codec, way, way.framed, way.write
        self.held: list[Held] | None = None
        self.held_bytes = 0
        self.closing: int | None = None
        way.begin(self.drop)

    @property
    def drained(self) -> asyncio.Event:
        return self.way.drained

    def dressed(self, body: bytes) -> bytes:
        """As this way wants it."""
        return framed(body, self.codec.binary) if self.framed else body

    def push(self, body: bytes) -> None:
        """At once, before what is held."""
        self.put(self.dressed(body))

    def put(self, frame: bytes) -> None:
        """The same for a frame that is dressed already."""
        if self.closing is None:
            self.write(frame)

    def deliver(self, seq: int, frame: bytes) -> None:
        """A frame, dressed, of the game that this connection follows. Runs for every event on every socket."""
        if self.held is None:
            if self.closing is None:
                self.write(frame)
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
        self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """What was pushed before goes out first, unless the client is too slow for it."""
        if self.closing is None:
            self.closing = code
            self.way.close(code)

    def end(self) -> None:
        self.closing = self.closing or TOO_SLOW
        self.held = None
        self.way.end()
