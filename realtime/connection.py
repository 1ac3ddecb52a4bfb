"""One socket as hub and node see it: a bounded outbox and one writer; who is too slow is cut off, never waited for."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from realtime.codec import Codec

logger = logging.getLogger(__name__)

LIMIT = 256 * 1024  # unsent bytes; above it the client is too slow (4408), comes back and resumes
TOO_SLOW = 4408
PARTING = 5.0  # seconds that a client has to take its close frame; then the line is cut

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Held(NamedTuple):
    """A frame that waits until the snapshot has gone before it."""

    own: bool  # news for this player alone: `number` counts the log, not what everyone was told
    number: int
    frame: bytes


class Connection:
    def __init__(self, codec: Codec, send: Send, cut: Callable[[], None] | None = None) -> None:
        self.codec, self.send, self.cut = codec, send, cut
        self.outbox: deque[bytes] = deque()
        self.unsent = 0
        self.held: list[Held] | None = None
        self.held_bytes = 0
        self.closing: int | None = None
        self.ready = asyncio.Event()
        self.drained = asyncio.Event()  # all that was pushed has been handed to the server
        self.drained.set()

    # In

    def push(self, frame: bytes) -> None:
        """Queues a frame; never waits."""
        if self.closing is not None:
            return
        self.outbox.append(frame)
        self.unsent += len(frame)
        self.ready.set()
        self.drained.clear()
        if self.unsent > LIMIT:
            self.drop()

    def deliver(self, seq: int, frame: bytes) -> None:
        """A frame of the game that this connection follows."""
        self.take(Held(False, seq, frame))

    def tell(self, at: int, frame: bytes) -> None:
        """News for this player alone, as of number `at` of the log."""
        self.take(Held(True, at, frame))

    def take(self, news: Held) -> None:
        if self.held is None:
            self.push(news.frame)
            return
        self.held.append(news)
        self.held_bytes += len(news.frame)
        if self.held_bytes > LIMIT:
            self.drop()

    def hold(self) -> None:
        self.held, self.held_bytes = [], 0

    def release(self, seq: int, at: int = 0) -> None:
        """The client stands at `seq` and knows what is his as of `at`: what was held and is newer goes out, in order."""
        held, self.held = self.held or [], None
        for news in held:
            if news.number > (at if news.own else seq):
                self.push(news.frame)

    # Out

    def drop(self) -> None:
        """More waits than a reader who reads would ever leave."""
        self.outbox.clear()
        self.held = None
        self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """What was pushed before goes out first, unless the client is too slow for it."""
        if self.closing is not None:
            return
        self.closing = code
        self.ready.set()
        if self.cut:
            asyncio.get_running_loop().call_later(PARTING, self.cut)

    async def write(self) -> None:
        """Runs as long as the socket lives; the only one who sends. A client that has gone is no error."""
        try:
            await self.empty()
        except Exception:
            logger.debug("connection: the client has gone", exc_info=True)
            self.closing = self.closing or TOO_SLOW
            self.outbox.clear()
        finally:
            self.drained.set()

    async def empty(self) -> None:
        while True:
            await self.ready.wait()
            self.ready.clear()
            while self.outbox:
                frame = self.outbox.popleft()
                await self.send(self.message(frame))
                self.unsent -= len(frame)
            self.drained.set()
            if self.closing is not None:
                await self.send({"type": "websocket.close", "code": self.closing})
                return

    def message(self, frame: bytes) -> dict[str, Any]:
        if self.codec.binary:
            return {"type": "websocket.send", "bytes": frame}
        return {"type": "websocket.send", "text": frame.decode()}
