"""uvicorn's WebSocket protocol, as we need it: it takes bytes that are ready and writes what a turn of the loop brought at once, bounds
what waits for a slow reader, cuts his line, and treats bad bytes as the client's problem, not our log's.

The application finds it in its scope, under `extensions["so-buzz.wire"]`; a server without it is served by messages.
"""

import socket
import struct
from collections.abc import Callable
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from realtime import hall
from realtime.connection import LIMIT

WIRE = "so-buzz.wire"
PARTING = 5.0  # seconds that a client has to take its close frame; then the line is cut (decision 41)
KERNEL = 64 * 1024  # bytes that the kernel may hold of one socket; Linux doubles it
UNREAD = 64  # whole messages that the application has not read; the limits of a socket allow a third of it
PIECES = 64  # pieces of messages, pings and pongs between two whole messages: nobody who plays needs more
BAD_FRAME, TOO_FAST = 4400, 4429
UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Wire(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = 0
        self.hall = hall.of(self.loop)
        self.open = False  # the 101 has gone, a close has not
        self.overflow: Callable[[], None] | None = None
        self.gone: Callable[[], None] | None = None

    def connection_made(self, transport: Any) -> None:
        """Else the kernel takes megabytes for a reader who does not read, and nobody notices that he is too slow."""
        super().connection_made(transport)
        self.hall.enter(self)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
        transport.set_write_buffer_limits(LIMIT)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(Any, self.scope)["extensions"][WIRE] = self

    # The way out

    def begin(self, overflow: Callable[[], None], gone: Callable[[], None]) -> bool:
        self.hall.leave(self)
        self.overflow, self.gone = overflow, gone
        self.open = self.handshake_complete and not (self.close_sent or self.disconnected or self.transport.is_closing())
        return self.open

    @property
    def write(self) -> Callable[[bytes], None]:
        """The transport's own, so that nothing stands between. Nobody calls it after `gone`."""
        return self.transport.write

    def pause_writing(self) -> None:
        """More than the limit waits."""
        super().pause_writing()
        if self.overflow:
            self.overflow()

    def close(self, code: int) -> None:
        if not self.open:
            return
        self.part()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(PARTING, self.cut)

    # The end

    def part(self) -> None:
        """Nothing is written any more. The bytes that still wait have a while, then the line is cut."""
        self.leave()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(PARTING, self.cut)

    def leave(self) -> None:
        self.open = False
        self.hall.leave(self)
        gone, self.gone, self.overflow = self.gone, None, None
        if gone:
            gone()

    def cut(self) -> None:
        """At once, also for the kernel: what nobody reads is thrown away."""
        if not self.disconnected:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.leave()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        self.part()
        if self.conn.close_rcvd and not self.close_sent:
            self.transport.close()  # the client has said goodbye first: there is nothing left to say
        else:
            super().shutdown()

    def handle_close(self, event: Any) -> None:
        self.part()
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        self.part()
        super().handle_parser_exception()

    # What comes in

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
        if self.queue.qsize() >= UNREAD:
            self.refuse(TOO_FAST)
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
