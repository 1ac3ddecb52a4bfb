"""Letters to engines, in batches, and the answers to them."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from contextvars import Context
from functools import partial
from itertools import count
from typing import Any, NamedTuple

import msgspec

from realtime import metrics, topics
from realtime.complaints import Complaint
from realtime.letters import Answer, Answers, Batch, Kind, Letter

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds without an answer, then `busy` (decision 23)
LARGEST_BATCH = 500
PAUSE = 0.1  # seconds after the layer took nothing
MOST_PENDING = 4_000  # letters that wait for the layer, for one shard; above it the sender hears `busy` at once


class Busy(Exception):
    """Not known to be done; the sender asks again with the same ref."""


Answered = Callable[[Answer | None], object]


class Question(NamedTuple):
    """Who waits for an answer, and the timer that ends his patience: one for each costs less than `asyncio.timeout`."""

    answered: Answered
    impatience: asyncio.TimerHandle


def resolve(future: asyncio.Future[Answer | None], answer: Answer | None) -> None:
    if not future.done():
        future.set_result(answer)


class Postbox:
    def __init__(self, layer: Any, mailboxes: list[str], patience: float = PATIENCE) -> None:
        self.layer, self.mailboxes, self.patience = layer, mailboxes, patience
        self.channel = ""  # where answers go
        self.complain = Complaint(logger, "postbox: the layer did not take letters for %s")
        self.waiting: dict[int, Question] = {}
        self.numbers = count(1)
        self.pending: dict[int, list[Letter]] = defaultdict(list)
        self.sending: dict[int, asyncio.Task[None]] = {}

    async def tell(self, tenant: int, game: int, kind: Kind, **fields: Any) -> Answer:
        """Raises Busy when no answer comes in time, or the engine says so itself."""
        future: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        number = self.ask(partial(resolve, future), tenant, game, kind, **fields)
        try:
            answer = await future
        finally:
            self.settle(number, None)
        if answer is None:
            raise Busy
        return answer

    def ask(self, answered: Answered, tenant: int, game: int, kind: Kind, **fields: Any) -> int:
        """The same without a task: `answered` is called once, with None for `busy`. Says the number of the question."""
        number = next(self.numbers)
        impatience = asyncio.get_running_loop().call_later(self.patience, self.give_up, number, "no_answer")
        self.waiting[number] = Question(answered, impatience)
        if not self.post(Letter(tenant, game, number, kind, **fields)):
            self.give_up(number, "postbox_full")
        return number

    def give_up(self, number: int, reason: str) -> None:
        metrics.BUSY.labels(reason).inc()
        self.settle(number, None)

    def settle(self, number: int, answer: Answer | None) -> None:
        question = self.waiting.pop(number, None)
        if question is None:
            return
        question.impatience.cancel()
        try:
            question.answered(None if answer is None or answer.code == "busy" else answer)
        except Exception:  # of one socket: the others have their answers in the same message
            logger.exception("postbox: an answer could not be taken")

    def post(self, letter: Letter) -> bool:
        """Joins the batch that waits for the running send to end: batching without timers, no delay when idle. False at the bound."""
        shard = topics.shard_of(letter.game, len(self.mailboxes))
        if len(self.pending[shard]) >= MOST_PENDING:
            return False
        self.pending[shard].append(letter)
        if shard not in self.sending:
            self.sending[shard] = asyncio.create_task(self.flush(shard), context=Context())
        return True

    async def flush(self, shard: int) -> None:
        try:
            while letters := self.pending.pop(shard, None):
                try:
                    await self.send_all(shard, letters)
                except Exception:  # the letters are lost, their senders hear `busy` and send again
                    self.complain(f"shard {shard}")
                    await asyncio.sleep(PAUSE)
        finally:
            del self.sending[shard]

    async def send_all(self, shard: int, letters: list[Letter]) -> None:
        for start in range(0, len(letters), LARGEST_BATCH):
            async with asyncio.timeout(self.patience):
                await self.send(self.mailboxes[shard], letters[start : start + LARGEST_BATCH])

    async def send(self, mailbox: str, letters: list[Letter]) -> None:
        """Whose sender has heard `busy` while the layer was stuck stays here: he sends again."""
        awaited = [letter for letter in letters if not letter.id or letter.id in self.waiting]
        if awaited:
            body = msgspec.msgpack.encode(Batch(self.channel, awaited))
            with metrics.LAYER_LETTERS.time():
                await self.layer.send(mailbox, {"type": "letters", "body": body})

    def hear(self, answers: Answers) -> None:
        for answer in answers.unpack():
            self.settle(answer.id, answer)

    async def stop(self) -> None:
        tasks = list(self.sending.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
