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
from realtime.gauges import gauges
from realtime.measured import Measured
from realtime.node import Node
from realtime.pulse import Pulse


class House:
    """A node, which every process has, and an engine where this process is one, or the only one (decision 34)."""

    def __init__(self, layer: Any = None, engine: bool = True) -> None:
        self.layer = lasting(layer or get_channel_layer())
        self.store, self.clock, self.pulse = Store(Measured), Clock(), Pulse()
        mailboxes = topics.mailboxes(prefix(), settings.ENGINE_SHARDS)
        self.node = Node(self.layer, mailboxes)
        self.engine = Engine(self.layer, self.store, self.clock, mailboxes, settings.ENGINE_MOST) if engine else None
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
        if self.engine:
            await self.engine.start()
        self.tasks += [asyncio.create_task(job) for job in (self.clock.keep(self.store.time), self.pulse.keep())]
        self.started = True
        gauges.house = self

    async def stop(self) -> None:
        if gauges.house is self:
            gauges.house = None
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.engine:
            await self.engine.stop()
        await self.node.stop()
        await asyncio.to_thread(self.store.close)  # it waits for what is being written

    @property
    def healthy(self) -> bool:
        """All that was started is under way, and the time is believed."""
        return self.started and not self.clock.skewed and self.node.healthy and (self.engine is None or self.engine.healthy)

    def conducts(self) -> bool:
        """The clock is here: beside the engine that owns shard 0 (decision 33)."""
        return self.engine is not None and self.engine.holds(0)


def lasting(layer: Any) -> Any:
    """The in-memory layer forgets the members of a group after a day; ours are there as long as the process."""
    if isinstance(layer, InMemoryChannelLayer):
        layer.group_expiry = math.inf
    return layer


def prefix() -> str:
    """Several platforms may share a Redis: each has its word in front of all names."""
    return str(settings.CHANNEL_LAYERS["default"].get("CONFIG", {}).get("prefix", "so-buzz"))
