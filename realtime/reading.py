"""What comes in on a WebSocket of uvicorn: limits on what no application ever sees, and a short way for what clients really send.

A client's frame is whole, masked and short nearly always: it is unmasked here and told at once to who listens. All else goes through the
protocol of `websockets`, as all does for an application that does not listen.
"""

from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import apply_mask  # type: ignore[attr-defined]  # the one in C where there is one
from websockets.protocol import OPEN
from websockets.streams import StreamReader

from realtime.direct import Listen

UNREAD = 64  # whole messages that the application has not read; the limits of a socket allow a third of it
PIECES = 64  # pieces of messages, pings and pongs between two whole messages: nobody who plays needs more
BAD_FRAME, TOO_FAST = 4400, 4429
UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
WHOLE = {0x81: False, 0x82: True}  # first byte of a whole message -> whether it is binary
MASKED, MIDDLE = 0x80, 126
BETWEEN_FRAMES = StreamReader.at_eof.__code__  # where the parser waits for a frame to begin


class Reading(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = 0
        self.listen: Listen | None = None  # set as long as the socket is open
        self.between = False  # the parser has eaten all it was given, and stands before a message

    def data_received(self, data: bytes) -> None:
        if self.between and self.listen:
            data = self.quickly(data)
        if data:
            super().data_received(data)
            self.answer_unreadable()
            self.between = between_messages(self.conn)

    def answer_unreadable(self) -> None:
        """A handshake that cannot be read is answered; uvicorn would keep the line open and say nothing."""
        if self.conn.handshake_exc is not None and not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(UNREADABLE)
            self.transport.close()

    def quickly(self, data: bytes) -> bytes:
        """Whole messages at the front are told; what is left is for the protocol."""
        at, size = 0, len(data)
        while size - at >= 6 and data[at] in WHOLE and data[at + 1] & MASKED:
            length, mask = data[at + 1] & ~MASKED, at + 2
            if length > MIDDLE:
                break
            if length == MIDDLE:
                length, mask = data[mask] << 8 | data[mask + 1], at + 4
            end = mask + 4 + length
            if end > size:
                break
            self.told(apply_mask(data[mask + 4 : end], data[mask : mask + 4]), WHOLE[data[at]])
            if not self.listen:
                return b""
            at = end
        return data[at:]

    def told(self, body: bytes, binary: bool) -> None:
        """A whole message. What has to wait for something goes to the application's task, with all that comes after it."""
        assert self.listen
        self.pieces = 0
        left = self.listen(body, binary)
        if left is None:
            return
        if self.queue.qsize() >= UNREAD:
            self.refuse(TOO_FAST)
            return
        self.queue.put_nowait(cast(Any, {"type": "websocket.receive", "left": left}))
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def send_receive_event_to_app(self) -> None:
        self.pieces = 0
        body, binary = b"".join(self.frames), self.curr_msg_data_type == "bytes"
        if self.listen:
            self.frames = []
            self.told(body, binary)
        elif not binary and not readable(body):
            self.refuse(BAD_FRAME)
        elif self.queue.qsize() >= UNREAD:
            self.refuse(TOO_FAST)
        else:
            super().send_receive_event_to_app()

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

    def refuse(self, code: int) -> None:
        if not self.close_sent and not self.disconnected:
            self.say_why(code)
            self.handle_parser_exception()

    def say_why(self, code: int) -> None:
        """Unless the client's own end stood behind, in the packet that is being read: then he has gone, and asks nothing."""
        if self.conn.state is OPEN:
            self.conn.send_close(code)


def between_messages(conn: Any) -> bool:
    waiting = conn.parser
    while waiting.gi_yieldfrom is not None:
        waiting = waiting.gi_yieldfrom
    return waiting.gi_code is BETWEEN_FRAMES and conn.current_size is None


def readable(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
