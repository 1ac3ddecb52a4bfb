"""A connection on any ASGI server: a bounded queue and one task that sends. Where the server lends its wire, `Direct` does without."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from realtime.codec import Codec
from realtime.connection import LIMIT, Connection

logger = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Posted(Connection):
    def __init__(self, codec: Codec, send: Send) -> None:
        super().__init__(codec)
        self.send = send
        self.outbox: deque[bytes] = deque()
        self.unsent = 0
        self.ready = asyncio.Event()
        self.drained = asyncio.Event()
        self.drained.set()
        self.writer = asyncio.create_task(self.run())

    def put(self, frame: bytes) -> None:
        if self.closing is not None:
            return
        self.outbox.append(frame)
        self.unsent += len(frame)
        self.ready.set()
        self.drained.clear()
        if self.unsent > LIMIT:
            self.drop()

    def drop(self) -> None:
        self.outbox.clear()
        super().drop()

    def finish(self, code: int) -> None:
        self.ready.set()

    def end(self) -> None:
        super().end()
        self.writer.cancel()

    async def run(self) -> None:
        """The only one who sends. A client that has gone is no error."""
        try:
            await self.empty()
        except Exception:
            logger.debug("posted: the client has gone", exc_info=True)
            self.drop()
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
