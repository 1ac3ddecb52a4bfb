"""One turn of the loop: what became ready for a socket within it leaves in one write."""

import asyncio
import logging
from typing import Protocol
from weakref import WeakKeyDictionary

logger = logging.getLogger(__name__)


class Flushed(Protocol):
    def flush(self) -> None: ...


class Turn:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: list[Flushed] = []

    def join(self, wire: Flushed) -> None:
        """To be flushed when the turn ends."""
        if not self.waiting:
            self.loop.call_soon(self.end)
        self.waiting.append(wire)

    def end(self) -> None:
        waiting, self.waiting = self.waiting, []
        for wire in waiting:
            try:
                wire.flush()
            except Exception:  # of one socket: the others have their bytes to get
                logger.exception("turn: a socket could not be written to")


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turn] = WeakKeyDictionary()


def of(loop: asyncio.AbstractEventLoop) -> Turn:
    return _turns.setdefault(loop, Turn(loop))
