"""One event to many sockets: one at a time, or with several outstanding; what the server's processes spent on each delivery."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks import measure
from benchmarks.load import main
from benchmarks.load.crowd import Ear, connect, gather
from benchmarks.load.dialects import Plain, SoBuzz, dialect

TIMED = 10  # one socket in so many tells when its deliveries came; all are counted
STUCK = 60.0  # seconds without an event that everyone has: deliveries were lost
Numbers = tuple[int, ...]


class Follower(Ear):
    """One of the many. The operator of a game is one too, but does not count."""

    def __init__(self, fan: Fan, hello: str | None, timed: bool, counts: bool) -> None:
        super().__init__()
        self.fan, self.hello, self.timed, self.counts = fan, hello, timed, counts

    def on_ws_connected(self, transport: Any) -> None:
        super().on_ws_connected(transport)
        if self.hello:
            self.say(self.hello)
        if not self.fan.words.greets:
            self.ready.set_result(b"")

    def hear(self, payload: bytes) -> None:
        if self.fan.flying and self.counts:
            self.fan.hear(self, payload)
        elif not self.ready.done() and self.fan.words.welcomed(payload):
            self.ready.set_result(payload)
        elif reply := self.fan.words.answer(payload):
            self.say(reply)


class Fan:
    """Counts every event on every socket; sends the next one the moment that everybody has the last."""

    def __init__(self, words: Plain, sockets: int) -> None:
        self.words, self.sockets = words, sockets
        self.causes: Iterator[str] = words.causes()
        self.spans: dict[bytes, Numbers] = {}
        self.base = 0  # the number of the last event before our first
        self.sent: list[float] = []
        self.left: list[int] = []
        self.samples: list[float] = []
        self.flying = 0  # events that somebody has not got yet
        self.until = 0.0
        self.over: asyncio.Future[None] | None = None
        self.voice: Ear | None = None

    def hear(self, ear: Follower, payload: bytes) -> None:
        """Runs for each delivery, so it does little: the load must not be slower than what it measures."""
        covered = self.spans.get(payload)
        if covered is None:
            covered = self.learn(ear, payload)
        left = self.left
        for number in covered:
            left[number] -= 1
            if ear.timed:
                self.samples.append(time.perf_counter() - self.sent[number])
            if not left[number]:
                self.landed()

    def learn(self, ear: Follower, payload: bytes) -> Numbers:
        """All sockets get the same bytes: each frame is read once."""
        if reply := self.words.answer(payload):
            ear.say(reply)
            return ()
        span = self.words.span(payload)
        found = tuple(range(span[0] - self.base, span[1] - self.base)) if span else ()
        self.spans[payload] = found
        return found

    def landed(self) -> None:
        self.flying -= 1
        if time.perf_counter() < self.until:
            self.send()
        elif not self.flying and self.over and not self.over.done():
            self.over.set_result(None)

    def send(self) -> None:
        assert self.voice is not None
        self.flying += 1
        self.left.append(self.sockets)
        self.sent.append(time.perf_counter())
        self.voice.say(next(self.causes))

    async def window(self, seconds: float, outstanding: int) -> None:
        self.samples, self.spans = [], {}
        self.over = asyncio.get_running_loop().create_future()
        self.until = time.perf_counter() + seconds
        for _ in range(outstanding):
            self.send()
        async with asyncio.timeout(seconds + STUCK):
            await self.over

    async def measured(self, seconds: float, outstanding: int, pids: list[int]) -> dict[str, Any]:
        await self.window(min(1.0, seconds / 3), outstanding)  # warm
        cpu, loops, own, begun = measure.cpu_seconds(pids), measure.loop_seconds(pids), time.process_time(), time.perf_counter()
        await self.window(seconds, outstanding)
        lasted = time.perf_counter() - begun
        spent, looped, own = measure.cpu_seconds(pids) - cpu, measure.loop_seconds(pids) - loops, time.process_time() - own
        told = [payload for payload, covered in self.spans.items() if covered]
        events = sum(map(len, self.spans.values()))
        deliveries = events * self.sockets
        return {
            "us_per_event": round(spent / deliveries * 1e6, 2),
            "loop_us_per_event": round(looped / deliveries * 1e6, 2),
            "deliveries_per_second": round(deliveries / lasted),
            "events_per_second": round(events / lasted, 1),
            **measure.milliseconds(self.samples),
            "bytes_per_event": round(sum(map(len, told)) / events),
            "events_per_frame": round(events / len(told), 2),
            "us_per_frame": round(spent / (len(told) * self.sockets) * 1e6, 2),
            "frames_per_second": round(len(told) * self.sockets / lasted),
            "outstanding": outstanding,
            "server_busy_percent": round(spent / lasted * 100),
            "client_busy_percent": round(own / lasted * 100),
        }


async def run(asked: dict[str, Any]) -> dict[str, Any]:
    words, pids = dialect(asked["system"]), asked["pids"]
    fan = Fan(words, asked["sockets"])
    followers = await gather([partial(follow, fan, number) for number in range(1, asked["sockets"] + 1)])
    fan.voice = followers[0]
    if isinstance(words, SoBuzz):
        fan.voice = await join(fan, words.operator_url, Follower(fan, words.operator_hello(), timed=False, counts=False))
        fan.base = words.position(fan.voice.ready.result())
    await asyncio.sleep(0.5)
    return {mode: await fan.measured(asked["seconds"], outstanding, pids) for mode, outstanding in asked["modes"].items()}


async def follow(fan: Fan, number: int) -> Follower:
    hello = fan.words.player_hello(number) if isinstance(fan.words, SoBuzz) else fan.words.hello()
    return await join(fan, fan.words.url, Follower(fan, hello, timed=number % TIMED == 0, counts=True))


async def join(fan: Fan, url: str, ear: Follower) -> Follower:
    await connect(lambda: ear, url, fan.words.subprotocol)
    async with asyncio.timeout(120):
        await ear.ready
    return ear


if __name__ == "__main__":
    main(run)
