"""The way out of an engine: one queue towards the layer, in order, bounded; it loses frames rather than wait (decision 25)."""

import asyncio
import logging
from collections import deque
from typing import Any

import msgspec
from channels.exceptions import ChannelFull

from realtime.letters import Answer, Answers, Count, News, Numbers, Seat, Told

logger = logging.getLogger(__name__)

TOGETHER = 500  # answers in one message
BOUND = 20_000  # messages that wait; above it the oldest is lost, and clients resume or ask again

KINDS: dict[Any, str] = {Told: "told", News: "news", Numbers: "numbers", Count: "count", Seat: "seat"}


class Publisher:
    def __init__(self, layer: Any) -> None:
        self.layer = layer
        self.queue: deque[tuple[str, Any]] = deque(maxlen=BOUND)
        self.waiting = asyncio.Event()
        self.lost = 0

    def answer(self, node: str, answer: Answer) -> None:
        self.put(node, answer)

    def tell(self, message: Told | News | Numbers | Seat) -> None:
        self.put(message.topic, message)

    def count(self, topic: str, count: Count) -> None:
        self.put(topic, count)

    def put(self, target: str, message: Any) -> None:
        if len(self.queue) == BOUND:
            self.lost += 1
        self.queue.append((target, message))
        self.waiting.set()

    async def run(self) -> None:
        while True:
            await self.waiting.wait()
            self.waiting.clear()
            while self.queue:
                await self.pass_on(*self.queue.popleft())

    async def pass_on(self, target: str, message: Any) -> None:
        """A lost layer costs the frame, not the actor."""
        try:
            if isinstance(message, Answer):
                await self.layer.send(
                    target, {"type": "answers", "body": msgspec.msgpack.encode(Answers.pack(self.gather(target, message)))}
                )
            else:
                await self.layer.group_send(target, {"type": KINDS[type(message)], "body": msgspec.msgpack.encode(message)})
        except ChannelFull:
            self.lost += 1
        except Exception:
            self.lost += 1
            logger.exception("publisher: the layer did not take a message for %s", target)
            await asyncio.sleep(0.1)

    def gather(self, node: str, first: Answer) -> list[Answer]:
        """The answers that stand next in the queue for the same node go with the first."""
        answers = [first]
        while self.queue and len(answers) < TOGETHER and self.queue[0][0] == node and isinstance(self.queue[0][1], Answer):
            answers.append(self.queue.popleft()[1])
        return answers
