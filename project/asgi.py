"""The composition root: HTTP by Django, sockets by our consumers, and the real-time parts of this process."""

import asyncio
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django
from django.conf import settings

django.setup(set_prefix=False)  # first: the imports below need the apps to be ready

from project.handler import Handler  # noqa: E402
from project.parts import Parts  # noqa: E402
from realtime.routing import sockets  # noqa: E402


class Application:
    """Starts with the server's lifespan, or, where a server has none (Daphne), with the first scope (decision 34)."""

    def __init__(self) -> None:
        self.parts = Parts(engine=settings.ENGINE)
        self.house = self.parts.house
        self.sockets = sockets(self.house.node, self.house.store)
        self.pages = Handler()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
            return
        await self.parts.start()
        scope["house"] = self.house
        await (self.sockets if scope["type"] == "websocket" else self.pages)(scope, receive, send)

    async def lifespan(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.parts.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.parts.stop()
                await asyncio.to_thread(self.pages.close)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def farewell(self) -> None:
        """Before the server closes its sockets: clients hear when to come back."""
        await self.house.node.farewell("deploy")


application = Application()
