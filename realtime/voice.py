"""What an actor tells: frames for each topic, pictures for who comes, news for single players, numbers for dashboards.

An event reaches nobody but through `seen`, a state but through `view` (decision 3). Names are added here (decision 2).
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Protocol

import msgspec

from games import statistics
from games.lifecycle import Banned, Kicked
from games.log import Logged
from games.mechanic import Event, Eye
from games.ruleset import State
from games.store import Loaded
from games.store.writing import counted
from realtime import topics
from realtime.letters import Answer, News, Numbers, Picture, Told
from realtime.protocol import Events

ENCODERS = {"json": msgspec.json.encode, "msgpack": msgspec.msgpack.encode}
KNOWN_NAMES = 20_000

Lookup = Callable[[list[int]], Awaitable[dict[int, str]]]


class Post(Protocol):
    """How words leave an actor: never waits, keeps the order, may lose what is not an answer (decision 25)."""

    def answer(self, node: str, answer: Answer) -> None: ...

    def tell(self, message: Told | News | Numbers) -> None: ...


class Voice:
    def __init__(self, tenant: int, game: int, loaded: Loaded, post: Post, lookup: Lookup) -> None:
        self.tenant, self.game, self.post, self.lookup = tenant, game, post, lookup
        self.public_id, self.line, self.ruleset = loaded.public_id, loaded.line, loaded.ruleset
        self.topic_of: dict[Eye, str] = {"everyone": topics.everyone(tenant, game), "operator": topics.operators(tenant, game)}
        self.told: dict[Eye, int] = dict.fromkeys(self.topic_of, len(loaded.log))
        self.names: dict[int, str] = {}
        self.pictures: dict[tuple[Eye, str], tuple[int, Picture]] = {}
        self.minutes = Counter({(minute, name): value for minute, name, value in loaded.minutes})

    # Names

    async def learn(self, numbers: Iterable[int]) -> None:
        """One query for all the names that this batch will mention."""
        unknown = [number for number in set(numbers) if number and number not in self.names]
        if unknown:
            if len(self.names) > KNOWN_NAMES:
                self.names.clear()
            self.names.update(await self.lookup(unknown))

    def named(self, shown: Any) -> dict[str, str]:
        return {str(number): self.names[number] for number in set(numbers_in(shown)) if number in self.names}

    def forget(self, number: int) -> None:
        self.names.pop(number, None)
        self.pictures.clear()

    # Frames

    def begin(self, now: float, running: bool) -> None:
        """A new actor's first word: who heard less than this will resume (decision 26)."""
        for eye in self.topic_of:
            self.frame(eye, self.told[eye], now, running, [])

    async def speak(self, entries: list[Logged], state: State, now: float, running: bool) -> None:
        """After the commit: one frame for each topic that has something to see, then the news for single players."""
        shown = {
            eye: [msgspec.to_builtins(seen) for entry in entries if (seen := self.ruleset.seen(entry.event, eye))] for eye in self.topic_of
        }
        await self.learn(numbers_in(shown))
        for eye, events in shown.items():
            if events:
                self.frame(eye, entries[-1].seq, now, running, events)
        await self.inform([entry.event for entry in entries], state, entries[-1].seq)
        self.minutes.update(counted(self.ruleset, entries))

    def frame(self, eye: Eye, seq: int, now: float, running: bool, events: list[Any]) -> None:
        frame = Events(self.told[eye], seq, now, running, events, self.named(events))
        self.post.tell(Told(self.topic_of[eye], self.line, frame.since, seq, msgspec.msgpack.encode(frame)))
        self.told[eye] = seq

    async def inform(self, events: list[Event], state: State, seq: int) -> None:
        touched = [self.ruleset.touched(event) for event in events]
        everyone = "all" in touched
        numbers = set() if everyone else {number for each in touched if each != "all" for number in each}
        out = {event.player: 4441 if isinstance(event, Kicked) else 4440 for event in events if isinstance(event, Kicked | Banned)}
        if everyone or numbers or out:
            await self.learn(numbers)
            yours = {number: self.yours(state, number) for number in numbers}
            self.post.tell(News(topics.players(self.tenant, self.game), self.told["everyone"], yours, everyone, out))

    # Pictures

    def yours(self, state: State, player: int) -> dict[str, Any] | None:
        """What is this player's own; None for who has not been admitted."""
        if not state.lifecycle.has_joined(player):
            return None
        return {"player": player, "name": self.names.get(player, ""), **self.ruleset.view(state, player)}

    async def picture(self, state: State, seq: int, eye: Eye, coding: str) -> Picture:
        """The public part of a snapshot, encoded once for its number."""
        known = self.pictures.get((eye, coding))
        if known and known[0] == seq:
            return known[1]
        view = self.ruleset.view(state, eye)
        await self.learn(numbers_in(view))
        drawn = Picture(ENCODERS[coding](view), self.named(view))
        self.pictures[eye, coding] = seq, drawn
        return drawn

    # Numbers

    def count(self, state: State, now: float) -> None:
        """Totals from the state, minutes from the same events (decision 48)."""
        rows = ((minute, name, value) for (minute, name), value in self.minutes.items())
        standing = statistics.Standing(
            self.public_id,
            self.ruleset.stats(state),
            dict(self.ruleset.mechanic.stock(state.mechanic)),
            statistics.per_minute(rows, now),
        )
        body = msgspec.msgpack.encode(statistics.frame(standing, now))
        self.post.tell(Numbers(topics.statistics(self.tenant), self.public_id, body))
        for minute, name in [key for key in self.minutes if key[0] <= now // 60 - statistics.HISTORY]:
            del self.minutes[minute, name]


def numbers_in(shown: Any) -> Iterable[int]:
    """The players that a view or an event mentions: they always stand under the key `player` (decision 2)."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            if key == "player" and isinstance(value, int):
                yield value
            else:
                yield from numbers_in(value)
    elif isinstance(shown, list):
        for each in shown:
            yield from numbers_in(each)
