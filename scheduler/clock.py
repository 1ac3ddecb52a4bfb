"""The clock: one loop that wakes each game at the instant it asked for, also one whose actor sleeps, and delivers letters that
were written where no node is (decisions 32, 33). It runs beside every engine and acts beside the one that owns shard 0.
"""

import asyncio
import logging
from collections.abc import Callable

from games.store import Posted, Store
from realtime.node import Node
from realtime.postbox import Busy

logger = logging.getLogger(__name__)

EVERY = 1.0
AT_ONCE = 100  # letters, each of another game


class Alarm:
    def __init__(self, node: Node, store: Store, conducts: Callable[[], bool] = lambda: True) -> None:
        self.node, self.store, self.conducts = node, store, conducts
        self.tasks: list[asyncio.Task[None]] = []
        self.timers: dict[int, asyncio.TimerHandle] = {}  # by game

    async def start(self) -> None:
        if not self.tasks:
            self.tasks = [asyncio.create_task(self.again_and_again(look)) for look in (self.look, self.deliver)]

    async def stop(self) -> None:
        for timer in self.timers.values():
            timer.cancel()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def again_and_again(self, look: Callable[[], object]) -> None:
        while True:
            try:
                if self.conducts():
                    await look()  # type: ignore[misc]
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

    async def deliver(self) -> None:
        """The oldest letter of each game; the next one goes when this one is known to be decided, so they keep their order."""
        while letters := await self.store.inbox(AT_ONCE):
            done = await asyncio.gather(*[self.carry(letter) for letter in letters])
            if not all(done):
                return  # who was busy is asked again in a second

    async def carry(self, letter: Posted) -> bool:
        """A letter that was carried twice is known by its ref and decided once."""
        try:
            answer = await self.node.tell(
                letter.tenant, letter.game, "command", role=letter.role, by=letter.by, ref=letter.ref, command=letter.command
            )
        except Busy:
            return False
        if answer.code:
            about = {"tenant": letter.tenant, "game": letter.game}
            logger.error("clock: game %s refused letter %s: %s", letter.game, letter.ref, answer.code, extra=about)
        await self.store.delivered(letter.tenant, letter.row)
        return True
