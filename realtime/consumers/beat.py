"""How long a socket may do nothing: pings, and an end for who never said hello, is silent for too long, or may not be here any more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from realtime.connection import TOO_SLOW
from realtime.protocol import Ping

if TYPE_CHECKING:
    from realtime.consumers.base import Socket

BAD_FRAME = 4400


class Beat(NamedTuple):
    """How long a socket waits for what, in seconds."""

    greeting: float = 10.0  # for the first frame
    ping: float = 20.0  # between two signs of life
    silence: float = 45.0  # of the client; then it is gone
    life: float = 12 * 3600.0  # in all: who he is and what he may is looked at anew after that


async def watch(socket: Socket, beat: Beat) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + beat.life
    await asyncio.sleep(beat.greeting)
    if not socket.greeted:
        socket.close(BAD_FRAME)
    while socket.connection and socket.connection.closing is None:
        left = min(socket.heard + beat.silence, until) - loop.time()
        if left <= 0:
            socket.close(TOO_SLOW)
        elif refusal := await socket.still_refused():
            socket.close(refusal)
        else:
            socket.push(Ping(socket.position()))
            await asyncio.sleep(min(beat.ping, left))
