"""What each sender asked for last, by his own name for it: a repeat is answered from the log, not decided again (decision 22)."""

from typing import NamedTuple

from games.log import Logged
from games.mechanic import Role

REMEMBERED = 8  # of each sender: a socket has no more commands open than this


class Asked(NamedTuple):
    """The events of one command stand next to each other in the log."""

    ref: str
    first: int
    last: int


class Repeats:
    def __init__(self) -> None:
        self.known: dict[tuple[Role, int], list[Asked]] = {}

    def note(self, entry: Logged) -> None:
        if not entry.ref:
            return
        asked = self.known.setdefault((entry.role, entry.by), [])
        if asked and asked[-1].ref == entry.ref:
            asked[-1] = asked[-1]._replace(last=entry.seq)
            return
        asked.append(Asked(entry.ref, entry.seq, entry.seq))
        if len(asked) > REMEMBERED:
            del asked[0]

    def find(self, role: Role, by: int, ref: str) -> tuple[int, ...] | None:
        """The numbers of the events that this very command led to."""
        for asked in self.known.get((role, by), ()):
            if asked.ref == ref:
                return tuple(range(asked.first, asked.last + 1))
        return None
