"""One actor per game, its only writer: a mailbox in, one commit per batch, then publish, then reply.

Time is part of the order (decision 5): a letter bears the time of its receipt, and before a letter that is later than the
deadline the Tick is decided first. So a busy mailbox cannot hold a deadline back, and waiting for a commit costs nobody his
answer. There is one way out (24): whatever ends the actor, nobody is left waiting, and the next one starts from the log.
"""

import asyncio
import logging
from random import Random, SystemRandom

import msgspec

from games.lifecycle import Admit
from games.log import Logged
from games.replay import Frozen
from games.store import Store
from realtime import metrics
from realtime.clock import Time
from realtime.codec import all_commands_of
from realtime.letters import Answer, Letter, Mail
from realtime.played import Here, Outcome, Played, refused
from realtime.postbox import PATIENCE
from realtime.subject import speak_of
from realtime.voice import Post, Voice

logger = logging.getLogger(__name__)

MAILBOX = 4_000  # more is refused at once: the sender is told `busy`
BATCH = 256
SKEWED_LOOK = 1.0  # seconds between two looks at a clock that is not believed


class GameActor:
    def __init__(self, tenant: int, game: int, store: Store, post: Post, clock: Time, rng: Random | None = None) -> None:
        self.tenant, self.game, self.store, self.post, self.clock = tenant, game, store, post, clock
        self.rng = rng or SystemRandom()
        self.mailbox: asyncio.Queue[Mail] = asyncio.Queue(MAILBOX)
        self.batch: list[Mail] = []
        self.keeping: asyncio.Task[None] | None = None
        self.working = True  # it is not waiting for a letter
        self.settled = False  # it has worked at least once
        self.idle_since = clock.now()

    def tell(self, mail: Mail) -> bool:
        """False when the mailbox is full: the sender must be told `busy`."""
        if self.mailbox.full():
            return False
        self.mailbox.put_nowait(mail)
        return True

    async def run(self) -> None:
        speak_of(self.tenant, self.game, lambda: self.played.seq)
        try:
            await self.start()
            while True:
                self.working = False
                self.batch = await self.next_batch()
                self.working = True
                await self.settle()
                await asyncio.sleep(0)  # let the loop run, also after a batch of refusals
        finally:
            self.give_up()

    async def start(self) -> None:
        loaded = await self.store.load(self.tenant, self.game, self.clock.now())
        self.commands, self.fence = all_commands_of(loaded.kind), loaded.fence
        self.played = Played(self.game, loaded.past, self.rng)
        self.voice = Voice(self.tenant, self.game, loaded, self.post, lambda numbers: self.store.names(self.tenant, self.game, numbers))
        self.voice.begin(self.here())
        self.remember()

    def here(self) -> Here:
        return self.played.here(self.clock.now())

    # What comes in

    async def next_batch(self) -> list[Mail]:
        """All that waits, at most a batch; nothing at all when the deadline comes first."""
        batch: list[Mail] = []
        try:
            async with asyncio.timeout(self.patience()):
                batch.append(await self.mailbox.get())
        except TimeoutError:
            pass
        return batch + self.waiting(BATCH - len(batch))

    def patience(self) -> float | None:
        """Seconds until something has to be done without being asked."""
        deadline = self.played.deadline()
        if deadline is None:
            return None
        return SKEWED_LOOK if self.clock.skewed else max(0.0, deadline - self.clock.now())

    def waiting(self, most: int) -> list[Mail]:
        return [self.mailbox.get_nowait() for _ in range(min(most, self.mailbox.qsize()))]

    # What is decided

    async def settle(self) -> None:
        """Decide in memory, commit once, and only then let anyone know."""
        self.voice.forget()
        outcomes = [self.outcome(mail) for mail in self.batch]
        if self.mailbox.empty() and not self.clock.skewed:  # else what still waits may be older than the deadline
            self.played.catch_up(self.clock.now())
        entries, self.played.fresh = self.played.fresh, []
        if entries:
            with metrics.COMMIT.time():
                await self.store.append(self.tenant, self.game, self.played.ruleset, entries, self.played.summary(), self.fence)
            metrics.EVENTS.observe(len(entries))
            await self.voice.speak(entries, self.here())
        await self.reply(outcomes, {entry.seq: entry for entry in entries})
        if self.batch:
            metrics.BATCH.observe(len(self.batch))
            self.idle_since = self.clock.now()
        self.batch, self.settled = [], True
        self.remember()

    def outcome(self, mail: Mail) -> Outcome:
        """A letter whose sender has been told `busy` is too old (decision 23); a clock that is not believed decides nothing (6)."""
        letter = mail.letter
        if self.clock.now() - mail.at > PATIENCE:
            metrics.BUSY.labels("too_old").inc()
            return refused("busy", PATIENCE)
        if self.clock.skewed:
            metrics.BUSY.labels("clock").inc()
            return refused("busy", PATIENCE) if letter.kind in ("hello", "command") else Outcome()
        self.played.catch_up(mail.at)
        match letter.kind:
            case "hello":
                return self.played.decide(mail.at, letter, Admit(letter.by))
            case "command":
                return self.again(letter) or self.permitted(mail.at, letter)
            case "wake":
                self.voice.asked = True
            case "look" if letter.role == "player" and letter.by in self.played.state.lifecycle.banned:
                return refused("banned")
        return Outcome()

    def again(self, letter: Letter) -> Outcome | None:
        """A repeat has happened already: the same events, nothing new."""
        seqs = self.played.repeats.find(letter.role, letter.by, letter.ref)
        return None if seqs is None else Outcome(seqs)

    def permitted(self, at: float, letter: Letter) -> Outcome:
        wanted = self.commands.get((letter.command or {}).get("t", ""))
        if wanted is None or (wanted.role == "system" and letter.role != "system"):
            return refused("unknown_command")
        if wanted.role != letter.role:
            return refused("not_yours")
        try:
            command = msgspec.convert(letter.command, wanted)
        except msgspec.ValidationError:
            return refused("bad_command")
        return self.played.decide(at, letter, command)

    # What is told

    async def reply(self, outcomes: list[Outcome], known: dict[int, Logged]) -> None:
        letters = [mail.letter for mail in self.batch]
        await self.voice.learn(number for letter in letters for number in letter.shown())
        await self.recall(outcomes, known)
        for mail, outcome in zip(self.batch, outcomes, strict=True):
            if mail.letter.kind != "wake":
                self.post.answer(mail.node, await self.voice.answer(mail.letter, outcome, known, self.here()))

    async def recall(self, outcomes: list[Outcome], known: dict[int, Logged]) -> None:
        """The events of repeats, from the log, in one query."""
        missing = sorted({seq for outcome in outcomes for seq in outcome.seqs if seq not in known})
        if missing:
            rows = await self.store.read(self.tenant, self.game, self.played.ruleset, missing)
            known.update((entry.seq, entry) for entry in rows)

    def remember(self) -> None:
        """A snapshot for the next actor, when it is time; nobody waits for it, and one that could not be written is none (decision 29)."""
        if self.played.snapshot_due() and (self.keeping is None or self.keeping.done()):
            self.keeping = asyncio.create_task(self.keep(self.played.frozen()))

    async def keep(self, frozen: Frozen) -> None:
        try:
            await self.store.keep(self.tenant, self.game, frozen)
        except Exception:
            logger.exception("game %s: no snapshot was written", self.game)

    def tell_again(self) -> None:
        """Called four times a second: new numbers for dashboards, and where the game stands, for who has missed the last frame."""
        if self.settled:
            self.voice.figures.tell(self.clock.now())
            self.voice.repeat(self.clock.now())

    def give_up(self) -> None:
        """Memory may be ahead of the log now. Everyone who waits sends again, with the same ref."""
        for mail in self.batch + self.waiting(MAILBOX):
            if mail.letter.kind != "wake":
                metrics.BUSY.labels("actor_ended").inc()
                self.post.answer(mail.node, Answer(mail.letter.id, code="busy", retry=PATIENCE))
        self.batch = []
