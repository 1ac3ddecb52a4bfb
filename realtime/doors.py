"""Where addresses lead. A crowd knocks at few doors, so what the database said holds for some seconds, and is asked for once."""

import asyncio
import time
from collections.abc import Callable
from typing import NamedTuple

from games.store import Came, Place, Store

LASTING = 10.0  # seconds
MOST = 10_000  # doors that strangers can make us remember

Found = tuple[Place | None, bool]


class Knock(NamedTuple):
    tenant: str
    game: str | None
    came: Came


class Doors:
    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.store, self.clock = store, clock
        self.known: dict[Knock, tuple[float, Found]] = {}
        self.asking: dict[Knock, asyncio.Task[Found]] = {}

    async def open(self, knock: Knock) -> Found:
        """Where it leads, and whether the page behind it may; a door that is not there may be there in a moment."""
        until, found = self.known.get(knock, (0.0, (None, False)))
        if self.clock() < until:
            return found
        if knock not in self.asking:
            self.asking[knock] = asyncio.create_task(self.ask(knock))
        return await asyncio.shield(self.asking[knock])

    async def ask(self, knock: Knock) -> Found:
        try:
            found = await self.store.door(*knock)
        finally:
            del self.asking[knock]
        if found[0] is not None:
            self.remember(knock, found)
        return found

    def remember(self, knock: Knock, found: Found) -> None:
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[knock] = self.clock() + LASTING, found
