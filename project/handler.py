"""Django behind the gate: the body has been read before a request takes its turn, and the answer is sent after it."""

from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase

from project import apologies, health
from project.gate import FULL, Full, Gate, Lane

WAITING = 2_000  # requests in front of the gate; more are told to come back
ASIDE = ("/readyz", "/metrics", settings.STATIC_URL or "/static/")  # what must not stand in line behind a crowd


class Handler(ASGIHandler):
    def __init__(self) -> None:
        super().__init__()
        self.porch = Lane("porch")
        self.gate = Gate("page", 4 if settings.SQLITE else 8, WAITING)
        self.side = Gate("side", 2, WAITING)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Django starts a thread for each request before it looks at it, and the loop stands still until that runs: ours share one."""
        async with ThreadSensitiveContext(executor=self.porch):
            await self.handle(scope, receive, send)

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
