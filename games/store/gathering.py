"""Questions that are asked together: while one call is under way all who come wait, and the next call asks for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Generic, TypeVar

MOST = 500  # in one call

A = TypeVar("A")
R = TypeVar("R")


class Gathering(Generic[A, R]):
    """`call` answers a list with a list. How many may wait is for whoever lets them ask (`realtime.lookups`)."""

    def __init__(self, call: Callable[[list[A]], Awaitable[list[R]]]) -> None:
        self.call = call
        self.waiting: list[tuple[A, asyncio.Future[R]]] = []
        self.task: asyncio.Task[None] | None = None

    async def ask(self, about: A) -> R:
        """Raises what the call raised."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self.waiting.append((about, answer))
        if self.task is None:
            self.task = asyncio.create_task(self.work(), context=Context())  # it speaks for no one of them
        return await answer

    async def work(self) -> None:
        try:
            while self.waiting:
                batch, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
                await self.settle([(about, answer) for about, answer in batch if not answer.done()])  # who has gone is not asked for
        finally:
            self.task = None

    async def settle(self, batch: list[tuple[A, asyncio.Future[R]]]) -> None:
        try:
            found = await self.call([about for about, _ in batch])
        except Exception as error:
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), each in zip(batch, found, strict=True):
            if not answer.done():
                answer.set_result(each)
