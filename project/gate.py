"""The gate in front of everything that works in threads: so many requests at a time, each on a lane; the rest wait their turn.

Django gives each request a thread, and each thread a connection to the database, without any bound: a hall that scans one code
would ask PostgreSQL for more connections than it has, and hundreds of threads would take the processor from the loop that serves
the sockets. A lane is one thread that keeps its connection from one request to the next.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from asgiref.sync import ThreadSensitiveContext
from django.db import DEFAULT_DB_ALIAS, connections
from prometheus_client import Counter, Gauge

from realtime.metrics import registry

PATIENCE = 30.0  # seconds a request waits; whoever asked has given up by then

STANDING = Gauge("sobuzz_gate_waiting", "Requests that wait for a lane.", ["gate"], registry=registry)
FREE = Gauge("sobuzz_gate_free_lanes", "Lanes that no request is on.", ["gate"], registry=registry)
FULL = Counter("sobuzz_gate_full", "Requests that were told to come back later.", registry=registry)


class Full(Exception):
    """So many wait already, or one has waited for so long, that coming back later is better."""


class Lane(ThreadPoolExecutor):
    def __init__(self, name: str) -> None:
        super().__init__(1, thread_name_prefix=name)


class Gate:
    """For one loop. `places` lanes, at most `waiting` requests in front of them; first come, first served."""

    def __init__(self, name: str, places: int, waiting: int, patience: float = PATIENCE) -> None:
        self.lanes = [Lane(f"{name}-{number}") for number in range(places)]
        self.most, self.patience = waiting, patience
        self.waiting = 0
        self.free: asyncio.LifoQueue[Lane] = asyncio.LifoQueue()  # the last one used has the warmest connection
        for lane in self.lanes:
            self.free.put_nowait(lane)
        STANDING.labels(name).set_function(lambda: self.waiting)
        FREE.labels(name).set_function(self.free.qsize)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """What is synchronous inside runs on one lane. Raises Full."""
        lane = await self.take()
        try:
            async with ThreadSensitiveContext(executor=lane):
                yield
        finally:
            self.give_back(lane)

    async def take(self) -> Lane:
        if self.waiting >= self.most and self.free.empty():
            raise Full
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                return await self.free.get()
        except TimeoutError:
            raise Full from None
        finally:
            self.waiting -= 1

    def give_back(self, lane: Lane) -> None:
        """Behind whatever still runs on it: who hung up in the middle leaves his work there, and nobody else may stand in it."""
        loop = asyncio.get_running_loop()
        lane.submit(settle).add_done_callback(lambda _: loop.call_soon_threadsafe(self.free.put_nowait, lane))

    def close(self) -> None:
        """Waits for what is under way, so a loop calls it from a thread."""
        for lane in self.lanes:
            lane.submit(connections.close_all)
            lane.shutdown()


def settle() -> None:
    """Keeps the connection for the next request, whatever CONN_MAX_AGE says; who comes next looks whether it still lives."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_at = None
    connection.health_check_enabled = True  # type: ignore[attr-defined]
    connection.close_if_unusable_or_obsolete()
