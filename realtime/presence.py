"""How many players are connected: a count per node, told once a second, forgotten after five (decision 31). It decides nothing."""

import time
from collections import Counter
from collections.abc import Callable

import msgspec

from realtime.letters import Count

FORGOTTEN = 5.0
REPEATED = 2.0  # an unchanged count is told again this often, so that nobody forgets it

Key = tuple[int, int, str]  # tenant, game, public id


class Heard(msgspec.Struct):
    """What the nodes have said of one game: node -> players, when."""

    key: Key
    nodes: dict[str, tuple[int, float]] = {}
    shown: int | None = None


class Presence:
    def __init__(self, node: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.node, self.clock = node, clock
        self.here: Counter[Key] = Counter()
        self.said: dict[Key, tuple[int, float]] = {}
        self.heard: dict[int, Heard] = {}

    # What is here

    def enter(self, tenant: int, game: int, public_id: str) -> None:
        self.here[tenant, game, public_id] += 1

    def leave(self, tenant: int, game: int, public_id: str) -> None:
        self.here[tenant, game, public_id] -= 1

    def due(self) -> list[Count]:
        """What this node has to say now: what changed, and what it has not said for a while."""
        now, counts = self.clock(), []
        for key, players in list(self.here.items()):
            last, at = self.said.get(key, (-1, -REPEATED))
            if players == last and now - at < REPEATED:
                continue
            self.said[key] = players, now
            counts.append(Count(*key, self.node, players))
            if players == 0:
                del self.here[key], self.said[key]
        return counts

    # What is heard

    def hear(self, count: Count) -> Count | None:
        """The new sum of a game, None when it is as it was."""
        heard = self.heard.setdefault(count.game, Heard((count.tenant, count.game, count.public_id)))
        heard.nodes[count.node] = count.players, self.clock()
        return self.settle(count.game, heard)

    def faded(self) -> list[Count]:
        """The new sums of games whose node has gone without a word."""
        found = [self.settle(game, heard) for game, heard in list(self.heard.items())]
        return [count for count in found if count]

    def settle(self, game: int, heard: Heard) -> Count | None:
        now = self.clock()
        heard.nodes = {node: said for node, said in heard.nodes.items() if said[0] and now - said[1] <= FORGOTTEN}
        total = sum(players for players, _ in heard.nodes.values())
        if not heard.nodes:
            del self.heard[game]
        if total == heard.shown:
            return None
        heard.shown = total
        return Count(*heard.key, "", total)

    def shown(self, game: int) -> int | None:
        """What a newcomer is shown at once."""
        return self.heard[game].shown if game in self.heard else None

    def connected(self, tenant: int) -> list[tuple[str, int]]:
        """(public id, players) of the tenant's games in which this node knows of somebody."""
        return [(heard.key[2], heard.shown or 0) for heard in self.heard.values() if heard.key[0] == tenant]
