"""Lines on which nobody has yet said what he wants: bounded in number and in time, since each costs a descriptor."""

import asyncio
from typing import Protocol
from weakref import WeakKeyDictionary

MOST = 2048  # as many as may wait to be accepted; beyond it the oldest is cut, so that who comes now gets in
LONGEST = 10.0  # seconds for a whole request, and for the answer to a handshake


class Waiting(Protocol):
    def cut(self) -> None: ...


class Hall:
    def __init__(self, loop: asyncio.AbstractEventLoop, most: int | None = None, longest: float | None = None) -> None:
        self.loop, self.most, self.longest = loop, most or MOST, longest or LONGEST
        self.lines: dict[Waiting, float] = {}  # until when each may wait, the oldest first
        self.timer: asyncio.TimerHandle | None = None

    def enter(self, line: Waiting) -> None:
        self.lines.pop(line, None)
        if len(self.lines) >= self.most:
            self.cut_oldest()
        self.lines[line] = self.loop.time() + self.longest
        if self.timer is None:
            self.timer = self.loop.call_later(self.longest, self.sweep)

    def leave(self, line: Waiting) -> None:
        self.lines.pop(line, None)

    def cut_oldest(self) -> None:
        oldest = next(iter(self.lines))
        del self.lines[oldest]
        oldest.cut()

    def sweep(self) -> None:
        self.timer = None
        now = self.loop.time()
        while self.lines and next(iter(self.lines.values())) <= now:
            self.cut_oldest()
        if self.lines:
            self.timer = self.loop.call_at(next(iter(self.lines.values())), self.sweep)


_halls: WeakKeyDictionary[asyncio.AbstractEventLoop, Hall] = WeakKeyDictionary()


def of(loop: asyncio.AbstractEventLoop) -> Hall:
    if loop not in _halls:
        _halls[loop] = Hall(loop)
    return _halls[loop]
