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
from realtime.complaints import Complaint
from realtime.letters import Answer, Batch, Mail, Taken
from realtime.postbox import PATIENCE
from realtime.publisher import Vouched

logger = logging.getLogger(__name__)

ASLEEP = 300.0  # seconds without a letter after which an actor is put to sleep
BACK_OFF = (0.1, 5.0)  # after an actor ended badly: first, last
KNOCKING = 0.05  # seconds between two letters to ourselves, until one arrives
LISTENING, DEAF = 5.0, 2.0  # seconds until we find out again whether letters reach us, and until we know that they do not
VAIN = 2  # times in a row that the layer brought nothing of what it took: then listening anew has not helped
FORGIVEN = 60.0  # seconds after which nobody remembers that it ended badly


class Running(NamedTuple):
    actor: GameActor
    task: asyncio.Task[None]


class Failure(NamedTuple):
    """How often in a row, and until when no new actor is started."""

    often: int
    until: float


class Shard:
    def __init__(
        self, layer: Any, store: Store, clock: Clock, mailbox: str, post: Vouched, room: Callable[[], bool], news: asyncio.Event
    ) -> None:
        """`room` says whether the engine can host one more actor; `news` is set when letters begin or cease to reach us."""
        self.layer, self.store, self.clock, self.mailbox, self.post, self.room = layer, store, clock, mailbox, post, room
        self.news = news
        self.actors: dict[int, Running] = {}
        self.failures: dict[int, Failure] = {}
        self.task: asyncio.Task[None] | None = None
        self.heard = asyncio.Event()  # what we wrote to ourselves has arrived
        self.reached = False  # letters to our mailbox reach us
        self.vain = 0  # times in a row that the layer took what we wrote to ourselves and did not bring it
        self.complain = Complaint(logger, "shard: letters do not reach %s")

    def start(self, taken: Taken) -> None:
        self.task = asyncio.create_task(self.attend(taken), name=f"shard {taken.shard}")

    async def stop(self) -> None:
        """Whoever waits hears `busy`, unless this shard is not ours to speak for any more."""
        tasks = [*([self.task] if self.task else []), *(running.task for running in self.actors.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Letters

    async def attend(self, taken: Taken) -> None:
        """Listens, and finds out by writing to itself whether it hears; when it does not, it listens anew.

        A layer that was lost while we subscribed never says so. `taken` is announced when letters arrive, not before and every time
        after they did not: who hears it writes at once.
        """
        while True:
            listening = asyncio.create_task(self.serve())
            try:
                while await self.knock():
                    if not self.reached:
                        self.reached, self.vain = True, 0
                        self.news.set()
                        self.post.tell(taken)
                    await asyncio.wait({listening}, timeout=LISTENING)
                    if listening.done():
                        break
            finally:
                self.reached = False
                self.news.set()
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)
            await asyncio.sleep(KNOCKING)

    async def serve(self) -> None:
        """Until the layer cannot be heard."""
        while True:
            try:
                message = await self.layer.receive(self.mailbox)
            except Exception:
                self.complain(self.mailbox)
                return
            self.heard.set()
            try:
                self.take(msgspec.msgpack.decode(message["body"], type=Batch))
            except Exception:
                logger.exception("shard: a batch could not be read")

    @property
    def deaf(self) -> bool:
        """Others may hear what we do not. A layer that takes nothing is lost to everybody: that says nothing of our ears."""
        return self.vain >= VAIN

    async def knock(self) -> bool:
        """Whether a letter to ourselves arrives in time."""
        self.heard.clear()
        taken = True
        knock = {"type": "letters", "body": msgspec.msgpack.encode(Batch("", []))}
        end = asyncio.get_running_loop().time() + DEAF
        while not self.heard.is_set() and asyncio.get_running_loop().time() < end:
            try:
                async with asyncio.timeout(DEAF):
                    await self.layer.send(self.mailbox, knock)
            except Exception:
                taken = False
                self.complain(self.mailbox)
            await self.listen_for(KNOCKING)
        if not self.heard.is_set():
            self.vain = self.vain + 1 if taken else 0
        return self.heard.is_set()

    async def listen_for(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.heard.wait()
        except TimeoutError:
            return

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
            actor.tell_again()
        except Exception:
            logger.exception("game %s: its numbers could not be told", game, extra={"tenant": actor.tenant, "game": game})
