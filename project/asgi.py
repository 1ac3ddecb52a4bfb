"""The composition root: HTTP by Django, sockets by our consumers, and the real-time parts of this process."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()  # first: the imports below need the apps to be ready

from project.parts import Parts  # noqa: E402
from realtime.routing import sockets  # noqa: E402


class Application:
    """Starts with the server's lifespan, or, where a server has none (Daphne), with the first scope (decision 34)."""

    def __init__(self) -> None:
        self.parts = Parts(engine=settings.ENGINE)
        self.house = self.parts.house
        self.sockets = sockets(self.house.node, self.house.store)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
            return
        await self.parts.start()
        scope["house"] = self.house
        await (self.sockets if scope["type"] == "websocket" else django_application)(scope, receive, send)

    async def lifespan(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.parts.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.parts.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def farewell(self) -> None:
        """Before the server closes its sockets: clients hear when to come back."""
        await self.house.node.farewell("deploy")


application = Application()
