"""How fast a client may speak: a bucket of credits that fills again with time."""

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_OPEN = 8  # commands of one socket that wait for their answer (decision 22)


class Bucket:
    """`burst` at once, `rate` a second in the long run (decision 42)."""

    def __init__(self, rate: float = 10, burst: float = 20, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self.credits, self.at = burst, clock()

    def take(self) -> bool:
        now = self.clock()
        self.credits = min(self.burst, self.credits + (now - self.at) * self.rate)
        self.at = now
        if self.credits < 1:
            return False
        self.credits -= 1
        return True


class Buckets:
    """One bucket for each address; the longest unused are forgotten, so memory is bounded."""

    def __init__(self, rate: float, burst: float, most: int = 50_000, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self.most, self.clock = rate, burst, most, clock
        self.buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str) -> bool:
        bucket = self.buckets.pop(address, None) or Bucket(self.rate, self.burst, self.clock)
        self.buckets[address] = bucket
        if len(self.buckets) > self.most:
            self.buckets.popitem(last=False)
        return bucket.take()
