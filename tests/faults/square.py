"""A mechanic of the tests alone: a square where players cry and everyone hears, and where questions have a last instant."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeAlias

import msgspec

from games.mechanic import Command, Event, Mechanic, Rejected, Role, Tick
from games.registry import MECHANICS


class Cry(Command, frozen=True):
    """Everyone hears it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Ask(Command, frozen=True):
    role: ClassVar[Role] = "operator"
    seconds: Annotated[float, msgspec.Meta(gt=0, le=60)]


class Guess(Command, frozen=True):
    """Counts while a question is open."""


class Cried(Event, frozen=True):
    player: int
    text: str


class Asked(Event, frozen=True):
    until: float


class Guessed(Event, frozen=True):
    player: int


class Closed(Event, frozen=True):
    pass


class State(msgspec.Struct):
    cries: int = 0
    last: str = ""
    until: float | None = None
    guesses: int = 0


Commands: TypeAlias = Cry | Ask | Guess | Tick
Events: TypeAlias = Cried | Asked | Guessed | Closed


class Square(Mechanic[State, Commands, Events], frozen=True):
    def decide(self, state: State, player: int, command: Commands, context: Any) -> list[Events]:
        match command:
            case Cry(text):
                return [Cried(player, text)]
            case Ask(seconds):
                return [Asked(context.now + seconds)]
            case Guess():
                if state.until is None:
                    raise Rejected("too_late")
                return [Guessed(player)]
        return [Closed()]

    def evolve(self, state: State, event: Events) -> None:
        match event:
            case Cried(_, text):
                state.cries, state.last = state.cries + 1, text
            case Asked(until):
                state.until = until
            case Guessed():
                state.guesses += 1
            case Closed():
                state.until = None

    def view(self, state: State, eye: Any) -> dict[str, Any]:
        return {} if isinstance(eye, int) else {"cries": state.cries, "last": state.last}

    def seen(self, event: Events, eye: Any) -> Events | None:
        return event if not isinstance(event, Guessed) or eye in ("operator", event.player) else None

    def counts(self, event: Events) -> dict[str, int]:
        return {"cries": 1} if isinstance(event, Cried) else {}

    def stats(self, state: State) -> dict[str, int]:
        return {"cries": state.cries}

    def deadline(self, state: State) -> float | None:
        return state.until


def register() -> None:
    MECHANICS["square"] = Square
