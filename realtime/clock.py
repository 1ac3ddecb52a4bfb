"""One clock for all games of a process: the database's time, carried on by the monotonic clock (decision 6)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

logger = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two measurements
TOLERANCE = 2.0
NEAR = 0.1  # seconds that the first answer may take; the first question of all also opens the connection
TRIES = 5  # for the first measurement
AGREEMENT = 3  # measurements in a row that must agree with the next one, and with our wall clock, before another time is believed


class Time(Protocol):
    """What a game needs of the clock."""

    def now(self) -> float: ...

    @property
    def skewed(self) -> bool: ...


class Clock:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self.monotonic, self.wall = monotonic, wall
        self.offset = wall() - monotonic()
        self.doubts: list[float] = []  # offsets that have not been believed yet

    def now(self) -> float:
        return self.monotonic() + self.offset

    @property
    def skewed(self) -> bool:
        """The database's clock and ours have come apart: no game may decide anything that depends on time."""
        return bool(self.doubts)

    def measure(self, database: float, asked: float, answered: float) -> None:
        """`asked` and `answered` are monotonic: the database answered somewhere between the two."""
        if answered - asked > TOLERANCE:
            return  # too slow to say anything
        offset = database - (asked + answered) / 2
        agreeing = [doubt for doubt in self.doubts if abs(offset - doubt) <= TOLERANCE]
        if abs(offset - self.offset) <= TOLERANCE:  # no further than is certain: a slow answer says little
            self.offset, self.doubts = min(max(self.offset, database - answered), database - asked), []
            return
        if len(agreeing) >= AGREEMENT and abs(database - self.wall()) <= TOLERANCE:
            self.offset, self.doubts = offset, []
            return
        self.doubt(agreeing, offset)

    async def synchronise(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        asked = self.monotonic()
        database = await time_of_database()
        self.measure(database, asked, self.monotonic())

    async def start(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        """A first measurement that takes too long to say anything is made again, some times."""
        for _ in range(TRIES):
            asked = self.monotonic()
            database, answered = await time_of_database(), self.monotonic()
            if answered - asked <= NEAR:
                break
        else:
            logger.warning("clock: the database took %.1f s to say the time; it is believed all the same", answered - asked)
        offset = database - (asked + answered) / 2
        if abs(offset - self.offset) <= TOLERANCE + (answered - asked) / 2:
            self.offset = offset
            return
        self.doubt([], offset)

    def doubt(self, others: list[float], offset: float) -> None:
        self.doubts = [*others, offset][-AGREEMENT:]
        logger.critical("clock: the database is %.1f s away; games stand still", offset - self.offset)

    async def keep(self, time_of_database: Callable[[], Awaitable[float]]) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.synchronise(time_of_database)
            except Exception:
                logger.exception("clock: the database did not say the time; going on by our own")
