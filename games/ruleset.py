"""A game's whole rules: the lifecycle's first, then its mechanic's, over one log."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any, cast

import msgspec

from games import lifecycle
from games.lifecycle import Lifecycle
from games.mechanic import NOBODY, Award, Command, Context, Event, Eye, Mechanic, Role, Tick, Touched

LIFECYCLE_COMMANDS = lifecycle.COMMANDS
LIFECYCLE_EVENTS = lifecycle.EVENTS


class State(msgspec.Struct):
    lifecycle: lifecycle.State
    mechanic: Any


class Ruleset(msgspec.Struct, frozen=True):
    """Same questions as a mechanic's, answered for the whole game."""

    mechanic: Mechanic[Any, Any, Any]
    lifecycle: Lifecycle = Lifecycle()
    sealed: Any = None

    def __repr__(self) -> str:
        return f"Ruleset({self.mechanic}, {self.lifecycle})"  # what is sealed must not end in a log

    def beginning(self) -> State:
        return State(lifecycle.State(), self.mechanic.types()[0]())

    def decide(self, state: State, role: Role, player: int, command: Command, at: float, rng: Random) -> list[Event]:
        """Raises Rejected. The role was checked against the command's class before."""
        context = Context(at, self.lifecycle.now(state.lifecycle, at), rng, self.sealed)
        if isinstance(command, Tick):
            return self.tick(state, context)
        if isinstance(command, LIFECYCLE_COMMANDS):
            return self.hours(state, command, context)
        if role == "player":
            self.lifecycle.permit(state.lifecycle, player)
        else:
            self.lifecycle.running(state.lifecycle)
        return list(self.mechanic.decide(state.mechanic, player, command, context))

    def hours(self, state: State, command: Command, context: Context) -> list[Event]:
        """The lifecycle's answer, and what an end brings with it in the mechanic."""
        events: list[Event] = list(self.lifecycle.decide(state.lifecycle, cast(lifecycle.Commands, command), context))
        if any(isinstance(event, lifecycle.Ended) for event in events):
            events += self.mechanic.finish(state.mechanic, context)
        return events

    def tick(self, state: State, context: Context) -> list[Event]:
        """Whose deadline has come? The hours go first: what is closed has no more steps."""
        events = self.hours(state, Tick(), context)
        due = self.mechanic_deadline(state)
        if events or due is None or context.at < due:
            return events
        exact = max(context.now, cast(float, self.mechanic.deadline(state.mechanic)))
        return list(self.mechanic.decide(state.mechanic, NOBODY, Tick(), msgspec.structs.replace(context, now=exact)))

    def evolve(self, state: State, event: Event) -> None:
        if isinstance(event, LIFECYCLE_EVENTS):
            self.lifecycle.evolve(state.lifecycle, event)
        else:
            self.mechanic.evolve(state.mechanic, event)

    def upcast(self, kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
        lift = lifecycle.upcast if kind in lifecycle.KINDS else self.mechanic.upcast
        return lift(kind, version, data)

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        return {**self.lifecycle.view(state.lifecycle, eye), "mechanic": self.mechanic.view(state.mechanic, eye)}

    def seen(self, event: Event, eye: Eye) -> Event | None:
        if isinstance(event, LIFECYCLE_EVENTS):
            return self.lifecycle.seen(event, eye)
        return self.mechanic.seen(event, eye)

    def touched(self, event: Event) -> Touched:
        if isinstance(event, LIFECYCLE_EVENTS):
            return self.lifecycle.touched(event)
        return self.mechanic.touched(event)

    def stats(self, state: State) -> dict[str, int]:
        return {**self.mechanic.stats(state.mechanic), "players": state.lifecycle.players}

    def counts(self, event: Event) -> Mapping[str, int]:
        if isinstance(event, lifecycle.Joined):
            return {"players": 1}
        return {} if isinstance(event, LIFECYCLE_EVENTS) else self.mechanic.counts(event)

    def awards(self, event: Event) -> Iterable[Award]:
        return () if isinstance(event, LIFECYCLE_EVENTS) else self.mechanic.awards(event)

    def mechanic_deadline(self, state: State) -> float | None:
        """The mechanic's deadline by the wall; none while the game does not run."""
        deadline = self.mechanic.deadline(state.mechanic)
        if deadline is None or state.lifecycle.phase != "open":
            return None
        return self.lifecycle.wall(state.lifecycle, deadline)

    def deadline(self, state: State) -> float | None:
        """When, by the wall, the game wants its next Tick."""
        due = [each for each in (self.lifecycle.deadline(state.lifecycle), self.mechanic_deadline(state)) if each is not None]
        return min(due, default=None)
