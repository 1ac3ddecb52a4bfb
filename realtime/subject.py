"""What a line in the log is about. Said once where an actor or a socket begins; every line that is written there bears it."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, NamedTuple


class Subject(NamedTuple):
    tenant: int
    game: int | None
    seq: Callable[[], int | None]  # where the game stands when the line is written


_subject: ContextVar[Subject | None] = ContextVar("subject", default=None)


def speak_of(tenant: int, game: int | None = None, seq: Callable[[], int | None] = lambda: None) -> None:
    """For this task and the tasks that it begins."""
    _subject.set(Subject(tenant, game, seq))


def spoken_of() -> dict[str, Any]:
    """What is known of tenant, game and seq. A line is written also when what it is about is broken."""
    subject = _subject.get()
    if subject is None:
        return {}
    try:
        seq = subject.seq()
    except Exception:
        seq = None
    found = {"tenant": subject.tenant, "game": subject.game, "seq": seq}
    return {name: value for name, value in found.items() if value is not None}
