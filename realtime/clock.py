"""One clock for all games of a process: the database's time, carried on by the monotonic clock (decision 6)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two measurements
TOLERANCE = 2.0
AGREEMENT = 3  # measurements in a row that must agree on another time before it is believed


class Clock:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.offset = time.time() - monotonic()
        self.doubts = 0

    def now(self) -> float:
        return self.monotonic() + self.offset

    @property
    def skewed(self) -> bool:
        """The database's clock and ours have come apart: no game may decide anything that depends on time."""
        return self.doubts > 0

    def measure(self, database: float, asked: float, answered: float) -> None:
        """`asked` and `answered` are monotonic: the database answered somewhere between the two."""
        offset = database - (asked + answered) / 2
        if self.doubts < AGREEMENT and abs(offset - self.offset) > TOLERANCE:
            self.doubts += 1
            logger.critical("clock: the database is %.1f s away; games stand still", offset - self.offset)
            return
        self.offset, self.doubts = offset, 0

    async def synchronise(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        asked = self.monotonic()
        database = await time_of_database()
        self.measure(database, asked, self.monotonic())

    async def start(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        """The first measurement is believed as it is."""
        asked = self.monotonic()
        self.offset = await time_of_database() - (asked + self.monotonic()) / 2

    async def keep(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.synchronise(time_of_database)
            except Exception:
                logger.exception("clock: the database did not say the time; going on by our own")
