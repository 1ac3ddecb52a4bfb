"""This process among the others: letters to engines in batches, answers and frames back, one layer channel for all."""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any, Protocol

import msgspec

from realtime import topics
from realtime.codec import Codec
from realtime.hub import Hub
from realtime.letters import Answer, Batch, Count, Kind, Letter, News, Numbers, Seat, Told
from realtime.presence import Presence
from realtime.protocol import Bye
from realtime.protocol import Presence as PresenceFrame
from realtime.protocol import You
from realtime.publisher import Publisher

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds without an answer, then `busy` (decision 23)
LARGEST_BATCH = 500
RETURN = (0.5, 10.0)  # seconds after which clients come back from a restart


class Busy(Exception):
    """Not known to be done; the sender asks again with the same ref."""


class Sitter(Protocol):
    """A player's socket."""

    codec: Codec
    socket: str

    def push(self, frame: bytes) -> None: ...

    def close(self, code: int) -> None: ...


class Node:
    def __init__(self, layer: Any, shards: int, patience: float = PATIENCE) -> None:
        self.layer, self.shards, self.patience = layer, shards, patience
        self.channel = ""
        self.hub, self.presence, self.post = Hub(), Presence(), Publisher(layer)
        self.waiting: dict[int, asyncio.Future[Answer]] = {}
        self.numbers = count(1)
        self.pending: dict[int, list[Letter]] = defaultdict(list)
        self.sending: set[int] = set()
        self.seats: dict[str, dict[int, set[Sitter]]] = defaultdict(lambda: defaultdict(set))
        self.tasks: set[asyncio.Task[None]] = set()
        self.handlers: dict[str, tuple[Any, Callable[[Any], None]]] = {
            "answers": (list[Answer], self.hear_answers),
            "told": (Told, self.hub.broadcast),
            "news": (News, self.hear_news),
            "numbers": (Numbers, lambda numbers: self.hub.send(numbers.topic, numbers.body)),
            "count": (Count, self.hear_count),
            "seat": (Seat, self.hear_seat),
        }

    async def start(self) -> None:
        self.channel = self.presence.node = await self.layer.new_channel("node")
        for job in (self.listen(), self.post.run(), self.tell_presence()):
            self.spawn(job)

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def spawn(self, job: Any) -> None:
        task = asyncio.create_task(job)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # Letters out

    async def tell(self, tenant: int, game: int, kind: Kind, **fields: Any) -> Answer:
        """Raises Busy when no answer comes in time, or the engine says so itself."""
        number = next(self.numbers)
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting[number] = future
        try:
            self.post_letter(Letter(tenant, game, number, kind, **fields))
            async with asyncio.timeout(self.patience):
                answer = await future
        except TimeoutError:
            raise Busy from None
        finally:
            self.waiting.pop(number, None)
        if answer.code == "busy":
            raise Busy
        return answer

    def wake(self, tenant: int, game: int) -> None:
        """Something is due in this game; nobody waits for the answer."""
        self.post_letter(Letter(tenant, game, 0, "wake"))

    def post_letter(self, letter: Letter) -> None:
        """Joins the batch that waits for the running send to end: batching without timers, no delay when idle."""
        shard = topics.shard_of(letter.game, self.shards)
        self.pending[shard].append(letter)
        if shard not in self.sending:
            self.sending.add(shard)
            self.spawn(self.flush(shard))

    async def flush(self, shard: int) -> None:
        try:
            while letters := self.pending.pop(shard, None):
                for start in range(0, len(letters), LARGEST_BATCH):
                    batch = Batch(self.channel, letters[start : start + LARGEST_BATCH])
                    await self.layer.send(topics.engine(shard), {"type": "letters", "body": msgspec.msgpack.encode(batch)})
        except Exception:  # the letters are lost, their senders hear `busy` and send again
            logger.exception("node: the layer did not take letters for shard %s", shard)
        finally:
            self.sending.discard(shard)

    # What comes in

    async def listen(self) -> None:
        while True:
            try:
                message = await self.layer.receive(self.channel)
                shape, handle = self.handlers[message["type"]]
                handle(msgspec.msgpack.decode(message["body"], type=shape))
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("node: a message could not be heard")
                await asyncio.sleep(0.05)

    def hear_answers(self, answers: list[Answer]) -> None:
        for answer in answers:
            future = self.waiting.get(answer.id)
            if future and not future.done():
                future.set_result(answer)

    def hear_news(self, news: News) -> None:
        seats = self.seats.get(news.topic, {})
        for number, you in news.yours.items():
            self.push_you(seats.get(number, ()), news.seq, you)
        for number, code in news.out.items():
            for sitter in tuple(seats.get(number, ())):
                sitter.close(code)
        if news.all and seats:
            self.spawn(self.ask_for_all(news, seats))

    async def ask_for_all(self, news: News, seats: dict[int, set[Sitter]]) -> None:
        """Everybody's `you` has changed: one letter asks for all who sit here (decision 4)."""
        tenant, game = (int(part) for part in news.topic.split(".")[1:3])
        try:
            answer = await self.tell(tenant, game, "looks", players=list(seats))
        except Busy:
            return
        for number, you in answer.you.items():
            self.push_you(seats.get(int(number), ()), answer.seq, you)

    def push_you(self, sitters: Any, seq: int, you: Any) -> None:
        frame = You(seq, you)
        for sitter in sitters:
            sitter.push(sitter.codec.encode(frame))

    def hear_count(self, counted: Count) -> None:
        total = self.presence.hear(counted)
        if total is None:
            return
        here = msgspec.msgpack.encode(PresenceFrame(total))
        for topic in (topics.everyone(counted.tenant, counted.game), topics.operators(counted.tenant, counted.game)):
            self.hub.send(topic, here)
        self.hub.send(topics.statistics(counted.tenant), msgspec.msgpack.encode(PresenceFrame(total, counted.public_id)))

    def hear_seat(self, seat: Seat) -> None:
        for sitter in tuple(self.seats.get(seat.topic, {}).get(seat.player, ())):
            if sitter.socket != seat.socket:
                sitter.close(4409)

    def farewell(self, reason: str) -> None:
        """Every client hears its own random delay, so that they do not all come back at once."""
        for connection in {follower for followers in self.hub.followers.values() for follower in followers}:
            connection.push(connection.codec.encode(Bye(reason, round(random.uniform(*RETURN), 1))))

    # Followers and players

    async def follow(self, topic: str, follower: Any) -> None:
        if self.hub.follow(topic, follower):
            await self.layer.group_add(topic, self.channel)

    async def unfollow(self, topic: str, follower: Any) -> None:
        if self.hub.unfollow(topic, follower):
            await self.layer.group_discard(topic, self.channel)

    async def sit(self, tenant: int, game: int, public_id: str, player: int, sitter: Sitter) -> None:
        topic = topics.players(tenant, game)
        if not self.seats[topic]:
            await self.layer.group_add(topic, self.channel)
        self.seats[topic][player].add(sitter)
        self.presence.enter(tenant, game, public_id)
        self.post.tell(Seat(topic, player, sitter.socket))

    async def rise(self, tenant: int, game: int, public_id: str, player: int, sitter: Sitter) -> None:
        topic = topics.players(tenant, game)
        self.presence.leave(tenant, game, public_id)
        self.seats[topic][player].discard(sitter)
        if not self.seats[topic][player]:
            del self.seats[topic][player]
        if not self.seats[topic]:
            del self.seats[topic]
            await self.layer.group_discard(topic, self.channel)

    async def tell_presence(self) -> None:
        """Counts go to whoever shows them: each node adds up what it hears."""
        while True:
            await asyncio.sleep(1)
            for counted in self.presence.due():
                game = counted.tenant, counted.game
                for topic in (topics.everyone(*game), topics.operators(*game), topics.statistics(counted.tenant)):
                    self.post.count(topic, counted)
