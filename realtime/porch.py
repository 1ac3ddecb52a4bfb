"""uvicorn's HTTP protocol, as we need it: who opens a line and never finishes his request is shown out."""

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from realtime import hall


class Porch(H11Protocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.halls = hall.of(self.loop)

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.halls.heads.enter(self)

    def handle_events(self) -> None:
        super().handle_events()
        if self.cycle is None or self.cycle.response_complete:
            return
        self.halls.heads.leave(self)
        if self.cycle.more_body:
            self.halls.bodies.stay(self)
        else:
            self.halls.bodies.leave(self)

    def on_response_complete(self) -> None:
        """The line is kept for a next request, whose head has to be whole in time too; so has a body that was answered before its end."""
        self.halls.leave(self)
        if not self.transport.is_closing():
            self.halls.heads.enter(self)
        super().on_response_complete()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """From here on the wire waits."""
        self.halls.leave(self)
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self.halls.leave(self)
        super().connection_lost(exc)

    def cut(self) -> None:
        self.transport.abort()
