"""The safeguards of an actor, one test each; `make mutants` switches them off one at a time and expects these to fail."""

import asyncio
from contextlib import asynccontextmanager, suppress
from random import Random
from types import SimpleNamespace

import pytest

from games.fairness.moments import Moment
from games.lifecycle import Lifecycle
from games.mechanic import Event, Mechanic
from games.mechanics.instant_win import InstantWin, Prize, Sealed
from games.replay import Replay
from games.ruleset import Ruleset
from games.store import Loaded
from realtime import topics
from realtime.actor import GameActor
from realtime.letters import Answer, Letter, Mail, Told

NOW = 1_790_000_000.0
CLOCK = SimpleNamespace(now=lambda: NOW, monotonic=lambda: NOW, skewed=False)


class Diary:
    """Store and post in one: what an actor did, in order. `broken` makes the next commit fail."""

    def __init__(self) -> None:
        self.log, self.steps, self.answers, self.broken = [], [], {}, False
        mug = Prize(id="mug", label="Mug", stock=1)
        rules = InstantWin(prizes=[mug], plays_per_day=5)
        self.ruleset = Ruleset(rules, Lifecycle(), Sealed([Moment(int(NOW * 1000), 0, "mug")]))

    async def load(self, tenant, game, now):
        return Loaded("instant_win", "game", "line", self.ruleset, Replay(self.ruleset).follow(self.log), [], 1)

    async def append(self, tenant, game, ruleset, entries, summary, fence):
        if self.broken:
            raise ConnectionError
        self.log += entries
        self.steps.append("stored")

    async def read(self, tenant, game, ruleset, seqs):
        return [entry for entry in self.log if entry.seq in seqs]

    async def names(self, tenant, game, numbers):
        return {}

    def tell(self, message):
        self.steps.append("told")
        if isinstance(message, Told):
            self.steps.append(message.topic)

    def answer(self, node: str, answer: Answer):
        self.steps.append("answered")
        self.answers[answer.id] = answer


@pytest.fixture
def diary():
    return Diary()


@asynccontextmanager
async def actor(diary, *letters):
    """Plays the letters, one after the other, on a game that is open and where player 17 has said hello."""
    game = GameActor(1, 1, diary, diary, CLOCK, Random(1))
    running = asyncio.create_task(game.run())
    try:
        for letter in letters:
            game.tell(Mail(NOW, "node", letter))
            while letter.id not in diary.answers and not running.done():
                await asyncio.sleep(0)
        yield game
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await running


OPEN = Letter(1, 1, 1, "command", "operator", 1, "o", {"t": "open"})
HELLO = Letter(1, 1, 2, "hello", "player", 17)


def play(id: int, ref: str = "r") -> Letter:
    return Letter(1, 1, id, "command", "player", 17, ref, {"t": "play"})


@pytest.mark.promise("P3")
async def test_the_same_ref_again_is_the_same_play_with_the_same_answer(diary):
    async with actor(diary, OPEN, HELLO, play(3), play(4)):
        kinds = [type(entry.event).__name__ for entry in diary.log]
    assert kinds == ["Opened", "Joined", "Won"]
    assert diary.answers[3].events == diary.answers[4].events != []


@pytest.mark.promise("P3")
async def test_a_repeat_is_known_after_a_crash_too(diary):
    async with actor(diary, OPEN, HELLO, play(3)):
        pass
    async with actor(diary, play(4)):
        assert diary.answers[4].events == diary.answers[3].events
    assert len(diary.log) == 3


@pytest.mark.promise("P2")
async def test_nobody_hears_of_a_play_before_it_is_stored(diary):
    async with actor(diary, OPEN, HELLO):
        diary.steps.clear()
    async with actor(diary, play(3)):
        pass
    stored = diary.steps.index("stored")
    assert "answered" not in diary.steps[:stored]
    assert diary.steps[:stored].count("told") == 2, "its two first words, and nothing more"


@pytest.mark.promise("P2")
async def test_a_play_that_could_not_be_stored_is_told_to_nobody(diary):
    async with actor(diary, OPEN, HELLO):
        diary.broken = True
        diary.steps.clear()
    async with actor(diary, play(3)):
        pass
    assert diary.answers[3].code == "busy"
    assert "stored" not in diary.steps
    assert diary.steps.count("told") == 2, "its two first words, and nothing more"


@pytest.mark.parametrize(("role", "command"), [("player", {"t": "end"}), ("operator", {"t": "play"})])
async def test_a_command_of_another_role_is_refused(diary, role, command):
    async with actor(diary, OPEN, HELLO, Letter(1, 1, 3, "command", role, 17, "r", command)):
        assert diary.answers[3].code == "not_yours"
    assert len(diary.log) == 2


@pytest.mark.promise("P6")
async def test_what_happens_to_one_player_is_told_to_him_and_the_operators_alone(diary):
    async with actor(diary, OPEN, HELLO):
        diary.steps.clear()
    async with actor(diary, play(3)):
        pass
    after = diary.steps[diary.steps.index("stored") :]
    assert [step for step in after if step.startswith("g.")] == [topics.operators(1, 1)]
    assert diary.answers[3].events[0]["t"] == "won"


class Whisper(Event, frozen=True):
    pass


def test_an_event_is_hidden_until_its_mechanic_opens_it():
    seen = {eye: Mechanic().seen(Whisper(), eye) for eye in ("everyone", 17, "operator")}
    assert seen == {"everyone": None, 17: None, "operator": Whisper()}
