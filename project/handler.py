"""Django behind the gate: the body has been read before a request takes its turn, and the answer is sent after it."""

import random
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from project import health
from project.gate import Full, Gate, Lane
from tenants import language
from tenants.api import failure

WAITING = 2_000  # requests in front of the gate; more are told to come back
ASIDE = ("/readyz", settings.STATIC_URL or "/static/")  # what must not stand in line behind a crowd


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
            return full(request)

    def close(self) -> None:
        for gate in (self.gate, self.side):
            gate.close()
        self.porch.shutdown()


def full(request: HttpRequest) -> HttpResponse:
    """Without a template and without a query: this is said when there is no room left to think."""
    wait = random.randint(2, 5)  # noqa: S311 - so that those who come back do not come back together
    accept = request.headers.get("Accept-Language", "")
    with translation.override(language.chosen(None, request.COOKIES, accept)):
        sentence = _("Very many people are here right now. Try again in a few seconds.")
    answer = (
        JsonResponse(failure("busy", sentence)) if request.path.startswith("/api/") else HttpResponse(sentence, "text/plain; charset=utf-8")
    )
    answer.status_code = 503
    answer["Retry-After"] = str(wait)
    if request.method == "GET":
        answer["Refresh"] = str(wait)  # a page comes by itself
    return answer
