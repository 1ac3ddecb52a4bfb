"""The engine hosts the actors of its shards: letters in from the layer, one actor per game, started when somebody writes."""

import asyncio
import logging
from typing import Any, NamedTuple

import msgspec

from games.store import Store
from realtime.actor import GameActor
from realtime.clock import Clock
from realtime.letters import Answer, Batch, Mail
from realtime.postbox import PATIENCE
from realtime.publisher import Publisher

logger = logging.getLogger(__name__)

TELLING = 0.25  # seconds between two tellings of numbers
ASLEEP = 300.0  # seconds without a letter after which an actor is put to sleep
MOST_ACTORS = 5_000
BACK_OFF = (0.1, 5.0)  # after an actor ended badly: first, last
FORGIVEN = 60.0  # seconds after which nobody remembers that it ended badly


class Running(NamedTuple):
    actor: GameActor
    task: asyncio.Task[None]


class Failure(NamedTuple):
    """How often in a row, and until when no new actor is started."""

    often: int
    until: float


class Engine:
    def __init__(self, layer: Any, store: Store, clock: Clock, mailboxes: list[str]) -> None:
        self.layer, self.store, self.clock, self.mailboxes = layer, store, clock, mailboxes
        self.post = Publisher(layer)
        self.actors: dict[int, Running] = {}
        self.failures: dict[int, Failure] = {}
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        jobs = [self.post.run(), self.keep_house(), *(self.serve(mailbox) for mailbox in self.mailboxes)]
        self.tasks = [asyncio.create_task(job) for job in jobs]

    async def stop(self) -> None:
        tasks = [*self.tasks, *(running.task for running in self.actors.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Letters

    async def serve(self, mailbox: str) -> None:
        while True:
            try:
                message = await self.layer.receive(mailbox)
                self.take(msgspec.msgpack.decode(message["body"], type=Batch))
            except Exception:
                logger.exception("engine: %s", mailbox)
                await asyncio.sleep(0.1)

    def take(self, batch: Batch) -> None:
        """The time of a letter is when the engine takes it, not when it is decided (decision 5)."""
        at = self.clock.now()
        for letter in batch.letters:
            mail = Mail(at, batch.node, letter)
            actor = self.actor_of(mail)
            if (actor is None or not actor.tell(mail)) and letter.kind != "wake":
                self.post.answer(batch.node, Answer(letter.id, code="busy", retry=PATIENCE))

    def actor_of(self, mail: Mail) -> GameActor | None:
        game = mail.letter.game
        if game in self.actors:
            return self.actors[game].actor
        if len(self.actors) >= MOST_ACTORS or (game in self.failures and self.failures[game].until > self.clock.monotonic()):
            return None
        actor = GameActor(mail.letter.tenant, game, self.store, self.post, self.clock)
        task = asyncio.create_task(actor.run(), name=f"game {game}")
        self.actors[game] = Running(actor, task)
        task.add_done_callback(lambda ended: self.bury(game, ended))
        return actor

    def bury(self, game: int, task: asyncio.Task[None]) -> None:
        """The next letter starts a fresh one from the log; with back-off when this one ended badly (decision 24)."""
        if game in self.actors and self.actors[game].task is task:  # else a fresh one works already
            del self.actors[game]
        if task.cancelled():
            return
        often = self.failures[game].often if game in self.failures else 0
        wait = min(BACK_OFF[0] * 2**often, BACK_OFF[1])
        self.failures[game] = Failure(often + 1, self.clock.monotonic() + wait)
        logger.error("game %s: its actor ended; a new one may start in %.1f s", game, wait, exc_info=task.exception())

    # Numbers

    async def keep_house(self) -> None:
        while True:
            await asyncio.sleep(TELLING)
            self.look_round()

    def count(self, game: int, actor: GameActor) -> None:
        try:
            actor.count()
        except Exception:
            logger.exception("game %s: its numbers could not be told", game)

    def look_round(self) -> None:
        """Numbers are told at most four times a second, the newest wins; and who has nothing to do is put to sleep."""
        now = self.clock.now()
        for game, (actor, task) in list(self.actors.items()):
            self.count(game, actor)
            if actor.mailbox.empty() and not actor.working and now - actor.idle_since > ASLEEP:
                del self.actors[game]
                task.cancel()
            elif actor.settled:
                self.failures.pop(game, None)
        forgiven = self.clock.monotonic() - FORGIVEN
        self.failures = {game: failure for game, failure in self.failures.items() if failure.until > forgiven}
