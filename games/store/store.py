"""The questions that the event loop may ask of the database, each one a coroutine."""

from collections.abc import Collection

from games import inbox, statistics
from games.inbox import Posted
from games.log import Logged
from games.replay import Frozen
from games.ruleset import Ruleset
from games.store import leases, loading, lookup, snapshots, tickets, writing
from games.store.batch import Summary
from games.store.gathering import Gathering
from games.store.leases import VALID as LEASE
from games.store.loading import Loaded
from games.store.lookup import Came, Due, Place
from games.store.threads import Threads
from games.store.tickets import Used
from games.store.writing import Fenced
from tenants import rights
from tenants.rights import Right, Shown

__all__ = ["LEASE", "Came", "Due", "Fenced", "Loaded", "Place", "Posted", "Store", "Summary"]


class Store:
    """One per process. Every call opens the scope it was given (decision 50).

    A lease that is not renewed in time is lost, so what keeps one stands in no queue with loads and commits.
    """

    def __init__(self, kind: type[Threads] = Threads) -> None:
        self.threads, self.urgent = kind(), kind(1)
        self.tickets: Gathering[Used, bool] = Gathering(lambda shown: self.threads.run(None, tickets.redeem, shown))

    async def time(self) -> float:
        """The database's clock."""
        return await self.urgent.run(None, lookup.database_time)

    async def load(self, tenant: int, game: int, now: float) -> Loaded:
        """Raises Game.DoesNotExist; WrongKey when the game's key does not open."""
        return await self.threads.run(tenant, loading.load, game, now)

    async def read(self, tenant: int, game: int, ruleset: Ruleset, seqs: list[int]) -> list[Logged]:
        return await self.threads.run(tenant, loading.read, game, ruleset, seqs)

    async def append(self, tenant: int, game: int, ruleset: Ruleset, entries: list[Logged], summary: Summary, fence: int) -> None:
        """All or nothing; raises whatever the database says, and Fenced where the game was loaded again since.

        What it did not say is not known to be stored.
        """
        await self.threads.run(tenant, writing.append, game, ruleset, entries, summary, fence)

    async def keep(self, tenant: int, game: int, frozen: Frozen) -> None:
        """A snapshot of what is in the log already; it is packed here, off the loop."""
        await self.threads.run(tenant, snapshots.keep, game, frozen)

    async def names(self, tenant: int, game: int, numbers: list[int]) -> dict[int, str]:
        return await self.threads.run(tenant, lookup.names, game, numbers)

    async def door(self, tenant: str, game: str | None, came: Came) -> tuple[Place | None, bool]:
        return await self.threads.run(None, lookup.door, tenant, game, came)

    async def seat(self, tenant: int, game: int, device: str) -> int:
        return await self.threads.run(tenant, lookup.seat, game, device)

    async def redeem(self, tenant: int, ticket: str, expires_at: float) -> bool:
        """True once."""
        return await self.tickets.ask(Used(tenant, ticket, expires_at))

    async def rights(self, shown: Collection[Shown]) -> dict[Shown, Right]:
        """What who has shown what may, at this moment; who is not in it may nothing."""
        return await self.threads.run(None, rights.rights, shown)

    async def standings(self, tenant: int, now: float) -> list[statistics.Standing]:
        return await self.threads.run(tenant, statistics.standings, now)

    async def due(self, until: float, after: Due | None = None) -> list[Due]:
        """Games that want a Tick before `until`, some of them; the next ones come `after` the last."""
        return await self.threads.run(None, lookup.due, until, after)

    async def inbox(self, limit: int, but: list[int]) -> list[Posted]:
        """The oldest undelivered letter of each game but these, of all tenants."""
        return await self.threads.run(None, inbox.waiting, limit, but)

    async def delivered(self, tenant: int, row: int) -> None:
        await self.threads.run(tenant, inbox.delivered, row)

    async def lease(self, owner: str, shards: int, most: int, hearing: Collection[int]) -> dict[int, int]:
        """Renewed or taken, for `LEASE` seconds from before the answer: {shard: term}. `hearing`: whose letters reach the owner."""
        return await self.urgent.run(None, leases.renew, owner, shards, most, hearing)

    async def owners(self) -> list[str]:
        """Who owns a shard, in time or not."""
        return await self.urgent.run(None, leases.owners)

    async def release(self, owners: list[str]) -> None:
        await self.urgent.run(None, leases.release, owners)

    async def served(self, shards: int) -> int:
        """How many shards have an owner that hears their letters."""
        return await self.urgent.run(None, leases.served, shards)

    def close(self) -> None:
        self.threads.close()
        self.urgent.close()
