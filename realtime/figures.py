"""What dashboards are told of a game: totals as of what is stored, and the minutes of the same events (decision 48)."""

from collections import Counter
from collections.abc import Callable

import msgspec

from games import statistics
from games.log import Logged
from games.ruleset import State
from games.store import Loaded
from games.store.batch import counted
from realtime import topics
from realtime.letters import Numbers


class Figures:
    def __init__(self, tenant: int, loaded: Loaded, say: Callable[[Numbers], None]) -> None:
        self.topic, self.public_id, self.ruleset, self.say = topics.statistics(tenant), loaded.public_id, loaded.ruleset, say
        self.phase = ""
        self.totals: dict[str, int] = {}
        self.stock: dict[str, int] = {}
        self.minutes = Counter({(minute, name): value for minute, name, value in loaded.minutes})
        self.dirty = False  # the dashboards have not heard the latest

    def take(self, state: State, entries: list[Logged]) -> None:
        """After a commit, with the state that it has stored: a moment later the actor decides on, and is ahead of it."""
        self.phase = state.lifecycle.condition
        self.totals, self.stock = self.ruleset.stats(state), dict(self.ruleset.mechanic.stock(state.mechanic))
        self.minutes.update(counted(self.ruleset, entries))
        self.dirty = True

    def tell(self, now: float) -> None:
        """Called four times a second; says something when there is something new."""
        if not self.dirty:
            return
        self.dirty = False
        rows = ((minute, name, value) for (minute, name), value in self.minutes.items())
        standing = statistics.Standing(self.public_id, self.phase, self.totals, self.stock, statistics.per_minute(rows, now))
        self.say(Numbers(self.topic, self.public_id, msgspec.msgpack.encode(statistics.frame(standing, now))))
        for minute, name in [key for key in self.minutes if key[0] <= now // 60 - statistics.HISTORY]:
            del self.minutes[minute, name]
