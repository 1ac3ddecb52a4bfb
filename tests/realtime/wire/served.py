"""Our uvicorn around a small application, in the test's own loop, and sockets without a library that come to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from project.server import configuration, listen
from realtime.codec import JSON
from realtime.direct import Direct
from realtime.wire import WIRE
from tests.realtime.sockets.raw import FIN_TEXT, frame

UPGRADE = (
    b"GET /ws/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class House:
    """Accepts everybody and remembers what it was told; `at_once` says whether messages are done as they come."""

    def __init__(self, listens: bool = True) -> None:
        self.listens, self.at_once = listens, True
        self.heard: list[tuple[bytes, bool]] = []
        self.connections: list[Any] = []
        self.wires: list[Any] = []
        self.gone = asyncio.Event()
        self.reads = asyncio.Event()
        self.reads.set()

    def listen(self, body: bytes, binary: bool) -> Any:
        if self.at_once:
            self.heard.append((body, binary))
            return None
        return body, binary

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await receive()
        await send({"type": "websocket.accept"})
        self.wires.append(scope["extensions"][WIRE])
        if self.listens:
            self.connections.append(Direct(JSON, self.wires[-1], self.listen))
        await self.reads.wait()
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(message["left"] if "left" in message else self.plain(message))
        self.gone.set()

    @staticmethod
    def plain(message: dict[str, Any]) -> tuple[bytes, bool]:
        data = message.get("bytes")
        return (message["text"].encode(), False) if data is None else (bytes(data), True)


class Line:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    def text(self, body: bytes) -> None:
        self.say(frame(FIN_TEXT, body))

    async def read(self, size: int) -> bytes:
        async with asyncio.timeout(10):
            return await self.reader.readexactly(size)

    async def rest(self) -> bytes:
        """Until the line ends, however it ends."""
        heard = b""
        async with asyncio.timeout(10):
            try:
                while data := await self.reader.read(65536):
                    heard += data
            except ConnectionResetError:
                pass
        return heard


@asynccontextmanager
async def served(app: House) -> AsyncIterator[Any]:
    """`await open()` is a line that is open; `await open(data)` one on which this was said instead."""
    config = configuration()
    config.app, config.lifespan, config.timeout_graceful_shutdown = app, "off", 1
    server, door, lines = uvicorn.Server(config), listen("127.0.0.1", 0), []
    task = asyncio.create_task(server.serve([door]))

    async def open(said: bytes = UPGRADE, **more: Any) -> Line:
        line = Line(*await asyncio.open_connection(*door.getsockname(), **more))
        lines.append(line)
        line.say(said)
        if said == UPGRADE:
            async with asyncio.timeout(10):
                assert (await line.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        return line

    open.server = server
    try:
        yield open
    finally:
        server.should_exit = True
        for line in lines:
            line.writer.close()
        await task


async def until(there: Any) -> Any:
    async with asyncio.timeout(10):
        while not (found := there()):
            await asyncio.sleep(0.002)
    return found
