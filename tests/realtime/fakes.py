"""What an actor is given instead of a database, a layer and a clock; and a running actor with all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

from games.lifecycle import Lifecycle
from games.replay import Replay
from games.ruleset import Ruleset
from games.store import Fenced, Loaded
from realtime.actor import GameActor
from realtime.letters import Answer, Letter, Mail, News, Numbers, Told
from tests.realtime.toy import Toy

TENANT, GAME, NOW = 3, 7, 1_800_000_000.0


class DrivenClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: float = NOW) -> None:
        self.at, self.skewed = now, False

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at


class FakeStore:
    """Keeps a log in memory. `broken` fails the next commits; `gate` holds them until it is set."""

    def __init__(self, mechanic: Any = None, hours: Lifecycle | None = None, kind: str = "toy") -> None:
        self.kind, self.ruleset = kind, Ruleset(mechanic or Toy(), hours or Lifecycle())
        self.log, self.commits, self.summaries = [], [], []
        self.kept: list[int] = []
        self.fence = 0
        self.broken = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.reached = asyncio.Event()  # a commit has begun

    async def load(self, tenant: int, game: int, now: float) -> Loaded:
        self.fence += 1
        return Loaded(self.kind, "public", "line1", self.ruleset, Replay(self.ruleset).follow(self.log), [], self.fence)

    async def append(self, tenant, game, ruleset, entries, summary, fence) -> None:
        self.reached.set()
        await self.gate.wait()
        if fence != self.fence:
            raise Fenced(game)
        if self.broken or [entry.seq for entry in entries] != list(range(len(self.log) + 1, len(self.log) + 1 + len(entries))):
            raise OSError("the database is lost")
        self.log += entries
        self.commits.append(len(entries))
        self.summaries.append(summary)

    async def keep(self, tenant, game, kept):
        await self.gate.wait()
        if self.broken:
            raise OSError("the database is lost")
        self.kept.append(kept.seq)

    async def lease(self, owner, shards, most, hearing):
        return dict.fromkeys(list(range(shards))[:most], 1)

    async def owners(self):
        return []

    async def release(self, owners):
        self.released = owners

    async def read(self, tenant, game, ruleset, seqs):
        return [entry for entry in self.log if entry.seq in seqs]

    async def names(self, tenant, game, numbers):
        return {number: f"Player {number}" for number in numbers if number < 1000}

    @property
    def events(self) -> list[Any]:
        return [entry.event for entry in self.log]


class FakePost:
    """Hears everything that leaves an actor, in order."""

    def __init__(self) -> None:
        self.answers: dict[int, Answer] = {}
        self.messages: list[Any] = []
        self.news = asyncio.Event()

    def answer(self, node: str, answer: Answer) -> None:
        self.answers[answer.id] = answer
        self.messages.append(answer)
        self.news.set()

    def tell(self, message: Told | News | Numbers) -> None:
        self.messages.append(message)
        self.news.set()

    def of(self, kind: type) -> list[Any]:
        return [message for message in self.messages if isinstance(message, kind)]

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not there():
                self.news.clear()
                await self.news.wait()


class Table:
    """`async with Table() as table:` a running actor; `await table.ask(…)` a letter and its answer."""

    def __init__(self, store: FakeStore | None = None, clock: Any = None, **given: Any) -> None:
        self.store, self.clock, self.post = store or FakeStore(**given), clock or DrivenClock(), FakePost()
        self.actor = GameActor(TENANT, GAME, self.store, self.post, self.clock, Random(1))
        self.ids = iter(range(1, 10**6))

    async def __aenter__(self) -> Table:
        self.task = asyncio.create_task(self.actor.run())
        self.task.add_done_callback(lambda _: self.post.news.set())
        await self.post.until(lambda: len(self.post.of(Told)) >= 2 or self.task.done())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    def send(self, kind: str = "command", by: int = 0, *, at: float | None = None, role: str = "player", ref: str = "", **more: Any) -> int:
        """Puts a letter into the mailbox; its number."""
        command = more.pop("command", None)
        letter = Letter(TENANT, GAME, next(self.ids), kind, role, by, ref, command, **more)
        if not self.actor.tell(Mail(self.clock.now() if at is None else at, "node", letter)):
            raise OverflowError
        return letter.id

    async def answer(self, number: int) -> Answer:
        await self.post.until(lambda: number in self.post.answers)
        return self.post.answers[number]

    async def ask(self, *args: Any, **given: Any) -> Answer:
        return await self.answer(self.send(*args, **given))

    async def say(self, word: str, by: int = 1, ref: str = "r", **given: Any) -> Answer:
        return await self.ask("command", by, ref=ref, command={"t": "say", "word": word}, **given)

    async def operate(self, command: dict[str, Any], ref: str = "o") -> Answer:
        return await self.ask("command", 9, role="operator", ref=f"{ref}-{command['t']}", command=command)

    async def open(self, *players: int) -> None:
        """The game runs, and these have said hello."""
        await self.operate({"t": "open"})
        for player in players:
            await self.ask("hello", player)
