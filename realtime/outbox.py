"""The way out on any ASGI server: a bounded queue and the one task that sends. Where the server lends its wire, that is the way."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

logger = logging.getLogger(__name__)

LIMIT = 256 * 1024  # unsent bytes of one socket

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outbox:
    framed = False  # the server itself writes what stands before the bytes

    def __init__(self, send: Send, binary: bool) -> None:
        self.send, self.binary = send, binary
        self.frames: deque[bytes] = deque()
        self.unsent = 0
        self.code: int | None = None
        self.ready = asyncio.Event()
        self.drained = asyncio.Event()  # all that was written has been handed to the server
        self.drained.set()

    def begin(self, overflow: Callable[[], None]) -> None:
        self.overflow = overflow
        self.task = asyncio.create_task(self.run())

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)
        self.unsent += len(frame)
        self.ready.set()
        self.drained.clear()
        if self.unsent > LIMIT:
            self.frames.clear()
            self.overflow()

    def close(self, code: int) -> None:
        """After what was written before."""
        self.code = code
        self.ready.set()

    def end(self) -> None:
        self.task.cancel()

    async def run(self) -> None:
        """A client that has gone is no error."""
        try:
            await self.empty()
        except Exception:
            logger.debug("outbox: the client has gone", exc_info=True)
            self.frames.clear()
            self.overflow()
        finally:
            self.drained.set()

    async def empty(self) -> None:
        while True:
            await self.ready.wait()
            self.ready.clear()
            while self.frames:
                frame = self.frames.popleft()
                await self.send(self.message(frame))
                self.unsent -= len(frame)
            self.drained.set()
            if self.code is not None:
                await self.send({"type": "websocket.close", "code": self.code})
                return

    def message(self, frame: bytes) -> dict[str, Any]:
        if self.binary:
            return {"type": "websocket.send", "bytes": frame}
        return {"type": "websocket.send", "text": frame.decode()}
