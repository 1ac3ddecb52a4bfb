"""A dashboard's socket: the numbers of all games of one tenant, whole at first and then as they move."""

import time

from games import statistics
from realtime import topics
from realtime.consumers.staff import StaffSocket
from realtime.protocol import Hello, Presence
from tenants.tokens import Scope

MAY_WATCH = {"owner", "editor", "analyst", "moderator"}


class StatsConsumer(StaffSocket):
    kind = "stats"
    roles = MAY_WATCH
    wanted = Scope.WATCH
    following = False

    @property
    def topic(self) -> str:
        return topics.statistics(self.place.tenant)

    async def hello(self, hello: Hello) -> None:
        refusal = await self.standing(hello)
        if refusal:
            self.close(refusal)
        else:
            await self.follow()

    async def follow(self) -> None:
        """Follow first, with frames held back; then look; then release: nothing can fall between."""
        assert self.connection is not None
        self.connection.hold()
        self.following = True
        await self.node.follow(self.topic, self.connection)
        for standing in await self.lookups.ask(self.store.standings, self.place.tenant, time.time()):
            if standing.totals:  # else it has never been woken: there are no numbers yet
                self.push(statistics.frame(standing, time.time()))
        for public_id, players in self.node.presence.connected(self.place.tenant):
            self.push(Presence(players, public_id))
        self.connection.release(0)

    async def leave(self) -> None:
        if self.following:
            self.following = False
            await self.node.unfollow(self.topic, self.connection)
