"""One actor per game, its only writer: a mailbox in, one commit per batch, then publish, then reply.

Time is part of the order (decision 5): a letter bears the time of its receipt, and before a letter that is later than the
deadline the Tick is decided first. So a busy mailbox cannot hold a deadline back, and waiting for a commit costs nobody his
answer. There is one way out (24): whatever ends the actor, nobody is left waiting, and the next one starts from the log.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable
from random import Random, SystemRandom
from typing import Any, NamedTuple

import msgspec

from games.lifecycle import Admit
from games.log import Logged
from games.mechanic import NOBODY, Command, Event, Eye, Rejected, Role, Tick
from games.store import Store, Summary
from realtime.codec import commands_of
from realtime.letters import Answer, Letter
from realtime.voice import Post, Voice

logger = logging.getLogger(__name__)

MAILBOX = 4_000  # more is refused at once: the sender is told `busy`
BATCH = 256
REMEMBERED = 8  # refs per player: a socket has no more commands open than this (decision 22)
PATIENCE = 2.0  # seconds after which the sender has been told `busy` (decision 23)


class Mail(NamedTuple):
    """A letter with the time of its receipt, and the node that waits for the answer."""

    at: float
    node: str
    letter: Letter


class Outcome(NamedTuple):
    """What a letter led to: events by their numbers, or a refusal."""

    seqs: tuple[int, ...] = ()
    refused: Rejected | None = None


class GameActor:
    def __init__(self, tenant: int, game: int, store: Store, post: Post, now: Callable[[], float], rng: Random | None = None) -> None:
        self.tenant, self.game, self.store, self.post, self.clock = tenant, game, store, post, now
        self.rng = rng or SystemRandom()
        self.mailbox: asyncio.Queue[Mail] = asyncio.Queue(MAILBOX)
        self.batch: list[Mail] = []
        self.refs: dict[tuple[Role, int], deque[tuple[str, list[int]]]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self.dirty = False  # the dashboards have not heard the latest numbers
        self.settled = False  # it has worked at least once
        self.idle_since = now()

    def tell(self, mail: Mail) -> bool:
        """False when the mailbox is full: the sender must be told `busy`."""
        try:
            self.mailbox.put_nowait(mail)
        except asyncio.QueueFull:
            return False
        return True

    async def run(self) -> None:
        try:
            await self.start()
            while True:
                self.batch = await self.next_batch()
                await self.settle()
                await asyncio.sleep(0)  # let the loop run, also after a batch of refusals
        finally:
            self.give_up()

    async def start(self) -> None:
        loaded = await self.store.load(self.tenant, self.game, self.clock())
        self.ruleset, self.commands = loaded.ruleset, commands_of(loaded.kind)
        self.state, self.seq, self.last_at = self.ruleset.beginning(), 0, 0.0
        for entry in loaded.log:
            self.take(entry)
        self.voice = Voice(self.tenant, self.game, loaded, self.post, lambda numbers: self.store.names(self.tenant, self.game, numbers))
        self.voice.begin(self.now(), self.running)

    def take(self, entry: Logged) -> None:
        self.ruleset.evolve(self.state, entry.event)
        self.seq, self.last_at = entry.seq, entry.at
        if not entry.ref:
            return
        known = self.refs[entry.role, entry.by]
        if not known or known[-1][0] != entry.ref:
            known.append((entry.ref, []))
        known[-1][1].append(entry.seq)

    # What comes in

    async def next_batch(self) -> list[Mail]:
        """All that waits, at most a batch; nothing at all when the deadline comes first."""
        deadline = self.ruleset.deadline(self.state)
        patience = None if deadline is None else max(0.0, deadline - self.clock())
        batch = []
        try:
            async with asyncio.timeout(patience):
                batch.append(await self.mailbox.get())
        except TimeoutError:
            pass
        while len(batch) < BATCH and not self.mailbox.empty():
            batch.append(self.mailbox.get_nowait())
        return batch

    # What is decided

    async def settle(self) -> None:
        """Decide in memory, commit once, and only then let anyone know."""
        entries: list[Logged] = []
        outcomes = [self.outcome(mail, entries) for mail in self.batch]
        if self.mailbox.empty():  # else what still waits may be older than the deadline
            self.catch_up(self.clock(), entries)
        if entries:
            await self.store.append(self.tenant, self.game, self.ruleset, entries, self.summary())
            await self.voice.speak(entries, self.state, self.now(), self.running)
            self.dirty = True
        await self.reply(outcomes, {entry.seq: entry for entry in entries})
        self.batch, self.settled = [], True
        self.idle_since = self.clock()

    def outcome(self, mail: Mail, entries: list[Logged]) -> Outcome:
        letter = mail.letter
        if self.clock() - mail.at > PATIENCE:
            return Outcome(refused=Rejected("busy", PATIENCE))
        self.catch_up(mail.at, entries)
        match letter.kind:
            case "hello":
                return self.decide(mail.at, letter, Admit(letter.by), entries)
            case "command":
                return self.again(letter) or self.permitted(mail.at, letter, entries)
        return Outcome()

    def again(self, letter: Letter) -> Outcome | None:
        """A repeat has happened already: the same events, nothing new."""
        for ref, seqs in self.refs.get((letter.role, letter.by), ()):
            if ref == letter.ref:
                return Outcome(tuple(seqs))
        return None

    def permitted(self, at: float, letter: Letter, entries: list[Logged]) -> Outcome:
        wanted = self.commands.get((letter.command or {}).get("t", ""))
        if wanted is None:
            return Outcome(refused=Rejected("unknown_command"))
        if wanted.role != letter.role:
            return Outcome(refused=Rejected("not_yours"))
        return self.decide(at, letter, msgspec.convert(letter.command, wanted), entries)

    def decide(self, at: float, letter: Letter, command: Command, entries: list[Logged]) -> Outcome:
        at = max(at, self.last_at)
        player = letter.by if letter.role == "player" else NOBODY
        try:
            events = self.ruleset.decide(self.state, letter.role, player, command, at, self.rng)
        except Rejected as rejected:
            return Outcome(refused=rejected)
        except Exception:  # a bug in the rules: the state is untouched, so only this one command is lost
            logger.exception("game %s: %r", self.game, command)
            return Outcome(refused=Rejected("internal"))
        return Outcome(tuple(self.happen(at, letter, event, entries) for event in events))

    def happen(self, at: float, letter: Letter, event: Event, entries: list[Logged]) -> int:
        entry = Logged(self.seq + 1, at, letter.role, letter.by, letter.ref, event)
        entries.append(entry)
        self.take(entry)
        return entry.seq

    def catch_up(self, at: float, entries: list[Logged]) -> None:
        """Every deadline that is over by `at`, at its own time."""
        while (deadline := self.ruleset.deadline(self.state)) is not None and deadline <= at:
            letter = Letter(self.tenant, self.game, 0, "wake")
            if not self.decide(deadline, letter, Tick(), entries).seqs:
                raise RuntimeError(f"game {self.game}: the Tick of {deadline} has not moved the deadline")

    # What is told

    @property
    def running(self) -> bool:
        return self.state.lifecycle.phase == "open" and self.state.lifecycle.paused_at is None

    def now(self) -> float:
        """The game's own time."""
        return self.ruleset.lifecycle.now(self.state.lifecycle, self.clock())

    def summary(self) -> Summary:
        phase = (
            "paused" if self.state.lifecycle.paused_at is not None and self.state.lifecycle.phase == "open" else self.state.lifecycle.phase
        )
        return Summary(
            phase, self.ruleset.deadline(self.state), self.ruleset.stats(self.state), dict(self.ruleset.mechanic.stock(self.state.mechanic))
        )

    async def reply(self, outcomes: list[Outcome], fresh: dict[int, Logged]) -> None:
        wanted = [mail.letter.by for mail in self.batch if mail.letter.role == "player"]
        wanted += [number for mail in self.batch for number in mail.letter.players]
        await self.voice.learn(wanted)
        await self.recall(outcomes, fresh)
        for mail, outcome in zip(self.batch, outcomes, strict=True):
            if mail.letter.kind != "wake":
                self.post.answer(mail.node, await self.answer(mail.letter, outcome, fresh))

    async def recall(self, outcomes: list[Outcome], fresh: dict[int, Logged]) -> None:
        """The events of repeats, from the log, in one query."""
        missing = sorted({seq for outcome in outcomes for seq in outcome.seqs if seq not in fresh})
        if missing:
            rows = await self.store.read(self.tenant, self.game, self.ruleset, missing)
            fresh.update((entry.seq, entry) for entry in rows)

    async def answer(self, letter: Letter, outcome: Outcome, known: dict[int, Logged]) -> Answer:
        eye: Eye = "operator" if letter.role == "operator" else "everyone"
        answer: dict[str, Any] = {"line": self.voice.line, "seq": self.voice.told[eye], "now": self.now(), "running": self.running}
        if letter.kind == "looks":
            answer["you"] = {number: self.voice.yours(self.state, number) for number in letter.players}
        elif letter.role == "player":
            answer["you"] = self.voice.yours(self.state, letter.by)
        if letter.kind in ("hello", "look") and letter.whole:
            answer["picture"] = await self.voice.picture(self.state, self.seq, eye, letter.coding)
        if outcome.refused:
            return Answer(letter.id, **answer, code=outcome.refused.code, retry=outcome.refused.retry)
        if letter.kind == "command":
            own: Eye = letter.by if letter.role == "player" else "operator"
            seen = [self.ruleset.seen(known[seq].event, own) for seq in outcome.seqs]
            answer["events"] = [msgspec.to_builtins(event) for event in seen if event is not None]
            answer["names"] = self.voice.named(answer["events"])
        return Answer(letter.id, **answer)

    def count(self) -> None:
        """Called four times a second: the newest numbers, when there are new ones."""
        if self.dirty:
            self.dirty = False
            self.voice.count(self.state, self.clock())

    def give_up(self) -> None:
        """Memory may be ahead of the log now. Everyone who waits sends again, with the same ref."""
        while not self.mailbox.empty():
            self.batch.append(self.mailbox.get_nowait())
        for mail in self.batch:
            if mail.letter.kind != "wake":
                self.post.answer(mail.node, Answer(mail.letter.id, code="busy", retry=PATIENCE))
        self.batch = []
