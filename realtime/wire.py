"""uvicorn's WebSocket protocol, as we need it: what waits for a slow reader is bounded in the kernel too, his line can be cut, and bad
bytes are the client's problem, not our log's.

The application finds the cut in its scope, under `extensions["so-buzz.cut"]`; a server without it is served without it.
"""

import socket
import struct
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CUT = "so-buzz.cut"
KERNEL = 64 * 1024  # bytes that the kernel may hold of one socket; Linux doubles it
PIECES = 64  # pieces of messages, pings and pongs between two whole messages: nobody who plays needs more
BAD_FRAME, TOO_FAST = 4400, 4429
UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Wire(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = 0

    def connection_made(self, transport: Any) -> None:
        """Else the kernel takes megabytes for a reader who does not read, and nobody notices that he is too slow."""
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(Any, self.scope)["extensions"][CUT] = self.cut

    def cut(self) -> None:
        """At once, also for the kernel: what nobody reads is thrown away."""
        if not self.disconnected:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """A handshake that cannot be read is answered; uvicorn would keep the line open and say nothing."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(UNREADABLE)
            self.transport.close()

    def handle_cont(self, event: Any) -> None:
        if self.counted():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        if self.counted():
            super().handle_ping()

    def handle_pong(self, event: Any) -> None:
        if self.counted():
            super().handle_pong(event)

    def counted(self) -> bool:
        """What costs us work and never reaches the limits of the application is limited here."""
        self.pieces += 1
        if self.pieces <= PIECES:
            return True
        self.refuse(TOO_FAST)
        return False

    def send_receive_event_to_app(self) -> None:
        self.pieces = 0
        if self.curr_msg_data_type == "text" and not readable(b"".join(self.frames)):
            self.refuse(BAD_FRAME)
            return
        super().send_receive_event_to_app()

    def refuse(self, code: int) -> None:
        if not self.close_sent and not self.disconnected:
            self.conn.send_close(code)
            self.handle_parser_exception()


def readable(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
