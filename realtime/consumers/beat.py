"""How long a socket may do nothing: pings, and an end for who never said hello, or is silent for too long."""

import asyncio
from typing import Any, NamedTuple, Protocol

from realtime.connection import TOO_SLOW, Connection
from realtime.protocol import Ping

BAD_FRAME = 4400


class Watched(Protocol):
    """A socket, as far as its beat goes."""

    connection: Connection | None
    greeted: bool  # it has said hello
    heard: float  # when it last said anything

    def push(self, frame: Any) -> None: ...

    def close(self, code: int) -> None: ...

    def position(self) -> int | None: ...


class Beat(NamedTuple):
    """How long a socket waits for what, in seconds."""

    greeting: float = 10.0  # for the first frame
    ping: float = 20.0  # between two signs of life
    silence: float = 45.0  # of the client; then it is gone
    life: float = 12 * 3600.0  # in all: who he is and what he may is looked at anew after that


async def watch(socket: Watched, beat: Beat) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + beat.life
    await asyncio.sleep(beat.greeting)
    if not socket.greeted:
        socket.close(BAD_FRAME)
    while socket.connection and socket.connection.closing is None:
        left = min(socket.heard + beat.silence, until) - loop.time()
        if left <= 0:
            socket.close(TOO_SLOW)
        else:
            socket.push(Ping(socket.position()))
            await asyncio.sleep(min(beat.ping, left))
