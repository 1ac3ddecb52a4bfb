"""Django behind the gate: the body has been read before a request takes its turn, and the answer is sent after it."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase

from project import apologies, health
from project.gate import FULL, Full, Gate, Lane

WAITING = 2_000  # requests in front of the gate; more are told to come back
DIGITS = 18  # of a size that are read
ASIDE = ("/readyz", "/metrics", settings.STATIC_URL or "/static/")  # what must not stand in line behind a crowd


class Body:
    """Bounded as it comes: Django would write it to the disk, whatever its size, before anybody looks at it."""

    def __init__(self, scope: Any, receive: Callable[[], Awaitable[Any]]) -> None:
        self.source, self.taken = receive, 0
        self.too_large = self.is_too_large(announced(scope))

    def is_too_large(self, size: int) -> bool:
        return size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    async def receive(self) -> Any:
        """Of what is too large the end is said, and Django lets go of what it has taken."""
        if not self.too_large:
            message = await self.source()
            self.taken += len(message.get("body", b""))
            self.too_large = self.is_too_large(self.taken)
        return {"type": "http.disconnect"} if self.too_large else message


def announced(scope: Any) -> int:
    """What is no size says nothing; one with so many digits is too large by far."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said[:DIGITS]) if said.isdigit() else 0


class Handler(ASGIHandler):
    def __init__(self) -> None:
        super().__init__()
        self.porch = Lane("porch")
        self.gate = Gate("page", 4 if settings.SQLITE else 8, WAITING)
        self.side = Gate("side", 2, WAITING)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Django starts a thread for each request before it looks at it, and the loop stands still until that runs: ours share one."""
        async with ThreadSensitiveContext(executor=self.porch):
            body = Body(scope, receive)
            await self.handle(scope, body.receive, send)
            if body.too_large:
                await self.refuse(scope, send)

    async def refuse(self, scope: Any, send: Any) -> None:
        request, problem = self.create_request(scope, BytesIO())
        answer = problem if request is None else apologies.too_large(request)
        assert answer is not None
        await self.send_response(answer, send)

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return health.alive(request)  # with nothing in between: that this loop turns is all it says
        gate = self.side if request.path.startswith(ASIDE) else self.gate
        try:
            async with gate.turn():
                return await super().run_get_response(request)
        except Full:
            FULL.inc()
            return apologies.full(request)

    def close(self) -> None:
        for gate in (self.gate, self.side):
            gate.close()
        self.porch.shutdown()
