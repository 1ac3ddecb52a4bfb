"""The clock: one loop that wakes each game at the instant it asked for, also one whose actor sleeps (decision 33)."""

import asyncio
import logging

from games.store import Store
from realtime.node import Node

logger = logging.getLogger(__name__)

EVERY = 1.0


class Alarm:
    def __init__(self, node: Node, store: Store) -> None:
        self.node, self.store = node, store
        self.task: asyncio.Task[None] | None = None
        self.timers: dict[int, asyncio.TimerHandle] = {}  # by game

    async def start(self) -> None:
        if self.task is None:
            self.task = asyncio.create_task(self.run())

    async def stop(self) -> None:
        for timer in self.timers.values():
            timer.cancel()
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                logger.exception("clock: the database did not say what is due")
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """What is due soon gets a timer; a game that is awake keeps its deadline by itself and takes a call in vain calmly."""
        now = await self.store.time()
        loop = asyncio.get_running_loop()
        for tenant, game, at in await self.store.due(now + EVERY):
            if game not in self.timers:
                self.timers[game] = loop.call_later(max(0.0, at - now), self.ring, tenant, game)

    def ring(self, tenant: int, game: int) -> None:
        del self.timers[game]
        self.node.wake(tenant, game)
