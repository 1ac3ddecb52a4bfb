"""uvicorn's WebSocket protocol, as we need it: a line can be cut, and bad bytes are the client's problem, not our log's.

The application finds the cut in its scope, under `extensions["so-buzz.cut"]`; a server without it is served without it.
"""

from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

CUT = "so-buzz.cut"
PIECES = 64  # pieces of messages, pings and pongs between two whole messages: nobody who plays needs more
BAD_FRAME, TOO_FAST = 4400, 4429


class Wire(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = 0

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(Any, self.scope)["extensions"][CUT] = self.transport.abort

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
