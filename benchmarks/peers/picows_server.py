"""A bare picows server: what one message costs when nothing but C and the kernel is in the way. The practical limit of this language."""

from __future__ import annotations

import sys
from typing import Any

import picows
import uvloop

everyone: set[Any] = set()


class Member(picows.WSListener):
    def on_ws_connected(self, transport: Any) -> None:
        everyone.add(transport)

    def on_ws_disconnected(self, transport: Any) -> None:
        everyone.discard(transport)

    def on_ws_frame(self, transport: Any, frame: Any) -> None:
        if frame.msg_type != picows.WSMsgType.TEXT:
            return
        message = frame.get_payload_as_bytes()
        for member in everyone:
            member.send(picows.WSMsgType.TEXT, message)


async def serve(port: int) -> None:
    server = await picows.ws_create_server(lambda request: Member(), "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
