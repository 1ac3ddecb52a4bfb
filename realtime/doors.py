"""Where addresses lead. A crowd knocks at few doors, so what the database said holds for some seconds, and is asked for once."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from games.limits import Buckets
from games.store import Came, Place, Store
from realtime.doorkeeper import Doorkeeper
from realtime.lookups import Lookups
from realtime.postbox import Busy

LASTING, LASTING_WALL = 10.0, 2.0  # seconds that a door is remembered, and that there is none
MOST = 10_000  # doors that strangers can make us remember
MOST_ASKED = 64  # questions to the database at once
MOST_WAITING = 4096  # who wait in front of one door

Found = tuple[Place | None, bool]


class Knock(NamedTuple):
    tenant: str
    game: str | None
    came: Came


class Doors:
    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.store, self.clock, self.lookups = store, clock, Lookups()
        self.keeper = Doorkeeper(store, self.lookups)
        self.strangers = Buckets(rate=5, burst=300)  # by address: questions to the database, not sockets
        self.known: dict[Knock, tuple[float, Found]] = {}
        self.asking: dict[Knock, asyncio.Task[Found]] = {}
        self.waiting: Counter[Knock] = Counter()

    async def open(self, knock: Knock, address: str) -> Found:
        """Where it leads, and whether the page behind it may. Raises Busy for who asks too much, and when too many ask."""
        until, found = self.known.get(knock, (0.0, (None, False)))
        if self.clock() < until:
            return found
        if knock not in self.asking:
            if len(self.asking) >= MOST_ASKED or not self.strangers.take(address):
                raise Busy
            self.asking[knock] = asyncio.create_task(self.ask(knock))
        return await self.wait(knock)

    async def wait(self, knock: Knock) -> Found:
        if self.waiting[knock] >= MOST_WAITING:
            raise Busy
        self.waiting[knock] += 1
        try:
            return await asyncio.shield(self.asking[knock])
        finally:
            self.waiting[knock] -= 1
            if not self.waiting[knock]:
                del self.waiting[knock]

    async def ask(self, knock: Knock) -> Found:
        try:
            found = await self.lookups.ask(self.store.door, *knock)
        finally:
            del self.asking[knock]
        self.remember(knock, found)
        return found

    def forget(self, knock: Knock, place: Place) -> None:
        """What was said turned out to be old; what has been said since is not."""
        if knock in self.known and self.known[knock][1][0] == place:
            del self.known[knock]

    def remember(self, knock: Knock, found: Found) -> None:
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[knock] = self.clock() + (LASTING if found[0] else LASTING_WALL), found
