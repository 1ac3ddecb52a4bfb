"""Which shards of the games this engine owns, and until when. What it may no longer vouch for, it does not say (decision 28)."""

import time
from collections.abc import Callable, Collection
from typing import NamedTuple

from games.store import LEASE, Store
from realtime import owners


def steady() -> float:
    """Goes on while the machine sleeps, where the system can tell: a lease does not wait for a laptop that is opened again."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Held(NamedTuple):
    """A shard of ours: the number of our ownership, and its end by our own monotonic clock."""

    term: int
    until: float


class Leases:
    def __init__(self, store: Store, shards: int, most: int, monotonic: Callable[[], float] = steady) -> None:
        self.store, self.shards, self.most, self.monotonic = store, shards, most, monotonic
        self.owner = owners.own()
        self.held: dict[int, Held] = {}

    def holds(self, shard: int) -> bool:
        """True while nobody else can own it: our clock began to count before the database's did."""
        held = self.held.get(shard)
        return held is not None and self.monotonic() < held.until

    @property
    def complete(self) -> bool:
        """There is nothing more to be had for us."""
        return len(self.held) >= self.most

    async def renew(self, hearing: Collection[int] = ()) -> None:
        """Keeps what is ours and takes what nobody owns, and says whose letters reach us. Raises what the database says."""
        if not self.complete:
            await self.bury()
        asked = self.monotonic()
        terms = await self.store.lease(self.owner, self.shards, self.most, hearing)
        self.held = {shard: Held(term, asked + LEASE) for shard, term in terms.items()}

    async def bury(self) -> None:
        """What belongs to processes that are certainly gone is free before its time."""
        gone = [owner for owner in await self.store.owners() if owners.gone(owner)]
        if gone:
            await self.store.release(gone)

    async def release(self) -> None:
        """A clean end: the next engine need not wait."""
        self.held = {}
        await self.store.release([self.owner])
