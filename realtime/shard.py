"""One shard of the games while this engine owns it: letters in from its mailbox, one actor per game, started when somebody writes."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from games.store import Store
from realtime import metrics
from realtime.actor import GameActor
from realtime.clock import Clock
from realtime.letters import Answer, Batch, Mail, Taken
from realtime.postbox import PATIENCE
from realtime.publisher import Vouched

logger = logging.getLogger(__name__)

ASLEEP = 300.0  # seconds without a letter after which an actor is put to sleep
BACK_OFF = (0.1, 5.0)  # after an actor ended badly: first, last
KNOCKING = 0.05  # seconds between two letters to ourselves, until the first arrives
FORGIVEN = 60.0  # seconds after which nobody remembers that it ended badly


class Running(NamedTuple):
    actor: GameActor
    task: asyncio.Task[None]


class Failure(NamedTuple):
    """How often in a row, and until when no new actor is started."""

    often: int
    until: float


class Shard:
    def __init__(self, layer: Any, store: Store, clock: Clock, mailbox: str, post: Vouched, room: Callable[[], bool]) -> None:
        """`room` says whether the engine can host one more actor."""
        self.layer, self.store, self.clock, self.mailbox, self.post, self.room = layer, store, clock, mailbox, post, room
        self.actors: dict[int, Running] = {}
        self.failures: dict[int, Failure] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.heard = asyncio.Event()  # letters to our mailbox reach us

    def start(self, taken: Taken) -> None:
        """`taken` is announced when letters arrive, not before: who hears it writes at once."""
        self.tasks = [asyncio.create_task(self.serve(), name=f"shard {taken.shard}"), asyncio.create_task(self.announce(taken))]

    async def stop(self) -> None:
        """Whoever waits hears `busy`, unless this shard is not ours to speak for any more."""
        tasks = [*self.tasks, *(running.task for running in self.actors.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Letters

    async def serve(self) -> None:
        while True:
            try:
                message = await self.layer.receive(self.mailbox)
                self.heard.set()
                self.take(msgspec.msgpack.decode(message["body"], type=Batch))
            except Exception:
                logger.exception("shard: %s", self.mailbox)
                await asyncio.sleep(0.1)

    async def announce(self, taken: Taken) -> None:
        knock = {"type": "letters", "body": msgspec.msgpack.encode(Batch("", []))}
        while not self.heard.is_set():
            try:
                await self.layer.send(self.mailbox, knock)
            except Exception:
                logger.warning("shard: the layer does not take letters for %s", self.mailbox, exc_info=True)
            await asyncio.sleep(KNOCKING)
        self.post.tell(taken)

    def take(self, batch: Batch) -> None:
        """The time of a letter is when the engine takes it, not when it is decided (decision 5)."""
        at = self.clock.now()
        for letter in batch.letters:
            mail = Mail(at, batch.node, letter)
            actor = self.actor_of(mail)
            if (actor is None or not actor.tell(mail)) and letter.kind != "wake":
                metrics.BUSY.labels("mailbox_full" if actor else "no_actor").inc()
                self.post.answer(batch.node, Answer(letter.id, code="busy", retry=PATIENCE))

    def actor_of(self, mail: Mail) -> GameActor | None:
        game = mail.letter.game
        if game in self.actors:
            return self.actors[game].actor
        if not self.room() or (game in self.failures and self.failures[game].until > self.clock.monotonic()):
            return None
        actor = GameActor(mail.letter.tenant, game, self.store, self.post, self.clock)
        task = asyncio.create_task(actor.run(), name=f"game {game}")
        self.actors[game] = Running(actor, task)
        task.add_done_callback(lambda ended: self.bury(mail.letter.tenant, game, ended))
        return actor

    def bury(self, tenant: int, game: int, task: asyncio.Task[None]) -> None:
        """The next letter starts a fresh one from the log; with back-off when this one ended badly (decision 24)."""
        if game in self.actors and self.actors[game].task is task:  # else a fresh one works already
            del self.actors[game]
        if task.cancelled():
            return
        metrics.ENDED.inc()
        often = self.failures[game].often if game in self.failures else 0
        wait = min(BACK_OFF[0] * 2**often, BACK_OFF[1])
        self.failures[game] = Failure(often + 1, self.clock.monotonic() + wait)
        about = {"tenant": tenant, "game": game}
        logger.error("game %s: its actor ended; a new one may start in %.1f s", game, wait, exc_info=task.exception(), extra=about)

    # Housekeeping

    def look_round(self) -> None:
        """Numbers are told, last words repeated; and who has nothing to do is put to sleep."""
        now = self.clock.now()
        for game, (actor, task) in list(self.actors.items()):
            self.voice(game, actor)
            if actor.mailbox.empty() and not actor.working and now - actor.idle_since > ASLEEP:
                del self.actors[game]
                task.cancel()
            elif actor.settled:
                self.failures.pop(game, None)
        forgiven = self.clock.monotonic() - FORGIVEN
        self.failures = {game: failure for game, failure in self.failures.items() if failure.until > forgiven}

    def voice(self, game: int, actor: GameActor) -> None:
        try:
            actor.count()
            actor.repeat()
        except Exception:
            logger.exception("game %s: its numbers could not be told", game, extra={"tenant": actor.tenant, "game": game})
