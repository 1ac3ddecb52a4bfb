"""Many sockets of one process: opened some at a time, counted in when the server has welcomed them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import picows

AT_ONCE = 50
SLOWEST = 120  # seconds for a handshake
TEXT = picows.WSMsgType.TEXT


class Ear(picows.WSListener):
    """One socket. Subclasses say what they do with a frame."""

    def __init__(self) -> None:
        self.transport: Any = None
        self.ready = asyncio.get_running_loop().create_future()

    def on_ws_connected(self, transport: Any) -> None:
        self.transport = transport

    def on_ws_disconnected(self, transport: Any) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("The server has closed the socket before it welcomed it."))

    def on_ws_frame(self, transport: Any, frame: Any) -> None:
        if frame.msg_type == TEXT:
            self.hear(frame.get_payload_as_bytes())
        elif frame.msg_type == picows.WSMsgType.CLOSE and not self.ready.done():
            self.ready.set_exception(ConnectionError(f"Closed with {frame.get_close_code()} before it was welcomed."))

    def hear(self, payload: bytes) -> None:
        raise NotImplementedError

    def say(self, text: str) -> None:
        self.transport.send(TEXT, text.encode())


E_ = TypeVar("E_", bound=Ear)


async def connect(make: Callable[[], E_], url: str, subprotocol: str = "") -> E_:
    """Open, not yet welcomed."""
    headers = {"Sec-WebSocket-Protocol": subprotocol} if subprotocol else {}
    _, ear = await picows.ws_connect(make, url, extra_headers=headers, websocket_handshake_timeout=SLOWEST, read_buffer_init_size=1024)
    found: E_ = ear
    return found


async def gather(jobs: Sequence[Callable[[], Any]], at_once: int = AT_ONCE) -> list[Any]:
    """All of them, some at a time: a flood of handshakes is another benchmark."""
    gate = asyncio.Semaphore(at_once)

    async def pass_through(job: Callable[[], Any]) -> Any:
        async with gate:
            return await job()

    return await asyncio.gather(*(pass_through(job) for job in jobs))
