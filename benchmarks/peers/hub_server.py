"""So-Buzz's hub and wire without a game behind them: fan-out itself, beside peers that decide and store nothing either."""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import uvicorn

from project.server import configuration
from realtime.codec import JSON
from realtime.direct import Direct
from realtime.hub import Hub
from realtime.wire import WIRE

ROOM = "room"
hub = Hub()


def pass_on(body: bytes, binary: bool) -> None:
    hub.send(ROOM, msgspec.msgpack.encode(msgspec.json.decode(body)))


async def room(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    member = Direct(JSON, scope["extensions"][WIRE], pass_on)
    member.hold()
    hub.follow(ROOM, member)
    member.release(0)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    hub.unfollow(ROOM, member)


if __name__ == "__main__":
    given = configuration()
    given.app, given.lifespan, given.port = room, "off", int(sys.argv[1])
    uvicorn.Server(given).run()
