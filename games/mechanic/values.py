"""What rules and shell say to each other in plain values: what is sealed, what is given, what is counted."""

from typing import Annotated, Any, Literal

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=140)]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Stock = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


def gettext_noop(text: str) -> str:
    """Marks a label for translation; the file stays pure (decision 53)."""
    return text


def ngettext_noop(one: str, other: str) -> tuple[str, str]:
    """The same for a sentence with a number in it."""
    return one, other


class Terms(msgspec.Struct, frozen=True):
    """What is known of a game when it is published."""

    game: str  # public id
    opens_at: float | None = None
    closes_at: float | None = None
    beacon: str = ""  # where the randomness comes from, as a manifest names it


class Seal(msgspec.Struct, frozen=True):
    """What was fixed at publication, and the key from which a game's secrets are derived (decision 9)."""

    key: bytes  # 32 bytes, never leaves the memory of the game's actor
    manifest: dict[str, Any] | None = None  # as `Mechanic.manifest` made it, public
    randomness: bytes = bytes(32)  # of the beacon or the witnesses, public
    source: dict[str, Any] = {}  # the document from which the randomness follows, public after the end

    def __repr__(self) -> str:
        return f"Seal({self.manifest})"  # without the key


class Award(msgspec.Struct, frozen=True):
    """A prize given: unit `unit` of prize `prize`, once, to one player. Stored in the commit of its event (decision 47)."""

    player: int
    prize: str
    unit: int
    moment: int | None = None


class Prize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of prize, and how many units of it there are."""

    id: Slug
    label: Text
    stock: Stock


class Figure(msgspec.Struct, frozen=True):
    """A number on a dashboard: its name among the totals, and its words, marked for translation."""

    name: str
    title: str
    counted: tuple[str, str]  # one of it and many, with {count}
    prizes: bool = False  # it counts prizes that were given


class Clause(msgspec.Struct, frozen=True):
    """A sentence of a game's printed rules, marked for translation; one and many of it where it counts, with {count}."""

    topic: Literal["play", "winners", "limits"]
    text: str | tuple[str, str]
    values: dict[str, Any] = {}
