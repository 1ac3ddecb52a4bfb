"""The clock: one loop that wakes each game at the instant it asked for, also one whose actor sleeps, and delivers letters that
were written where no node is (decisions 32, 33). It runs beside every engine and acts beside the one that owns shard 0.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from games.store import Posted, Store
from realtime.node import Node
from realtime.postbox import Busy

logger = logging.getLogger(__name__)

EVERY = 1.0
AT_ONCE = 100  # letters, each of another game
STUCK = 5_000  # games that are remembered because they were busy


class Alarm:
    def __init__(self, node: Node, store: Store, conducts: Callable[[], bool] = lambda: True) -> None:
        self.node, self.store, self.conducts = node, store, conducts
        self.tasks: list[asyncio.Task[None]] = []
        self.timers: dict[int, asyncio.TimerHandle] = {}  # by game
        self.busy: deque[int] = deque(maxlen=STUCK)  # games that did not take their letter; who was asked last stands last

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
        after = None
        while due := await self.store.due(now + EVERY, after):
            for tenant, game, at in due:
                if game not in self.timers:
                    self.timers[game] = loop.call_later(max(0.0, at - now), self.ring, tenant, game)
            after = due[-1]

    def ring(self, tenant: int, game: int) -> None:
        del self.timers[game]
        self.node.wake(tenant, game)

    async def deliver(self) -> None:
        """The oldest letter of each game; the next one goes when this one is known to be decided, so they keep their order.

        Who is busy is asked again in a second, after all others and only some at a time: so nobody waits for those who are stuck.
        """
        again = min(AT_ONCE, len(self.busy))
        await self.empty()
        for _ in range(again):
            self.busy.popleft()
        await self.empty()

    async def empty(self) -> None:
        """The inbox, but for who is busy."""
        while letters := await self.store.inbox(AT_ONCE, list(self.busy)):
            done = await asyncio.gather(*[self.carry(letter) for letter in letters])
            self.busy += [letter.game for letter, decided in zip(letters, done, strict=True) if not decided]

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
