"""Everybody comes, sits still, and, when asked, is thrown out by a crash and comes back with what he knew.

Prints a line when all are there; then the server may be killed. Comes to its end when all are back.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from typing import Any

import picows

from benchmarks import measure
from benchmarks.load import main
from benchmarks.load.crowd import Ear, connect, gather
from benchmarks.load.dialects import Plain, SoBuzz, dialect

STILL = 3.0  # seconds until what a handshake needed is given back
FIRST, GROWTH, LONGEST = 0.5, 2.0, 30.0  # seconds before coming back, each time up to so much: as the browser client has it
PATIENCE = 300.0


class Guest(Ear):
    """One visit of a person; the next visit is another guest with the same number."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.gone = asyncio.get_running_loop().create_future()

    def on_ws_connected(self, transport: Any) -> None:
        super().on_ws_connected(transport)
        if hello := self.person.hello():
            self.say(hello)
        if not self.person.words.greets:
            self.ready.set_result(b"")

    def on_ws_disconnected(self, transport: Any) -> None:
        super().on_ws_disconnected(transport)
        if not self.gone.done():
            self.gone.set_result(None)

    def hear(self, payload: bytes) -> None:
        if not self.ready.done():
            if self.person.words.welcomed(payload):
                self.ready.set_result(payload)
        elif pong := self.person.words.answer(payload):
            self.say(pong)


class Person:
    def __init__(self, words: Plain, number: int) -> None:
        self.words, self.number = words, number
        self.line: str | None = None
        self.seq: int | None = None
        self.guest: Guest | None = None
        self.visits = 0

    def hello(self) -> str | None:
        if isinstance(self.words, SoBuzz):
            return self.words.player_hello(self.number, self.line, self.seq)
        return self.words.hello()

    async def come(self) -> float:
        """How long it took until the server had welcomed him."""
        begun = time.perf_counter()
        self.visits += 1
        self.guest = await connect(lambda: Guest(self), self.words.url, self.words.subprotocol)
        async with asyncio.timeout(30):
            welcome = await self.guest.ready
        if isinstance(self.words, SoBuzz):
            frame = json.loads(welcome)
            self.line, self.seq = frame.get("line", self.line), frame["seq"]
        return time.perf_counter() - begun

    async def come_back(self, away: asyncio.Event) -> float:
        """How long he was away, as a browser comes back: soon, then less and less soon."""
        assert self.guest is not None
        await self.guest.gone
        away.set()
        begun, pause = time.perf_counter(), FIRST
        while True:
            await asyncio.sleep(random.uniform(0, pause))
            try:
                await self.come()
                return time.perf_counter() - begun
            except (OSError, TimeoutError, picows.WSError, asyncio.IncompleteReadError):
                pause = min(pause * GROWTH, LONGEST)


async def run(asked: dict[str, Any]) -> dict[str, Any]:
    words, pids = dialect(asked["system"]), asked["pids"]
    await Person(words, asked["sockets"] + 1).come()  # what the first of all costs belongs to nobody
    await asyncio.sleep(1)
    people = [Person(words, number) for number in range(1, asked["sockets"] + 1)]
    before, cpu, begun = measure.rss_kib(pids), measure.cpu_seconds(pids), time.perf_counter()
    waits = await gather([person.come for person in people])
    lasted, spent = time.perf_counter() - begun, measure.cpu_seconds(pids) - cpu
    await asyncio.sleep(STILL)
    found = {
        "kib_per_socket": round((measure.rss_kib(pids) - before) / len(people), 1),
        "connects_per_second": round(len(people) / lasted),
        "us_per_connect": round(spent / len(people) * 1e6),
        **{f"connect_{name}": value for name, value in measure.milliseconds(waits).items()},
    }
    if asked["storm"]:
        found |= await storm(people)
    return found


async def storm(people: list[Person]) -> dict[str, Any]:
    away = asyncio.Event()
    visits = sum(person.visits for person in people)
    returning = asyncio.gather(*(person.come_back(away) for person in people))
    print("here", flush=True)
    await away.wait()
    begun = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        waits = await returning
    return {
        "seconds_until_back": round(time.perf_counter() - begun, 2),
        **{f"away_{name}": value for name, value in measure.milliseconds(waits).items()},
        "visits_per_socket": round((sum(person.visits for person in people) - visits) / len(people), 2),
    }


if __name__ == "__main__":
    random.seed(1)
    main(run)
