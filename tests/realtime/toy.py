"""A small mechanic that does everything a mechanic may do, also wrongly: for actors, nodes and sockets without a real game's rules."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeAlias

import msgspec

from games.mechanic import Command, Event, Mechanic, Rejected, Role, Tick

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Say(Command, frozen=True):
    """Everyone hears it."""

    word: Word


class Whisper(Command, frozen=True):
    """One other player's `you` changes; nobody hears an event."""

    to: int


class Guess(Command, frozen=True):
    """Counts only while a question is open."""


class Boom(Command, frozen=True):
    """A bug in `decide`."""


class Trip(Command, frozen=True):
    """A bug in `evolve`."""


class Ask(Command, frozen=True):
    role: ClassVar[Role] = "operator"
    seconds: float


class Shake(Command, frozen=True):
    """Everybody's `you` changes."""

    role: ClassVar[Role] = "operator"


class Said(Event, frozen=True):
    player: int
    word: str


class Whispered(Event, frozen=True):
    player: int
    to: int


class Guessed(Event, frozen=True):
    player: int


class Tripped(Event, frozen=True):
    pass


class Asked(Event, frozen=True):
    until: float


class Closed(Event, frozen=True):
    pass


class Shaken(Event, frozen=True):
    pass


class State(msgspec.Struct):
    said: list[tuple[int, str]] = []
    heard: dict[int, int] = {}
    shaken: int = 0
    until: float | None = None


Commands: TypeAlias = Say | Whisper | Guess | Boom | Trip | Ask | Shake | Tick
Events: TypeAlias = Said | Whispered | Guessed | Tripped | Asked | Closed | Shaken
TOLD = Said | Asked | Closed | Shaken


class Toy(Mechanic[State, Commands, Events], frozen=True):
    stuck: bool = False  # its Tick does not move the deadline

    def decide(self, state: State, player: int, command: Commands, context: Any) -> list[Events]:
        match command:
            case Say(word):
                return [Said(player, letter) for letter in word.split()]
            case Whisper(to):
                return [Whispered(player, to)]
            case Guess():
                if state.until is None:
                    raise Rejected("not_now")
                return [Guessed(player)]
            case Boom():
                raise ZeroDivisionError
            case Trip():
                return [Tripped()]
            case Ask(seconds):
                return [Asked(context.now + seconds)]
            case Shake():
                return [Shaken()]
        return [Shaken()] if self.stuck else [Closed()]

    def evolve(self, state: State, event: Events) -> None:
        match event:
            case Said(player, word):
                state.said.append((player, word))
            case Whispered(_, to):
                state.heard[to] = state.heard.get(to, 0) + 1
            case Tripped():
                raise ZeroDivisionError
            case Asked(until):
                state.until = until
            case Closed():
                state.until = None
            case Shaken():
                state.shaken += 1

    def view(self, state: State, eye: Any) -> dict[str, Any]:
        if isinstance(eye, int):
            return {"heard": state.heard.get(eye, 0), "shaken": state.shaken}
        return {"said": [{"player": player, "word": word} for player, word in state.said], "eye": eye}

    def seen(self, event: Events, eye: Any) -> Events | None:
        if isinstance(event, TOLD) or eye == "operator":
            return event
        return event if getattr(event, "player", None) == eye else None

    def touched(self, event: Events) -> Any:
        match event:
            case Whispered(_, to):
                return (to,)
            case Shaken():
                return "all"
        return ()

    def counts(self, event: Events) -> dict[str, int]:
        return {"said": 1} if isinstance(event, Said) else {}

    def stats(self, state: State) -> dict[str, int]:
        return {"said": len(state.said)}

    def deadline(self, state: State) -> float | None:
        return state.until
