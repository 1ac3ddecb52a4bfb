"""uvicorn as we run it: one process, one loop, sockets without compression, a clean end."""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

LARGEST_FRAME = 64 * 1024  # above it the server itself hangs up; from 8 KiB on we say 4400 (decision 42)
GRACE = 5  # seconds that running requests have at the end


class Taken(Exception):
    """Somebody else listens on this port."""


def listen(host: str, port: int) -> socket.socket:
    """Bound before anything else is done, so that a taken port is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(2048)
    except OSError as error:
        door.close()
        raise Taken(error.strerror) from error
    return door


def configuration() -> uvicorn.Config:
    return uvicorn.Config(
        "project.asgi:application",
        loop="project.loops:new_loop",
        lifespan="on",
        http="realtime.porch:Porch",
        ws="realtime.wire:Wire",
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # our own beat does it, and carries the seq
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Clients hear when to come back before uvicorn closes them with 1012."""
        from project.asgi import application

        await application.farewell()
        await super().shutdown(sockets)


@contextlib.contextmanager
def quiet_signals() -> Iterator[None]:
    """uvicorn raises the signal that ended it once more; for us that end was the clean one."""

    def done(signum: int, frame: FrameType | None) -> None: ...

    before = {signum: signal.signal(signum, done) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def serve(door: socket.socket, ready: Callable[[], None]) -> bool:
    """Until a signal ends it; false when it could not start."""
    server = Server(configuration(), ready)
    with quiet_signals():
        server.run(sockets=[door])
    return server.started
