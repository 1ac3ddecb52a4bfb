"""The event loop's pulse: whoever holds the loop up holds everybody up, so its lateness is measured and said (decision 34: one loop)."""

import asyncio
import logging
import math
import time
from collections.abc import Callable

from realtime import metrics

logger = logging.getLogger(__name__)

EVERY = 0.1  # seconds between two beats
ALARMING = 0.25  # seconds of lateness that people feel
SAID_EVERY = 10.0  # seconds between two lines about it, of which each names the worst
STUCK = 10.0  # seconds without a beat: nothing works here any more


class Pulse:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.last = monotonic()
        self.worst = 0.0
        self.said = -math.inf

    async def keep(self) -> None:
        self.last = self.monotonic()
        while True:
            await asyncio.sleep(EVERY)
            self.beat()

    def beat(self) -> None:
        now = self.monotonic()
        late = max(0.0, now - self.last - EVERY)
        self.last = now
        metrics.LAG.observe(late)
        self.worst = max(self.worst, late)
        if self.worst > ALARMING and now - self.said >= SAID_EVERY:
            logger.warning("loop: something held it up for %.2f s", self.worst)
            self.said, self.worst = now, 0.0

    @property
    def silent(self) -> float:
        """Asked from another thread, for who sits on the loop does not hear us."""
        return self.monotonic() - self.last

    @property
    def stuck(self) -> bool:
        return self.silent > STUCK
