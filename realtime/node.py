"""This process among the others: letters to engines in batches, answers and frames back, one layer channel for all."""

import asyncio
import logging
from collections.abc import Callable
from random import SystemRandom
from typing import Any

import msgspec

from games.limits import Buckets
from realtime import metrics, topics
from realtime.headcount import Headcount
from realtime.hub import Hub
from realtime.letters import Answer, Answers, Count, Kind, Letter, News, Numbers, Seat, Taken, Told
from realtime.postbox import PATIENCE, Answered, Busy, Postbox
from realtime.presence import Presence
from realtime.protocol import Bye, You
from realtime.publisher import Publisher
from realtime.seats import Seats, Sitter
from realtime.subscriptions import Subscriptions

logger = logging.getLogger(__name__)
chance = SystemRandom()

ASKED_AT_ONCE = 500  # players whose `you` one letter asks for
RETURN = (0.5, 10.0)  # seconds after which clients come back from a restart
PARTING = 1.0  # seconds that they have to take the farewell
FOLLOWING = (8.0, 12.0)  # seconds between two letters to games that are followed here
TELLING = 1.0  # seconds between two tellings of presence (decision 31)


class Node:
    def __init__(self, layer: Any, mailboxes: list[str], patience: float = PATIENCE) -> None:
        self.layer = layer
        self.shards = len(mailboxes)
        self.letters = Postbox(layer, mailboxes, patience)
        self.hub, self.seats, self.presence = Hub(), Seats(), Presence()
        self.post, self.subscriptions = Publisher(layer), Subscriptions(layer, patience)
        self.headcount = Headcount(self.presence, self.hub, self.post)
        self.spectators = Buckets(rate=5, burst=300)  # by address: 300 at once, then 300 a minute (decision 42)
        self.tasks: set[asyncio.Task[None]] = set()
        self.jobs: list[asyncio.Task[None]] = []
        self.handlers: dict[str, tuple[Any, Callable[[Any], None]]] = {
            "answers": (Answers, self.letters.hear),
            "told": (Told, self.hear_told),
            "news": (News, self.hear_news),
            "numbers": (Numbers, lambda numbers: self.hub.send(numbers.topic, numbers.body)),
            "count": (Count, self.headcount.hear),
            "seat": (Seat, self.seats.announced),
            "taken": (Taken, lambda taken: self.wake_followed(taken.shard)),
        }

    async def start(self) -> None:
        channel = await self.layer.new_channel("node")
        self.channel = self.letters.channel = self.subscriptions.channel = self.presence.node = channel
        self.jobs = [asyncio.create_task(job) for job in (self.listen(), self.post.run(), self.keep_house(), self.keep_awake())]

    async def stop(self) -> None:
        tasks = [*self.jobs, *self.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(self.letters.stop(), *tasks, return_exceptions=True)

    @property
    def healthy(self) -> bool:
        return bool(self.jobs) and not any(job.done() for job in self.jobs)

    def spawn(self, job: Any) -> None:
        task = asyncio.create_task(job)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # Letters out

    async def tell(self, tenant: int, game: int, kind: Kind, **fields: Any) -> Answer:
        """A letter to the actor of a game. Raises Busy."""
        return await self.letters.tell(tenant, game, kind, **fields)

    def ask(self, answered: Answered, tenant: int, game: int, kind: Kind, **fields: Any) -> None:
        """The same without waiting: `answered` is called with the answer, or with None for `busy`."""
        self.letters.ask(answered, tenant, game, kind, **fields)

    def wake(self, tenant: int, game: int) -> None:
        """Something is due in this game, or somebody follows it: it looks what it has to do, and says where it stands."""
        self.letters.post(Letter(tenant, game, 0, "wake"))

    def wake_followed(self, shard: int | None = None) -> None:
        """The games that are followed here stay awake and say where they stand, so that nobody waits for a play (decision 26): those of
        a shard that has a new owner at once, all of them now and then, whatever was lost on the way.
        """
        for tenant, game in {topics.game_of(topic) for topic in self.hub.followers if topic.startswith("g.")}:
            if shard in (None, topics.shard_of(game, self.shards)):
                self.wake(tenant, game)

    async def keep_awake(self) -> None:
        while True:
            await asyncio.sleep(chance.uniform(*FOLLOWING))
            self.wake_followed()

    # What comes in

    async def listen(self) -> None:
        while True:
            try:
                message = await self.layer.receive(self.channel)
                shape, handle = self.handlers[message["type"]]
                handle(msgspec.msgpack.decode(message["body"], type=shape))
            except Exception:
                logger.exception("node: a message could not be heard")
                await asyncio.sleep(0.05)

    def hear_told(self, told: Told) -> None:
        """Counted once a frame, however many follow."""
        metrics.FRAMES.inc()
        metrics.DELIVERIES.inc(self.hub.audience(told.topic))
        self.hub.broadcast(told)

    def hear_news(self, news: News) -> None:
        self.seats.hear(news)
        if news.all and news.topic in self.seats:
            self.spawn(self.ask_for_all(news.topic))

    async def ask_for_all(self, topic: str) -> None:
        """Everybody's `you` has changed: each node asks once for all who sit there (decision 4)."""
        tenant, game = topics.game_of(topic)
        numbers = self.seats.numbers(topic)
        for start in range(0, len(numbers), ASKED_AT_ONCE):
            try:
                answer = await self.tell(tenant, game, "looks", players=numbers[start : start + ASKED_AT_ONCE])
            except Busy:
                continue
            for number, you in answer.you.items():
                self.seats.tell(topic, number, answer.at, You(answer.seq, you))

    # Followers and players

    async def follow(self, topic: str, follower: Any) -> None:
        """Raises Busy when the layer cannot be reached: nobody follows in silence."""
        self.hub.follow(topic, follower)
        await self.join(topic, self.hub.follows)

    async def unfollow(self, topic: str, follower: Any) -> None:
        self.hub.unfollow(topic, follower)
        await self.subscriptions.leave(topic, lambda: self.hub.follows(topic))

    async def sit(self, sitter: Sitter) -> None:
        """Before the player's state is asked for, so that no news falls between. Raises Busy."""
        self.seats.add(sitter)
        await self.join(sitter.place.topic, self.seats.__contains__)

    def enter(self, sitter: Sitter) -> None:
        """The player is in: he counts as present, and older sockets of his make room, wherever they are."""
        sitter.present = True
        self.presence.enter(*sitter.place.key)
        self.post.tell(Seat(sitter.place.topic, sitter.place.player, sitter.socket))

    async def rise(self, sitter: Sitter) -> None:
        topic = sitter.place.topic
        self.seats.remove(sitter)
        if sitter.present:
            self.presence.leave(*sitter.place.key)
        await self.subscriptions.leave(topic, lambda: topic in self.seats)

    async def join(self, topic: str, needed: Callable[[str], bool]) -> None:
        try:
            await self.subscriptions.join(topic, lambda: needed(topic))
        except Exception as error:
            logger.warning("node: %s cannot be followed: %r", topic, error)
            raise Busy from None

    # Now and then, and the end

    async def keep_house(self) -> None:
        while True:
            await self.listen_to_all()
            await asyncio.sleep(TELLING)
            self.headcount.tell()

    async def listen_to_all(self) -> None:
        """Again and again, until the layer has taken it."""
        try:
            await self.subscriptions.join(topics.NODES, lambda: True)
        except Exception as error:
            logger.warning("node: the layer is not there yet: %r", error)

    async def farewell(self, reason: str) -> None:
        """Every client hears its own random delay, so that they do not all come back at once."""
        connections = {follower for followers in self.hub.followers.values() for follower in followers}
        for connection in connections:
            connection.push(connection.codec.encode(Bye(reason, round(chance.uniform(*RETURN), 1))))
        if connections:
            await asyncio.wait([asyncio.create_task(connection.drained.wait()) for connection in connections], timeout=PARTING)
