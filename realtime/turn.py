"""One turn of the loop: what became ready for a socket within it leaves in one write."""

import asyncio
import logging
from typing import Protocol
from weakref import WeakKeyDictionary

logger = logging.getLogger(__name__)


class Flushed(Protocol):
    def flush(self) -> None: ...


class Turn:
    """Groups are flushed before single sockets: a socket that comes back to its group then finds nothing there that it has got already."""

    def __init__(self) -> None:
        self.groups: list[Flushed] = []
        self.sockets: list[Flushed] = []

    def gather(self, group: Flushed) -> None:
        self.schedule()
        self.groups.append(group)

    def join(self, socket: Flushed) -> None:
        self.schedule()
        self.sockets.append(socket)

    def schedule(self) -> None:
        if not (self.groups or self.sockets):
            asyncio.get_running_loop().call_soon(self.end)

    def end(self) -> None:
        waiting = self.groups + self.sockets
        self.groups, self.sockets = [], []
        for each in waiting:
            try:
                each.flush()
            except Exception:  # of one: the others have their bytes to get
                logger.exception("turn: something could not be written")


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turn] = WeakKeyDictionary()


def now() -> Turn:
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = Turn()
    return _turns[loop]
