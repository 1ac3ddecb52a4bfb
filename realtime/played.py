"""A game in memory: what its log adds up to, and what a command adds to the log. It may be ahead of what is stored."""

import logging
import traceback
from random import Random
from typing import NamedTuple

from games.log import Logged
from games.mechanic import NOBODY, Command, Event, Rejected, Tick
from games.replay import Frozen, Replay
from games.ruleset import State
from games.store import Summary
from realtime.letters import Letter

logger = logging.getLogger(__name__)

MOST_TICKS = 1_000  # for one instant; more of them is a mistake in the rules


class Here(NamedTuple):
    """Where a game stands after its latest event."""

    state: State
    seq: int  # of the log
    at: float  # wall time
    now: float  # the game's own time
    running: bool


class Outcome(NamedTuple):
    """What a letter led to: events by their numbers, or a refusal."""

    seqs: tuple[int, ...] = ()
    refused: Rejected | None = None


def refused(code: str, retry: float | None = None) -> Outcome:
    return Outcome(refused=Rejected(code, retry))


class Played(Replay):
    def __init__(self, game: int, past: Replay, rng: Random) -> None:
        super().__init__(past.ruleset, past.line)
        self.state, self.seq, self.last_at, self.repeats, self.kept = past.state, past.seq, past.last_at, past.repeats, past.kept
        self.game, self.rng = game, rng
        self.fresh: list[Logged] = []  # what is not stored yet

    def frozen(self) -> Frozen:
        assert not self.fresh, "what is not in the log must not be in a snapshot"
        return super().frozen()

    def decide(self, at: float, letter: Letter, command: Command) -> Outcome:
        """Time never goes back in a log, whatever the clocks say (decision 6)."""
        at = max(at, self.last_at)
        player = letter.by if letter.role == "player" else NOBODY
        try:
            events = self.ruleset.decide(self.state, letter.role, player, command, at, self.rng)
        except Rejected as rejection:
            return Outcome(refused=rejection)
        except Exception as bug:  # in the rules: the state is untouched, so only this one command is lost
            where = "".join(traceback.format_tb(bug.__traceback__))  # without the text of the error: it may say what somebody typed
            logger.error("game %s: a bug in %s: %s\n%s", self.game, type(command).__name__, type(bug).__name__, where)
            return refused("internal")
        return Outcome(tuple(self.happen(at, letter, event) for event in events))

    def happen(self, at: float, letter: Letter, event: Event) -> int:
        entry = Logged(self.seq + 1, at, letter.role, letter.by, letter.ref, event)
        self.fresh.append(entry)
        self.take(entry)
        return entry.seq

    def catch_up(self, at: float) -> None:
        """Every deadline that is over by `at`, at its own time."""
        tick, last, times = Letter(0, self.game, 0, "wake"), 0.0, 0
        while (deadline := self.deadline()) is not None and deadline <= at:
            last, times = deadline, times + 1 if deadline == last else 1
            if not self.decide(deadline, tick, Tick()).seqs or times > MOST_TICKS:
                raise RuntimeError(f"game {self.game}: the Tick of {deadline} has not moved the deadline")

    def deadline(self) -> float | None:
        return self.ruleset.deadline(self.state)

    def here(self, at: float) -> Here:
        hours = self.state.lifecycle
        running = hours.phase == "open" and hours.paused_at is None
        return Here(self.state, self.seq, at, self.ruleset.lifecycle.now(hours, at), running)

    def summary(self) -> Summary:
        """For lists and for the clock, stored with each commit."""
        stock = dict(self.ruleset.mechanic.stock(self.state.mechanic))
        return Summary(self.state.lifecycle.condition, self.deadline(), self.ruleset.stats(self.state), stock)
