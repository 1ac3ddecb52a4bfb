"""The real-time parts of one process, made together, started and stopped together."""

import asyncio
import math
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings

from games.store import Store
from realtime import topics
from realtime.clock import Clock
from realtime.engine import Engine
from realtime.node import Node


class House:
    """A node for the sockets and, without Redis, the engine in the same loop (decision 34)."""

    def __init__(self, layer: Any = None) -> None:
        self.layer = lasting(layer or get_channel_layer())
        self.store, self.clock = Store(), Clock()
        mailboxes = topics.mailboxes(prefix(), settings.ENGINE_SHARDS)
        self.node = Node(self.layer, mailboxes)
        self.engine = Engine(self.layer, self.store, self.clock, mailboxes)
        self.tasks: list[asyncio.Task[None]] = []
        self.starting: asyncio.Task[None] | None = None
        self.started = False

    async def start(self) -> None:
        """Whoever comes while it starts waits for it; after a start that failed the next one tries again."""
        if self.started:
            return
        if self.starting is None or (self.starting.done() and not self.started):
            self.starting = asyncio.create_task(self.begin())
        await asyncio.shield(self.starting)

    async def begin(self) -> None:
        await self.clock.start(self.store.time)
        await self.node.start()
        await self.engine.start()
        self.tasks.append(asyncio.create_task(self.clock.keep(self.store.time)))
        self.started = True

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.engine.stop()
        await self.node.stop()
        await asyncio.to_thread(self.store.close)  # it waits for what is being written


def lasting(layer: Any) -> Any:
    """The in-memory layer forgets the members of a group after a day; ours are there as long as the process."""
    if isinstance(layer, InMemoryChannelLayer):
        layer.group_expiry = math.inf
    return layer


def prefix() -> str:
    """Several platforms may share a Redis: each has its word in front of all names."""
    return str(settings.CHANNEL_LAYERS["default"].get("CONFIG", {}).get("prefix", "so-buzz"))
