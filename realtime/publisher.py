"""The way out of a process towards the layer: one queue, in order, bounded; it loses frames rather than wait (decision 25)."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from channels.exceptions import ChannelFull

from realtime import metrics, topics
from realtime.complaints import Complaint
from realtime.letters import Answer, Answers, Count, News, Numbers, Seat, Taken, Told

logger = logging.getLogger(__name__)

TOGETHER = 500  # answers in one message
BOUND = 20_000  # messages that wait; above it the oldest is lost, and clients resume or ask again
PATIENCE = 2.0  # seconds that the layer has for one message
PAUSE = 0.1  # seconds after it took none
FRESH = 2.0  # seconds that an answer or a number is worth anything
DRAINING = 2.0  # seconds that the last words of a process have

KINDS: dict[Any, str] = {Told: "told", News: "news", Numbers: "numbers", Count: "count", Seat: "seat", Taken: "taken"}


class Waiting(NamedTuple):
    target: str
    message: Any
    vouched: Callable[[], bool]  # asked again when it leaves: what nobody vouches for any more is not said
    at: float  # monotonic

    def stale(self) -> bool:
        """Who asked has given up, or something newer follows: after an outage only what is missed still matters."""
        return isinstance(self.message, Answer | Numbers | Count) and time.monotonic() - self.at > FRESH


def always() -> bool:
    return True


class Publisher:
    def __init__(self, layer: Any) -> None:
        self.layer = layer
        self.queue: deque[Waiting] = deque(maxlen=BOUND)
        self.waiting, self.empty = asyncio.Event(), asyncio.Event()
        self.empty.set()
        self.lost = 0
        self.complain = Complaint(logger, "publisher: the layer did not take a message for %s")

    def answer(self, node: str, answer: Answer, vouched: Callable[[], bool] = always) -> None:
        self.put(node, answer, vouched)

    def tell(self, message: Told | News | Numbers | Seat | Taken, vouched: Callable[[], bool] = always) -> None:
        self.put(topics.NODES if isinstance(message, Taken) else message.topic, message, vouched)

    def count(self, topic: str, count: Count) -> None:
        self.put(topic, count, always)

    def put(self, target: str, message: Any, vouched: Callable[[], bool]) -> None:
        if len(self.queue) == BOUND:
            self.lost += 1
        self.queue.append(Waiting(target, message, vouched, time.monotonic()))
        self.waiting.set()
        self.empty.clear()

    async def run(self) -> None:
        while True:
            await self.waiting.wait()
            self.waiting.clear()
            while self.queue:
                await self.pass_on(self.queue.popleft())
            self.empty.set()

    async def drain(self) -> None:
        """Gives what waits a moment to leave."""
        try:
            async with asyncio.timeout(DRAINING):
                await self.empty.wait()
        except TimeoutError:
            logger.warning("publisher: %s messages were not sent", len(self.queue))

    async def pass_on(self, waiting: Waiting) -> None:
        """A lost layer costs the frame, not the actor."""
        if waiting.stale() or not waiting.vouched():
            return
        try:
            with metrics.LAYER_WORDS.time():
                async with asyncio.timeout(PATIENCE):
                    await self.send(waiting)
        except ChannelFull:
            self.lost += 1
        except Exception:
            self.lost += 1
            self.complain(waiting.target)
            await asyncio.sleep(PAUSE)

    async def send(self, waiting: Waiting) -> None:
        target, message = waiting.target, waiting.message
        if isinstance(message, Answer):
            body = msgspec.msgpack.encode(Answers.pack(self.gather(target, message)))
            await self.layer.send(target, {"type": "answers", "body": body})
        else:
            await self.layer.group_send(target, {"type": KINDS[type(message)], "body": msgspec.msgpack.encode(message)})

    def gather(self, node: str, first: Answer) -> list[Answer]:
        """The answers that stand next in the queue for the same node go with the first."""
        answers = [first]
        while self.queue and len(answers) < TOGETHER and self.queue[0].target == node and isinstance(self.queue[0].message, Answer):
            waiting = self.queue.popleft()
            if waiting.vouched():
                answers.append(waiting.message)
        return answers


class Vouched:
    """The way out for the actors of one shard: silent from the moment on when another engine may own it (decision 28)."""

    def __init__(self, post: Publisher, holds: Callable[[], bool]) -> None:
        self.post, self.holds = post, holds

    def answer(self, node: str, answer: Answer) -> None:
        self.post.answer(node, answer, self.holds)

    def tell(self, message: Told | News | Numbers | Taken) -> None:
        self.post.tell(message, self.holds)
