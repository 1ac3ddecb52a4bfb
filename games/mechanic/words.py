"""What is asked of a game, what happens in it, and how it says no."""

from typing import ClassVar, Literal, TypeAlias

import msgspec

Role: TypeAlias = Literal["player", "operator", "system"]


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag=snake):
    """What someone asks for. It may be rejected."""

    role: ClassVar[Role] = "player"


class Tick(Command, frozen=True):
    """The deadline which the rules named has come."""

    role: ClassVar[Role] = "system"


class Event(msgspec.Struct, frozen=True, tag_field="t", tag=snake):
    """What happened. It is stored for ever and never rejected."""

    version: ClassVar[int] = 1


class Rejected(Exception):
    """The rules say no. `code` is a word of `docs/protocol.md`; `retry` says in how many seconds asking again makes sense."""

    def __init__(self, code: str, retry: float | None = None) -> None:
        super().__init__(code)
        self.code, self.retry = code, retry
