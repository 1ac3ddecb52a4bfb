"""The engine hosts the actors of its shards: letters in from the layer, one actor per game, started when somebody writes."""

import asyncio
import logging
from typing import Any

import msgspec

from games.store import Store
from realtime import topics
from realtime.actor import PATIENCE, GameActor, Mail
from realtime.clock import Clock
from realtime.letters import Answer, Batch
from realtime.publisher import Publisher

logger = logging.getLogger(__name__)

TELLING = 0.25  # seconds between two tellings of numbers
ASLEEP = 300.0  # seconds without a letter after which an actor is put to sleep
MOST_ACTORS = 5_000
BACK_OFF = (0.1, 5.0)  # after an actor ended badly: first, last


class Engine:
    def __init__(self, layer: Any, store: Store, clock: Clock, shards: int) -> None:
        self.layer, self.store, self.clock, self.shards = layer, store, clock, shards
        self.post = Publisher(layer)
        self.actors: dict[int, tuple[GameActor, asyncio.Task[None]]] = {}
        self.failures: dict[int, tuple[int, float]] = {}  # game -> how often in a row, not before
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        jobs = [self.post.run(), self.numbers(), *(self.serve(topics.engine(shard)) for shard in range(self.shards))]
        self.tasks = [asyncio.create_task(job) for job in jobs]

    async def stop(self) -> None:
        running = [task for _, task in self.actors.values()]
        for task in (*running, *self.tasks):
            task.cancel()
        await asyncio.gather(*running, *self.tasks, return_exceptions=True)

    # Letters

    async def serve(self, channel: str) -> None:
        while True:
            try:
                message = await self.layer.receive(channel)
                self.take(msgspec.msgpack.decode(message["body"], type=Batch))
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("engine: %s", channel)
                await asyncio.sleep(0.1)

    def take(self, batch: Batch) -> None:
        """The time of a letter is when the engine takes it, not when it is decided (decision 5)."""
        at = self.clock.now()
        for letter in batch.letters:
            mail = Mail(at, batch.node, letter)
            actor = None if self.clock.skewed else self.actor_of(mail)
            if actor is None or not actor.tell(mail):
                self.post.answer(batch.node, Answer(letter.id, code="busy", retry=PATIENCE))

    def actor_of(self, mail: Mail) -> GameActor | None:
        game = mail.letter.game
        if game in self.actors:
            return self.actors[game][0]
        if len(self.actors) >= MOST_ACTORS or self.failures.get(game, (0, 0.0))[1] > self.clock.monotonic():
            return None
        actor = GameActor(mail.letter.tenant, game, self.store, self.post, self.clock.now)
        task = asyncio.create_task(actor.run(), name=f"game {game}")
        self.actors[game] = actor, task
        task.add_done_callback(lambda ended: self.buried(game, ended))
        return actor

    def buried(self, game: int, task: asyncio.Task[None]) -> None:
        """The next letter starts a fresh one from the log; with back-off when this one ended badly (decision 24)."""
        self.actors.pop(game, None)
        if task.cancelled():
            return
        often = self.failures.get(game, (0, 0.0))[0]
        wait = min(BACK_OFF[0] * 2**often, BACK_OFF[1])
        self.failures[game] = often + 1, self.clock.monotonic() + wait
        logger.error("game %s: its actor ended; a new one may start in %.1f s", game, wait, exc_info=task.exception())

    # Numbers

    async def numbers(self) -> None:
        """At most four times a second, the newest wins; and who has nothing to do is put to sleep."""
        while True:
            await asyncio.sleep(TELLING)
            now = self.clock.now()
            for game, (actor, task) in list(self.actors.items()):
                actor.count()
                if actor.mailbox.empty() and not actor.batch and now - actor.idle_since > ASLEEP:
                    self.actors.pop(game)
                    task.cancel()
                elif actor.settled:
                    self.failures.pop(game, None)
