"""uvicorn's WebSocket protocol, as we need it: it lends its transport for bytes that are ready, bounds what waits for a slow reader, and
cuts his line.

The application finds it in its scope, under `extensions["so-buzz.wire"]`; a server without it is served by messages.
"""

import socket
import struct
from collections.abc import Callable
from typing import Any, cast

from realtime import hall
from realtime.connection import LIMIT
from realtime.direct import Listen
from realtime.reading import Reading

WIRE = "so-buzz.wire"
PARTING = 5.0  # seconds that a client has to take its close frame; then the line is cut (decision 41)
KERNEL = 64 * 1024  # bytes that the kernel may hold of one socket; Linux doubles it


class Wire(Reading):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hall = hall.of(self.loop).heads
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

    def begin(self, listen: Listen, overflow: Callable[[], None], gone: Callable[[], None]) -> bool:
        self.hall.leave(self)
        self.open = self.handshake_complete and not (self.close_sent or self.disconnected or self.transport.is_closing())
        if self.open:
            self.listen, self.overflow, self.gone = listen, overflow, gone
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
        self.say_why(code)
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
        gone, self.gone, self.overflow, self.listen = self.gone, None, None, None
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
