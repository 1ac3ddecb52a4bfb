"""How many players are connected: a count per node, told once a second, forgotten after five (decision 31). It decides nothing."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable

from realtime.letters import Count

FORGOTTEN = 5.0
REPEATED = 2.0  # an unchanged count is told again this often, so that nobody forgets it


class Presence:
    def __init__(self, node: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self.node, self.clock = node, clock
        self.here: Counter[tuple[int, int, str]] = Counter()  # tenant, game, public id
        self.said: dict[tuple[int, int, str], tuple[int, float]] = {}
        self.heard: dict[int, dict[str, tuple[int, float]]] = defaultdict(dict)
        self.shown: dict[int, int] = {}
        self.places: set[tuple[int, int, str]] = set()

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

    def hear(self, count: Count) -> int | None:
        """The new sum of a game, None when it is as it was."""
        now, nodes = self.clock(), self.heard[count.game]
        self.places.add((count.tenant, count.game, count.public_id))
        nodes[count.node] = count.players, now
        total = sum(players for players, at in nodes.values() if now - at <= FORGOTTEN)
        if total == self.shown.get(count.game):
            return None
        self.shown[count.game] = total
        if not total:
            del self.heard[count.game], self.shown[count.game]
            self.places.discard((count.tenant, count.game, count.public_id))
        return total

    def connected(self, tenant: int) -> list[tuple[str, int]]:
        """(public id, players) of the tenant's games that this node has heard of."""
        return [(key[2], self.shown[key[1]]) for key in self.places if key[0] == tenant and key[1] in self.shown]
