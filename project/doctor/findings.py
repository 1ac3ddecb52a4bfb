"""What a look has found."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from project.logs import hidden

Level = Literal["ok", "warn", "fail"]


class Finding(NamedTuple):
    level: Level
    subject: str
    says: str
    remedy: str = ""

    @property
    def line(self) -> str:
        return " ".join(" ".join(part.split()) for part in (hidden(self.says), self.remedy) if part)


class Look(NamedTuple):
    """One thing to look at; `running` is for what only a platform that runs can have."""

    subject: str
    find: Callable[[], Iterator[Finding]]
    running: bool = False


def short(error: BaseException) -> str:
    """The first sentence of what a server or library says of itself."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
