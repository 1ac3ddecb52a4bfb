"""A dashboard's socket: the numbers of all games of one tenant, whole at first and then as they move."""

import time
from typing import ClassVar

from games import statistics
from realtime import topics
from realtime.consumers.base import Socket
from realtime.consumers.staff import standing
from realtime.protocol import Hello, Presence

MAY_WATCH = {"owner", "editor", "analyst", "moderator"}


class StatsConsumer(Socket):
    in_game: ClassVar[bool] = False
    following = False

    @property
    def topic(self) -> str:
        return topics.statistics(self.place.tenant)

    async def hello(self, hello: Hello) -> None:
        _, refusal = await standing(self, hello, MAY_WATCH)
        if refusal or self.connection is None:
            self.close(refusal or 4408)
            return
        self.connection.hold()
        self.following = True
        await self.node.follow(self.topic, self.connection)
        for standing_ in await self.store.standings(self.place.tenant, time.time()):
            self.push(statistics.frame(standing_, time.time()))
        for public_id, players in self.node.presence.connected(self.place.tenant):
            self.push(Presence(players, public_id))
        self.connection.release(0)

    async def leave(self) -> None:
        if self.following:
            self.following = False
            await self.node.unfollow(self.topic, self.connection)
