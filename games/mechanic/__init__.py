"""What a mechanic is: settings as fields, rules as methods, nothing else.

Rules never read a clock, a database or a socket. They are given what they need and answer with events (the *decider* of
functional event sourcing). Players are numbers here; names, contacts and devices never come in (decision 1).

A time is a float: seconds since 1970, UTC. `Context.at` is wall time, `Context.now` is the game's own time, which stands
still while the game is paused; deadlines in a state are game time (decision 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar, get_args

import msgspec

from games.fairness.simulation import Forecast
from games.mechanic.form import Form
from games.mechanic.values import Award, Clause, Count, Figure, Prize, Seal, Seconds, Slug, Stock, Terms, Text, gettext_noop, ngettext_noop
from games.mechanic.words import Command, Event, Rejected, Role, Tick

__all__ = [
    "NOBODY",
    "Award",
    "Clause",
    "Command",
    "Context",
    "Count",
    "Event",
    "Eye",
    "Facts",
    "Figure",
    "Mechanic",
    "Prize",
    "Rejected",
    "Role",
    "Seal",
    "Seconds",
    "Slug",
    "Stock",
    "Terms",
    "Text",
    "Tick",
    "Touched",
    "gettext_noop",
    "ngettext_noop",
]

# Who looks: everyone, the operators, or the player of that number (decision 3).
Eye: TypeAlias = Literal["everyone", "operator"] | int

NOBODY = 0  # the number of who is no player


class Context(msgspec.Struct, frozen=True):
    """What a decision may know besides the state."""

    at: float  # wall time
    now: float  # game time
    rng: Random
    sealed: Any = None  # what `Mechanic.sealed` made

    def __repr__(self) -> str:
        return f"Context(at={self.at}, now={self.now})"  # what is sealed must not end in a log


S = TypeVar("S")
C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)

Touched: TypeAlias = Iterable[int] | Literal["all"]
Facts: TypeAlias = Iterable[tuple[int, float, Event]]  # of a log: number, wall time, event


class Mechanic(msgspec.Struct, Generic[S, C, E], frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Subclass as `Mechanic[State, Commands, Events]`; fields are the settings an editor fills in.
    Every method is pure, and none may cost more with 100 000 players than with 100 (decision 17)."""

    title: ClassVar[str] = ""  # as people call this kind of game, marked for translation
    figures: ClassVar[tuple[Figure, ...]] = ()  # the numbers of `stats` that dashboards show; the first is the game's pulse
    form: ClassVar[Form] = Form()  # how an editor is asked for the settings

    def shelf(self) -> Sequence[Prize]:
        """The prizes that there are to give, as its settings have them."""
        return ()

    def clauses(self) -> Sequence[Clause]:
        """What the printed rules say of how it is played, who wins, and what is limited."""
        return ()

    def manifest(self, terms: Terms) -> dict[str, Any] | None:
        """What is published before opening, so that nobody changes what is sealed, if anything is. Raises ValueError with a sentence."""
        return None

    def secret(self, seal: Seal) -> bytes | None:
        """What is bound to the manifest, and told when the game is over."""
        return None

    def commitment(self, seal: Seal) -> str | None:
        """The hash that binds the secret to the manifest, in hexadecimal."""
        return None

    def sealed(self, seal: Seal) -> Any:
        """Derives what is hidden (moments, boards, orders), once, in memory. Replay never needs it."""
        return None

    def forecast(self, terms: Terms, week: Sequence[int]) -> Forecast | None:
        """The odds of each hour, if players come as this week says; None where the hour makes no difference. Raises ValueError."""
        return None

    def decide(self, state: S, player: int, command: C, context: Context) -> list[E]:
        """Says what follows from a command. Leaves the state alone; raises Rejected."""
        raise NotImplementedError

    def evolve(self, state: S, event: E) -> None:
        """Changes the state by one event. Decides nothing, knows no time and no chance."""
        raise NotImplementedError

    def view(self, state: S, eye: Eye) -> dict[str, Any]:
        """What this eye may see; a player's view is what he sees besides what everyone does."""
        raise NotImplementedError

    def seen(self, event: E, eye: Eye) -> Event | None:
        """What this eye is told of an event: nothing, unless it is the operators', until a mechanic opens it."""
        return event if eye == "operator" else None

    def touched(self, event: E) -> Touched:
        """The players whose view changed without their asking (decision 4)."""
        return ()

    def stats(self, state: S) -> Mapping[str, int]:
        """The totals on the client's dashboard; each is the sum of what `counts` said of the events."""
        return {}

    def counts(self, event: E) -> Mapping[str, int]:
        """What an event adds to the statistics of its minute (decision 48)."""
        return {}

    def stock(self, state: S) -> Mapping[str, int]:
        """What is left of each prize, for the client's people."""
        return {}

    def awards(self, event: E) -> Iterable[Award]:
        """The prizes that an event gives."""
        return ()

    def finish(self, state: S, context: Context) -> list[E]:
        """What the end of the game brings with it."""
        return []

    def deadline(self, state: S) -> float | None:
        """When, in game time, the rules want a Tick, if ever. A Tick at that time must move it."""
        return None

    def reveal(self, seal: Seal, log: Facts) -> dict[str, bytes]:
        """The files from which a stranger recomputes the outcomes, by name. Asked for only when the game is over."""
        return {}

    def faults(self, seal: Seal, log: Facts) -> Iterable[str]:
        """What of the log contradicts the rules or what was sealed, a sentence each; for us, at any time."""
        return ()

    @classmethod
    def upcast(cls, kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
        """An event of an older version or of a kind that is gone, as it was stored, brought to what it is now (decision 20)."""
        return data

    @classmethod
    def bot(cls, everyone: dict[str, Any], you: dict[str, Any], rng: Random) -> dict[str, Any] | None:
        """What a bot of the crowd asks next, by what its phone shows it of this mechanic; None: it waits."""
        return None

    @classmethod
    def pulse(cls) -> Figure:
        """The number whose minutes show that the game lives."""
        return cls.figures[0]

    @classmethod
    def types(cls) -> tuple[Any, Any, Any]:
        """State, commands and events, as the subclass named them."""
        return get_args(cls.__orig_bases__[0])  # type: ignore[attr-defined]
