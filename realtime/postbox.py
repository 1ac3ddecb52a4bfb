"""Letters to engines, in batches, and the answers to them."""

import asyncio
import logging
from collections import defaultdict
from itertools import count
from typing import Any

import msgspec

from realtime import topics
from realtime.letters import Answer, Answers, Batch, Kind, Letter

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds without an answer, then `busy` (decision 23)
LARGEST_BATCH = 500
MOST_PENDING = 4_000  # letters that wait for the layer, for one shard; above it the sender hears `busy` at once


class Busy(Exception):
    """Not known to be done; the sender asks again with the same ref."""


def give_up(future: asyncio.Future[Answer]) -> None:
    """A timer for each letter instead of `asyncio.timeout`, which costs a third of the whole question."""
    if not future.done():
        future.set_exception(Busy())


class Postbox:
    def __init__(self, layer: Any, mailboxes: list[str], patience: float = PATIENCE) -> None:
        self.layer, self.mailboxes, self.patience = layer, mailboxes, patience
        self.channel = ""  # where answers go
        self.waiting: dict[int, asyncio.Future[Answer]] = {}
        self.numbers = count(1)
        self.pending: dict[int, list[Letter]] = defaultdict(list)
        self.sending: dict[int, asyncio.Task[None]] = {}

    async def tell(self, tenant: int, game: int, kind: Kind, **fields: Any) -> Answer:
        """Raises Busy when no answer comes in time, or the engine says so itself."""
        number, loop = next(self.numbers), asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        self.waiting[number] = future
        impatience = loop.call_later(self.patience, give_up, future)
        try:
            if not self.post(Letter(tenant, game, number, kind, **fields)):
                raise Busy
            answer = await future
        finally:
            impatience.cancel()
            del self.waiting[number]
        if answer.code == "busy":
            raise Busy
        return answer

    def post(self, letter: Letter) -> bool:
        """Joins the batch that waits for the running send to end: batching without timers, no delay when idle. False at the bound."""
        shard = topics.shard_of(letter.game, len(self.mailboxes))
        if len(self.pending[shard]) >= MOST_PENDING:
            return False
        self.pending[shard].append(letter)
        if shard not in self.sending:
            self.sending[shard] = asyncio.create_task(self.flush(shard))
        return True

    async def flush(self, shard: int) -> None:
        try:
            while letters := self.pending.pop(shard, None):
                for start in range(0, len(letters), LARGEST_BATCH):
                    async with asyncio.timeout(self.patience):
                        await self.send(self.mailboxes[shard], letters[start : start + LARGEST_BATCH])
        except Exception:  # the letters are lost, their senders hear `busy` and send again
            logger.exception("postbox: the layer did not take letters for shard %s", shard)
        finally:
            del self.sending[shard]

    async def send(self, mailbox: str, letters: list[Letter]) -> None:
        """Whose sender has heard `busy` while the layer was stuck stays here: he sends again."""
        awaited = [letter for letter in letters if not letter.id or letter.id in self.waiting]
        if awaited:
            body = msgspec.msgpack.encode(Batch(self.channel, awaited))
            await self.layer.send(mailbox, {"type": "letters", "body": body})

    def hear(self, answers: Answers) -> None:
        for answer in answers.unpack():
            future = self.waiting.get(answer.id)
            if future and not future.done():
                future.set_result(answer)

    async def stop(self) -> None:
        tasks = list(self.sending.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
