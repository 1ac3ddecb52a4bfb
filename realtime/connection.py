"""One socket as the hub sees it: a bounded outbox and one writer; who is too slow is cut off, never waited for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from realtime.codec import Codec

LIMIT = 256 * 1024  # unsent bytes; above it the client is too slow (4408), comes back and resumes
TOO_SLOW = 4408

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Connection:
    def __init__(self, codec: Codec, send: Send) -> None:
        self.codec, self.send = codec, send
        self.outbox: deque[bytes] = deque()
        self.unsent = 0
        self.held: list[tuple[int, bytes]] | None = None  # frames that wait until the snapshot has gone before them
        self.closing: int | None = None
        self.ready = asyncio.Event()

    def push(self, frame: bytes) -> None:
        """Queues a frame; never waits."""
        if self.closing is not None:
            return
        self.outbox.append(frame)
        self.unsent += len(frame)
        if self.unsent > LIMIT:
            self.outbox.clear()
            self.close(TOO_SLOW)
        self.ready.set()

    def deliver(self, seq: int, frame: bytes) -> None:
        """A frame of the game that this connection follows."""
        if self.held is None:
            self.push(frame)
        else:
            self.held.append((seq, frame))

    def hold(self) -> None:
        self.held = []

    def release(self, seq: int) -> None:
        """The client stands at `seq` now: what was held and is newer goes out."""
        held, self.held = self.held or [], None
        for number, frame in held:
            if number > seq:
                self.push(frame)

    def close(self, code: int) -> None:
        """What was pushed before goes out first, unless the client is too slow for it."""
        if self.closing is None:
            self.closing = code
            self.ready.set()

    async def write(self) -> None:
        """Runs as long as the socket lives; the only one who sends."""
        while True:
            await self.ready.wait()
            self.ready.clear()
            while self.outbox:
                frame = self.outbox.popleft()
                await self.send(self.message(frame))
                self.unsent -= len(frame)
            if self.closing is not None:
                await self.send({"type": "websocket.close", "code": self.closing})
                return

    def message(self, frame: bytes) -> dict[str, Any]:
        if self.codec.binary:
            return {"type": "websocket.send", "bytes": frame}
        return {"type": "websocket.send", "text": frame.decode()}
