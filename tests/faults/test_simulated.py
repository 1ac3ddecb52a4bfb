"""P1 to P4 without processes: one actor after the other on one log, each of which may end at any step, in every order that chance finds.

Cheap and deep: what takes seconds with processes takes microseconds here. Time is driven, chance has a seed, nothing sleeps.
"""

from __future__ import annotations

import asyncio
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness.moments import Moment
from games.lifecycle import Lifecycle
from games.mechanics.instant_win import InstantWin, Prize, Sealed
from games.repeats import Repeats
from games.ruleset import Ruleset
from realtime.actor import GameActor
from realtime.letters import Letter, Mail
from tests.faults import checker
from tests.faults.final import Entry, Final, Given
from tests.faults.history import Line
from tests.faults.scale import count, lasting
from tests.realtime.fakes import GAME, NOW, TENANT, DrivenClock, FakePost, FakeStore

pytestmark = [pytest.mark.fault, lasting(60, 600)]

STOCK, PLAYERS = 6, 3
MOMENTS = [Moment(int((NOW + after) * 1000), unit, "mug") for unit, after in enumerate((0.5, 1, 1, 2, 4, 8))]


class Log(FakeStore):
    """A database that may fail before or after it has stored: in the second case nobody is told that it has."""

    def __init__(self) -> None:
        rules = InstantWin(prizes=[Prize(id="mug", label="Mug", stock=STOCK)], plays_per_day=100, wins_per_player=100)
        super().__init__(rules, Lifecycle(), "instant_win")
        self.ruleset = Ruleset(rules, Lifecycle(), Sealed(MOMENTS))
        self.fails: str | None = None

    async def append(self, tenant, game, ruleset, entries, summary, *more) -> None:
        fails, self.fails = self.fails, None
        if fails == "before":
            raise OSError("the database is lost")
        await super().append(tenant, game, ruleset, entries, summary, *more)
        if fails == "after":
            raise OSError("the answer of the database is lost")


class World:
    """A game, its clients, and what they were shown."""

    def __init__(self) -> None:
        self.store, self.clock, self.lines = Log(), DrivenClock(), []
        self.refs: dict[int, list[str]] = {player: [] for player in range(1, PLAYERS + 1)}
        self.ids = iter(range(1, 10**6))

    async def begin(self) -> None:
        self.post = FakePost()
        self.actor = GameActor(TENANT, GAME, self.store, self.post, self.clock, Random(1))
        self.task = asyncio.create_task(self.actor.run())
        self.open: dict[int, tuple[str, float]] = {}

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    def send(self, kind: str, by: int, ref: str = "", role: str = "player", **command) -> int:
        letter = Letter(TENANT, GAME, next(self.ids), kind, role, by, ref, command or None)
        self.actor.tell(Mail(self.clock.now(), "node", letter))
        return letter.id

    def ask(self, player: int, ref: str) -> None:
        self.note("invoke", ref)
        self.open[self.send("command", player, ref, t="play")] = ref, self.clock.now()

    def note(self, kind: str, ref: str, value: object = None) -> None:
        self.lines.append(Line(self.clock.now(), "player", kind, "play", ref, value))

    async def settle(self) -> None:
        """Until the actor waits for a letter, or has ended; then the answers are heard, and a dead actor gets a successor."""
        for _ in range(50):
            await asyncio.sleep(0)
        for number, (ref, _) in list(self.open.items()):
            answer = self.post.answers.get(number)
            if answer is not None:
                del self.open[number]
                if not answer.code:
                    self.note("ok", ref, answer.events)
                elif answer.code != "busy":
                    self.note("fail", ref, answer.code)
        if self.task.done():
            await self.begin()

    def final(self) -> Final:
        log = [
            Entry(entry.seq, entry.at, entry.role, entry.by, entry.ref, tag(entry.event), msgspec.to_builtins(entry.event))
            for entry in self.store.log
        ]
        awards = [
            Given(entry.by, award.prize, award.unit, award.moment, entry.seq, entry.at)
            for entry in self.store.log
            for award in self.store.ruleset.awards(entry.event)
        ]
        moments = [(moment.at_ms, moment.prize) for moment in MOMENTS]
        return Final("line1", len(log), "open", log, awards, {"mug": STOCK}, 100, moments)


def tag(event) -> str:
    return str(event.__struct_config__.tag)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("play"), st.integers(1, PLAYERS)),
        st.tuples(st.just("again"), st.integers(1, PLAYERS)),
        st.tuples(st.just("wait"), st.sampled_from([0.001, 0.25, 0.5, 1.0, 2.5])),
        st.tuples(st.just("fail"), st.sampled_from(["before", "after"])),
        st.tuples(st.just("kill"), st.integers(0, 5)),
        st.tuples(st.just("settle"), st.just(0)),
    ),
    max_size=60,
)


async def live(steps) -> World:
    world = World()
    await world.begin()
    world.send("command", 9, "open", "operator", t="open")
    for player in range(1, PLAYERS + 1):
        world.send("hello", player)
    await world.settle()
    for step, what in steps:
        match step:
            case "play":
                world.refs[what].append(f"{what}-{len(world.refs[what])}")
                world.ask(what, world.refs[what][-1])
            case "again" if world.refs[what]:
                world.ask(what, world.refs[what][-1])
            case "wait":
                await world.settle()
                world.clock.at += what
            case "fail":
                world.store.fails = what
            case "kill":
                for _ in range(what):
                    await asyncio.sleep(0)
                await world.end()
                await world.begin()
            case "settle":
                await world.settle()
    world.store.fails = None
    await world.settle()
    for player, refs in world.refs.items():
        for ref in refs[-4:]:
            world.ask(player, ref)
        await world.settle()
    await world.end()
    return world


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
@pytest.mark.promise("P3")
@pytest.mark.promise("P4")
@given(STEPS)
@settings(max_examples=count(150, 5_000), deadline=None)
def test_whatever_fails_in_whatever_order_the_log_holds_what_was_shown(steps):
    world = asyncio.run(live(steps))
    assert checker.faults(world.lines, world.final()) == []


@pytest.mark.control("P3")
def test_without_the_repeat_check_a_play_that_was_answered_happens_again(monkeypatch):
    monkeypatch.setattr(Repeats, "find", lambda self, role, by, ref: None)
    world = asyncio.run(live([("play", 1), ("settle", 0), ("again", 1)]))
    assert any("happened" in fault for fault in checker.faults(world.lines, world.final()))


@pytest.mark.control("P2")
def test_a_database_that_forgets_what_it_has_confirmed_is_found_out(monkeypatch):
    async def forget(self, *given) -> None:
        pass

    monkeypatch.setattr(Log, "append", forget)
    world = asyncio.run(live([("play", 1), ("settle", 0)]))
    assert any("lost." in fault for fault in checker.faults(world.lines, world.final()))
