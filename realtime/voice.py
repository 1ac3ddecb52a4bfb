"""What an actor tells: frames for each topic, pictures for who comes, news for single players, numbers for dashboards.

An event reaches nobody but through `seen`, a state but through `view` (decision 3). Names are added here (decision 2).
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

import msgspec

from games.lifecycle import Banned, Kicked
from games.log import Logged
from games.mechanic import Event, Eye
from games.ruleset import State
from games.store import Loaded
from realtime import topics
from realtime.figures import Figures
from realtime.letters import Answer, Letter, News, Numbers, Picture, Told
from realtime.played import Here, Outcome
from realtime.protocol import Events

ENCODERS = {"json": msgspec.json.encode, "msgpack": msgspec.msgpack.encode}
KNOWN_NAMES = 20_000
REPEATING, LATELY = 2.0, 10.0  # seconds between two repetitions, and how long after the last word
OUT = {Kicked: 4441, Banned: 4440}

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
        self.told: dict[Eye, int] = dict.fromkeys(self.topic_of, loaded.past.seq)
        self.names: dict[int, str] = {}
        self.pictures: dict[tuple[Eye, str], tuple[int, Picture]] = {}
        self.last: Here | None = None  # as of the latest frame
        self.repeated = 0.0
        self.asked = False  # a node wants to know where the game stands
        self.figures = Figures(tenant, loaded, post.tell)

    # Names

    async def learn(self, numbers: Iterable[int]) -> None:
        """One query for all the names that are mentioned now."""
        unknown = [number for number in set(numbers) if number and number not in self.names]
        if unknown:
            self.names.update(await self.lookup(unknown))

    def forget(self) -> None:
        """Between two batches: what is learnt in one is there until its last answer."""
        if len(self.names) > KNOWN_NAMES:
            self.names.clear()

    def named(self, shown: Any) -> dict[str, str]:
        return {str(number): self.names[number] for number in numbers_in(shown) if number in self.names}

    # Frames

    def begin(self, here: Here) -> None:
        """A new actor's first word: who heard less than this will resume (decision 26)."""
        self.figures.take(here.state, [])
        for eye in self.topic_of:
            self.frame(eye, here, [])

    def repeat(self, now: float) -> None:
        """Where the game stands, for whom a frame was lost: every two seconds after it spoke, and when a node asks (decision 26).

        As of the latest frame: a batch may be under way, and nothing is told that is not stored.
        """
        last = self.last
        if last is None or not (self.asked or (now - last.at <= LATELY and now - self.repeated >= REPEATING)):
            return
        self.asked, self.repeated = False, now
        game_time = last.now + (now - last.at if last.running else 0)
        for eye, seq in self.told.items():
            frame = Events(seq, seq, game_time, last.running, [], {})
            self.post.tell(Told(self.topic_of[eye], self.line, seq, seq, msgspec.msgpack.encode(frame)))

    async def speak(self, entries: list[Logged], here: Here) -> None:
        """After the commit: one frame for each topic that has something to see, then the news for single players."""
        shown = {eye: self.seen([entry.event for entry in entries], eye) for eye in self.topic_of}
        await self.learn(numbers_in(list(shown.values())))
        for eye, events in shown.items():
            if events:
                self.frame(eye, here, events)
        await self.inform([entry.event for entry in entries], here)
        self.figures.take(here.state, entries)

    def seen(self, events: Iterable[Event], eye: Eye) -> list[Any]:
        seen = (self.ruleset.seen(event, eye) for event in events)
        return [msgspec.to_builtins(event) for event in seen if event is not None]

    def frame(self, eye: Eye, here: Here, events: list[Any]) -> None:
        frame = Events(self.told[eye], here.seq, here.now, here.running, events, self.named(events))
        self.last, self.repeated = here, here.at
        self.post.tell(Told(self.topic_of[eye], self.line, frame.since, here.seq, msgspec.msgpack.encode(frame)))
        self.told[eye] = here.seq

    async def inform(self, events: list[Event], here: Here) -> None:
        touched = [self.ruleset.touched(event) for event in events]
        everyone = "all" in touched
        numbers = set() if everyone else {number for each in touched if each != "all" for number in each}
        out = {event.player: OUT[type(event)] for event in events if isinstance(event, Kicked | Banned)}
        if not (everyone or numbers or out):
            return
        await self.learn(numbers)
        yours = {number: self.yours(here.state, number) for number in numbers}
        topic = topics.players(self.tenant, self.game)
        self.post.tell(News(topic, self.told["everyone"], here.seq, yours, everyone, out))

    # Answers

    async def answer(self, letter: Letter, outcome: Outcome, known: Mapping[int, Logged], here: Here) -> Answer:
        """Each with the present `you`; events as the sender may see them."""
        eye: Eye = "operator" if letter.role == "operator" else "everyone"
        answer: dict[str, Any] = {"line": self.line, "seq": self.told[eye], "at": here.seq, "now": here.now, "running": here.running}
        if letter.kind == "looks":
            answer["you"] = {number: self.yours(here.state, number) for number in letter.players}
        elif letter.role == "player":
            answer["you"] = self.yours(here.state, letter.by)
        if letter.kind in ("hello", "look") and letter.whole:
            answer["picture"] = await self.picture(here, eye, letter.coding)
        if outcome.refused:
            return Answer(letter.id, **answer, code=outcome.refused.code, retry=outcome.refused.retry)
        if letter.kind == "command":
            own: Eye = letter.by if letter.role == "player" else eye
            answer["events"] = self.seen((known[seq].event for seq in outcome.seqs), own)
            answer["names"] = self.named(answer["events"])
        return Answer(letter.id, **answer)

    # Pictures

    def yours(self, state: State, player: int) -> dict[str, Any] | None:
        """What is this player's own; None for who has not been admitted."""
        if not state.lifecycle.has_joined(player):
            return None
        return {"player": player, "name": self.names.get(player, ""), **self.ruleset.view(state, player)}

    async def picture(self, here: Here, eye: Eye, coding: str) -> Picture:
        """The public part of a snapshot, encoded once for its number."""
        known = self.pictures.get((eye, coding))
        if known and known[0] == here.seq:
            return known[1]
        view = self.ruleset.view(here.state, eye)
        await self.learn(numbers_in(view))
        drawn = Picture(ENCODERS[coding](view), self.named(view))
        self.pictures[eye, coding] = here.seq, drawn
        return drawn


def numbers_in(shown: Any) -> set[int]:
    """The players that a view or an event mentions: they always stand under the key `player` (decision 2)."""
    found: set[int] = set()
    left = [shown]
    while left:
        each = left.pop()
        if type(each) is list:
            left += each
        elif type(each) is dict:
            for key, value in each.items():
                if type(value) is dict or type(value) is list:
                    left.append(value)
                elif key == "player" and type(value) is int:
                    found.add(value)
    return found
