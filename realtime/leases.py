"""Which shards of the games this engine owns, and until when. What it may no longer vouch for, it does not say (decision 28)."""

import os
import secrets
import socket
import time
from collections.abc import Callable
from typing import NamedTuple

from games.store import LEASE, Store


class Held(NamedTuple):
    """A shard of ours: the number of our ownership, and its end by our own monotonic clock."""

    term: int
    until: float


class Leases:
    def __init__(self, store: Store, shards: int, most: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.store, self.shards, self.most, self.monotonic = store, shards, most, monotonic
        self.owner = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.held: dict[int, Held] = {}

    def holds(self, shard: int) -> bool:
        """True while nobody else can own it: our clock began to count before the database's did."""
        held = self.held.get(shard)
        return held is not None and self.monotonic() < held.until

    @property
    def complete(self) -> bool:
        """There is nothing more to be had for us."""
        return len(self.held) >= self.most

    async def renew(self) -> None:
        """Keeps what is ours and takes what nobody owns. Raises what the database says."""
        asked = self.monotonic()
        terms = await self.store.lease(self.owner, self.shards, self.most)
        self.held = {shard: Held(term, asked + LEASE) for shard, term in terms.items()}

    async def release(self) -> None:
        """A clean end: the next engine need not wait."""
        self.held = {}
        await self.store.release(self.owner)
