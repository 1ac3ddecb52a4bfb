"""A game in memory: what its actor does, without sockets and database, so that rules can be tried by the thousand."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

import msgspec

from games.lifecycle import Admit, Lifecycle
from games.log import Logged
from games.mechanic import NOBODY, Command, Event, Mechanic, Rejected, Role, Seal, Terms, Tick
from games.ruleset import Ruleset, State

OPENS = 1_800_000_000.0
CLOSES = OPENS + 7200.0
HOURS = Lifecycle(OPENS, CLOSES)
WITNESSES = "witness:" + "a" * 64 + ":" + "b" * 64


class Outcome(NamedTuple):
    """What came of one step: the events of deadlines that were over by then, those of the command, or its refusal."""

    due: list[Logged]
    own: list[Logged]
    refused: Rejected | None = None

    @property
    def entries(self) -> list[Logged]:
        return self.due + self.own

    @property
    def events(self) -> list[Event]:
        return [entry.event for entry in self.own]


def sealed(mechanic: Mechanic[Any, Any, Any], key: bytes = bytes(32), hours: Lifecycle = HOURS) -> Seal:
    manifest = mechanic.manifest(Terms("game", hours.opens_at, hours.closes_at, WITNESSES))
    return Seal(key, manifest, b"r" * 32)


class Table:
    def __init__(self, mechanic: Mechanic[Any, Any, Any], key: bytes = bytes(32), hours: Lifecycle = HOURS, seed: int = 0) -> None:
        self.seal = sealed(mechanic, key, hours)
        self.rules = Ruleset(mechanic, hours, mechanic.sealed(self.seal))
        self.state: State = self.rules.beginning()
        self.log: list[Logged] = []
        self.rng = Random(seed)
        self.at = 0.0

    def ask(self, at: float, role: Role, player: int, command: Command) -> Outcome:
        """One letter, as the actor takes it: what is due comes first, at its own time."""
        due = self.wait(at)
        try:
            return Outcome(due, self.decide(at, role, player, command))
        except Rejected as rejected:
            return Outcome(due, [], rejected)

    def hello(self, at: float, *players: int) -> None:
        for player in players:
            self.ask(at, "player", player, Admit(player))

    def play(self, at: float, player: int, command: Command) -> list[Event]:
        """Raises what the rules say no with."""
        outcome = self.ask(at, "player", player, command)
        if outcome.refused:
            raise outcome.refused
        return outcome.events

    def wait(self, at: float) -> list[Logged]:
        happened: list[Logged] = []
        while (deadline := self.rules.deadline(self.state)) is not None and deadline <= at:
            events = self.decide(deadline, "system", NOBODY, Tick())
            after = self.rules.deadline(self.state)
            assert events, "a deadline that comes has something to say"
            assert after is None or after > deadline, "a deadline is over once its Tick has come"
            happened += events
        return happened

    def decide(self, at: float, role: Role, player: int, command: Command) -> list[Logged]:
        self.at = max(at, self.at)
        before = msgspec.msgpack.encode(self.state)
        try:
            events = self.rules.decide(self.state, role, player if role == "player" else NOBODY, command, self.at, self.rng)
        finally:
            assert msgspec.msgpack.encode(self.state) == before, "to decide is not to change"
        entries = [Logged(len(self.log) + place, self.at, role, player, "", event) for place, event in enumerate(events, 1)]
        for entry in entries:
            self.rules.evolve(self.state, entry.event)
        self.log += entries
        return entries

    def facts(self) -> list[tuple[int, float, Event]]:
        return [(entry.seq, entry.at, entry.event) for entry in self.log]

    def replayed(self) -> State:
        state = self.rules.beginning()
        for entry in self.log:
            self.rules.evolve(state, entry.event)
        return state
