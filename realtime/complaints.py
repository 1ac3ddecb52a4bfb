"""A trouble that lasts is said at once, and then now and then with how often it was met: a lost layer must not fill a disk."""

import logging
import time
from collections.abc import Callable

EVERY = 10.0  # seconds


class Complaint:
    def __init__(self, logger: logging.Logger, text: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`text` has one %s, for what the trouble is about."""
        self.logger, self.text, self.clock = logger, text, clock
        self.since, self.times = -EVERY, 0

    def __call__(self, about: object) -> None:
        """From within `except`."""
        self.times += 1
        if self.clock() - self.since < EVERY:
            return
        again = f" ({self.times} times)" if self.times > 1 else ""
        self.logger.error(self.text + "%s", about, again, exc_info=True)
        self.since, self.times = self.clock(), 0
