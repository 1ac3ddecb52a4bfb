"""A mechanic of its own for tests: an operator rings, and a minute of the game later there is silence."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

from games.mechanic import Award, Command, Context, Event, Eye, Mechanic, Tick


class Say(Command, frozen=True):
    text: str


class Ring(Command, frozen=True):
    role = "operator"


class Said(Event, frozen=True):
    player: int
    text: str


class Rang(Event, frozen=True):
    at: float


class Silence(Event, frozen=True):
    pass


class State(msgspec.Struct):
    said: int = 0
    rings_at: float | None = None


Commands: TypeAlias = Say | Ring | Tick
Events: TypeAlias = Said | Rang | Silence


class Bell(Mechanic[State, Commands, Events], frozen=True):
    """An operator's ring brings silence a minute of the game later."""

    every: Annotated[float, msgspec.Meta(gt=0)] = 60.0

    def decide(self, state: State, player: int, command: Commands, context: Context) -> list[Events]:
        match command:
            case Say(text):
                return [Said(player, text)]
            case Ring():
                return [Rang(context.now)]
        return [Silence()] if state.rings_at is not None and context.now >= state.rings_at else []

    def evolve(self, state: State, event: Events) -> None:
        match event:
            case Said():
                state.said += 1
            case Rang(at):
                state.rings_at = at + self.every
            case Silence():
                state.rings_at = None

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        return {"said": state.said, "eye": eye}

    def stats(self, state: State) -> dict[str, int]:
        return {"said": state.said}

    def counts(self, event: Events) -> dict[str, int]:
        return {"said": 1} if isinstance(event, Said) else {}

    def awards(self, event: Events) -> list[Award]:
        return [Award(event.player, "applause", 0)] if isinstance(event, Said) else []

    def finish(self, state: State, context: Context) -> list[Events]:
        return [] if state.rings_at is None else [Silence()]

    def deadline(self, state: State) -> float | None:
        return state.rings_at
