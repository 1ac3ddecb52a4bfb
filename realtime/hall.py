"""Lines on which nobody has yet said, to the end, what he wants: bounded in number and in time, since each costs a descriptor."""

import asyncio
import weakref
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

MOST = 2048  # as many as may wait to be accepted; beyond it the oldest is cut, so that who comes now gets in
LONGEST = 10.0  # seconds for the head of a request, and for the answer to a handshake
LONGEST_BODY = 30.0  # seconds for what a request brings along, from a slow network too


class Waiting(Protocol):
    def cut(self) -> None: ...


class Hall:
    def __init__(self, loop: asyncio.AbstractEventLoop, longest: float, most: int | None = None) -> None:
        self.loop = weakref.proxy(loop)  # it is the key under which we are kept
        self.most, self.longest = most or MOST, longest
        self.lines: dict[Waiting, float] = {}  # until when each may wait, the oldest first
        self.sweeping = False

    def enter(self, line: Waiting) -> None:
        self.lines.pop(line, None)
        if len(self.lines) >= self.most:
            self.cut_oldest()
        self.lines[line] = self.loop.time() + self.longest
        self.sweep_at(self.lines[line])

    def stay(self, line: Waiting) -> None:
        """Whoever is in has the time that he was given."""
        if line not in self.lines:
            self.enter(line)

    def leave(self, line: Waiting) -> None:
        self.lines.pop(line, None)

    def cut_oldest(self) -> None:
        oldest = next(iter(self.lines))
        del self.lines[oldest]
        oldest.cut()

    def sweep_at(self, when: float) -> None:
        if not self.sweeping:
            self.sweeping = True
            self.loop.call_at(when, self.sweep)

    def sweep(self) -> None:
        self.sweeping = False
        now = self.loop.time()
        while self.lines and next(iter(self.lines.values())) <= now:
            self.cut_oldest()
        if self.lines:
            self.sweep_at(next(iter(self.lines.values())))


class Halls(NamedTuple):
    heads: Hall
    bodies: Hall

    def leave(self, line: Waiting) -> None:
        for hall in self:
            hall.leave(line)


_halls: WeakKeyDictionary[asyncio.AbstractEventLoop, Halls] = WeakKeyDictionary()


def of(loop: asyncio.AbstractEventLoop) -> Halls:
    if loop not in _halls:
        _halls[loop] = Halls(Hall(loop, LONGEST), Hall(loop, LONGEST_BODY))
    return _halls[loop]


def waiting() -> dict[str, float]:
    """How many lines wait here, and to say what."""
    halls = list(_halls.values())
    return {name: float(sum(len(getattr(each, name).lines) for each in halls)) for name in Halls._fields}
