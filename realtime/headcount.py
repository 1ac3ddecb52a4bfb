"""How many players are connected, towards whom it is shown: told once a second, drawn for the followers that this process holds."""

import msgspec

from realtime import topics
from realtime.hub import Hub
from realtime.letters import Count
from realtime.presence import Presence
from realtime.protocol import Presence as Frame
from realtime.publisher import Publisher


class Headcount:
    """Each node says its own count to whoever shows the sum, and adds up what it hears."""

    def __init__(self, presence: Presence, hub: Hub, post: Publisher) -> None:
        self.presence, self.hub, self.post = presence, hub, post

    def tell(self) -> None:
        for counted in self.presence.due():
            for topic in topics.shows_presence(counted.tenant, counted.game):
                self.post.count(topic, counted)
        for counted in self.presence.faded():
            self.show(counted)

    def hear(self, counted: Count) -> None:
        self.show(self.presence.hear(counted))

    def show(self, counted: Count | None) -> None:
        if counted is None:
            return
        everyone, operators, statistics = topics.shows_presence(counted.tenant, counted.game)
        for topic in (everyone, operators):
            self.hub.send(topic, msgspec.msgpack.encode(Frame(counted.players)))
        self.hub.send(statistics, msgspec.msgpack.encode(Frame(counted.players, counted.public_id)))
