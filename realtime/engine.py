"""The engine owns shards of the games, by leases, and hosts the actors of their games; without a lease it is a hot spare."""

import asyncio
import logging
from typing import Any, NamedTuple

from games.store import Store
from realtime import metrics
from realtime.clock import Clock
from realtime.leases import Leases
from realtime.letters import Taken
from realtime.publisher import Publisher, Vouched
from realtime.shard import Running, Shard

logger = logging.getLogger(__name__)

TELLING = 0.25  # seconds between two tellings of numbers
RENEWING, LOOKING = 1.0, 0.25  # seconds between two renewals, for who owns all he wants and for who waits
DATABASE = 2.0  # seconds that a renewal may take
ASIDE = 1.0  # seconds in which an engine that is deaf leaves its shards to others
MOST_ACTORS = 5_000


class Open(NamedTuple):
    """A shard that is served, and the ownership under which it was opened."""

    term: int
    shard: Shard


class Engine:
    def __init__(self, layer: Any, store: Store, clock: Clock, mailboxes: list[str], most: int | None = None) -> None:
        self.layer, self.store, self.clock, self.mailboxes = layer, store, clock, mailboxes
        self.leases = Leases(store, len(mailboxes), most or len(mailboxes))
        self.post = Publisher(layer)
        self.open: dict[int, Open] = {}
        self.news = asyncio.Event()  # a shard began or ceased to hear
        self.parting: dict[int, asyncio.Task[None]] = {}  # shards that were ours and have not quite ended
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self.renew()
        self.tasks = [asyncio.create_task(job) for job in (self.post.run(), self.keep_leases(), self.keep_house())]

    async def stop(self) -> None:
        """Whoever waits hears `busy`; then what is ours is given up, so that the next engine need not wait."""
        await asyncio.gather(*[opened.shard.stop() for opened in self.open.values()], *self.parting.values())
        self.open = {}
        await self.post.drain()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.release()

    async def release(self) -> None:
        try:
            async with asyncio.timeout(DATABASE):
                await self.leases.release()
        except Exception:
            logger.warning("engine: the leases end by themselves", exc_info=True)

    @property
    def healthy(self) -> bool:
        """All that an engine does is under way; a spare does it too."""
        return bool(self.tasks) and not any(task.done() for task in self.tasks)

    @property
    def actors(self) -> dict[int, Running]:
        return {game: running for opened in self.open.values() for game, running in opened.shard.actors.items()}

    @property
    def hearing(self) -> list[int]:
        """The shards that are ours and hear their letters."""
        return [shard for shard, opened in self.open.items() if self.holds(shard) and opened.shard.reached]

    @property
    def served(self) -> int:
        return len(self.hearing)

    def holds(self, shard: int) -> bool:
        return self.leases.holds(shard)

    # Shards

    async def keep_leases(self) -> None:
        while True:
            await self.rest(RENEWING if self.leases.complete else LOOKING)
            if any(opened.shard.deaf for opened in self.open.values()):
                await self.step_aside()
            await self.renew()

    async def rest(self, seconds: float) -> None:
        """Shorter when a shard begins or ceases to hear: its lease is to say so, to whoever asks whether the games are served."""
        try:
            async with asyncio.timeout(seconds):
                await self.news.wait()
        except TimeoutError:
            return
        self.news.clear()

    async def step_aside(self) -> None:
        """Whoever stands by may have better ears. Where nobody does we take our shards again, and listen anew."""
        logger.error("engine: the layer takes our letters and brings us none; our shards are free for others")
        await self.release()
        self.settle()
        await asyncio.sleep(ASIDE)

    async def renew(self) -> None:
        """What the database does not confirm in time ends by itself."""
        try:
            async with asyncio.timeout(DATABASE):
                await self.leases.renew(self.hearing)
        except Exception:
            logger.exception("engine: the leases could not be renewed")
        self.settle()

    def settle(self) -> None:
        """Serves just what is owned. Who lost a shard and has it again starts from the log: another may have written."""
        lost = [shard for shard, opened in self.open.items() if not self.holds(shard) or self.leases.held[shard].term != opened.term]
        for shard in lost:
            metrics.LOST.inc()
            logger.warning("engine: shard %s is not ours any more", shard)
            self.part(shard, self.open.pop(shard).shard)
        for shard, held in self.leases.held.items():
            if shard not in self.open and shard not in self.parting and self.holds(shard):
                self.serve(shard, held.term)

    def part(self, number: int, shard: Shard) -> None:
        """In a task of its own: however long its end takes, the next renewal is in time."""
        ending = self.parting[number] = asyncio.create_task(shard.stop())
        ending.add_done_callback(lambda _: self.parting.pop(number))

    def serve(self, shard: int, term: int) -> None:
        post = Vouched(self.post, lambda: self.owns(shard, term))
        opened = Shard(self.layer, self.store, self.clock, self.mailboxes[shard], post, self.has_room, self.news)
        self.open[shard] = Open(term, opened)
        opened.start(Taken(shard))
        metrics.TAKEN.inc()

    def owns(self, shard: int, term: int) -> bool:
        return self.holds(shard) and self.leases.held[shard].term == term

    def has_room(self) -> bool:
        return sum(len(opened.shard.actors) for opened in self.open.values()) < MOST_ACTORS

    # Housekeeping

    async def keep_house(self) -> None:
        while True:
            await asyncio.sleep(TELLING)
            for opened in list(self.open.values()):
                opened.shard.look_round()
