"""The real-time parts of one process, made together, started and stopped together."""

import asyncio
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

from games.store import Store
from realtime.clock import Clock
from realtime.engine import Engine
from realtime.node import Node


class House:
    """A node for the sockets and, without Redis, the engine in the same loop (decision 34)."""

    def __init__(self, layer: Any = None) -> None:
        self.layer = layer or get_channel_layer()
        self.store, self.clock = Store(), Clock()
        self.node = Node(self.layer, settings.ENGINE_SHARDS)
        self.engine = Engine(self.layer, self.store, self.clock, settings.ENGINE_SHARDS)
        self.tasks: list[asyncio.Task[None]] = []
        self.started = False

    async def start(self) -> None:
        if self.started:
            return
        self.started = True
        await self.clock.start(self.store.time)
        await self.node.start()
        await self.engine.start()
        self.tasks.append(asyncio.create_task(self.clock.keep(self.store.time)))

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.engine.stop()
        await self.node.stop()
        self.store.close()
