"""The store's threads, with a watch in hand: how long a call waits for a thread and its connection, and how long it takes."""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from games.store.threads import Threads
from realtime import metrics

P = ParamSpec("P")
T = TypeVar("T")


class Measured(Threads):
    async def run(self, tenant: int | None, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        asked = time.perf_counter()

        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            metrics.STORE_WAIT.observe(time.perf_counter() - asked)
            with metrics.STORE.labels(function.__name__).time():
                return function(*args, **kwargs)

        return await super().run(tenant, timed, *args, **kwargs)
