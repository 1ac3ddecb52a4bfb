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


class Busy(Exception):
    """Not known to be done; the sender asks again with the same ref."""


class Postbox:
    def __init__(self, layer: Any, mailboxes: list[str], patience: float = PATIENCE) -> None:
        self.layer, self.mailboxes, self.patience = layer, mailboxes, patience
        self.channel = ""  # where answers go
        self.waiting: dict[int, asyncio.Future[Answer]] = {}
        self.numbers = count(1)
        self.pending: dict[str, list[Letter]] = defaultdict(list)
        self.sending: dict[str, asyncio.Task[None]] = {}

    async def tell(self, tenant: int, game: int, kind: Kind, **fields: Any) -> Answer:
        """Raises Busy when no answer comes in time, or the engine says so itself."""
        number = next(self.numbers)
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting[number] = future
        try:
            self.post(Letter(tenant, game, number, kind, **fields))
            async with asyncio.timeout(self.patience):
                answer = await future
        except TimeoutError:
            raise Busy from None
        finally:
            del self.waiting[number]
        if answer.code == "busy":
            raise Busy
        return answer

    def post(self, letter: Letter) -> None:
        """Joins the batch that waits for the running send to end: batching without timers, no delay when idle."""
        mailbox = topics.mailbox_of(letter.game, self.mailboxes)
        self.pending[mailbox].append(letter)
        if mailbox not in self.sending:
            self.sending[mailbox] = asyncio.create_task(self.flush(mailbox))

    async def flush(self, mailbox: str) -> None:
        try:
            while letters := self.pending.pop(mailbox, None):
                for start in range(0, len(letters), LARGEST_BATCH):
                    await self.send(mailbox, letters[start : start + LARGEST_BATCH])
        except Exception:  # the letters are lost, their senders hear `busy` and send again
            logger.exception("postbox: the layer did not take letters for %s", mailbox)
        finally:
            del self.sending[mailbox]

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
