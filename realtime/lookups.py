"""What sockets ask of the database while they come in: bounded in time and in number, so that a hung one keeps nobody waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from realtime.postbox import Busy

LONGEST = 2.0  # seconds for an answer; whoever asked is told to come back
MOST = 4096  # questions that wait at a time

P = ParamSpec("P")
T = TypeVar("T")


class Lookups:
    """One per process."""

    def __init__(self, longest: float | None = None, most: int | None = None) -> None:
        self.longest, self.most = longest or LONGEST, most or MOST
        self.waiting = 0

    async def ask(self, question: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises Busy. A question that no thread has begun is taken back with it."""
        if self.waiting >= self.most:
            raise Busy
        self.waiting += 1
        try:
            async with asyncio.timeout(self.longest):
                return await question(*args, **kwargs)
        except TimeoutError as error:
            raise Busy from error
        finally:
            self.waiting -= 1
