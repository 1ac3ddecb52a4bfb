"""Players who play: closed loop (each plays again as soon as he has his answer) and open loop (plays come when they come).

In the open loop a play's latency counts from when it was due, not from when the load found the time to send it: a server that stands
still is charged for all who came meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

from benchmarks import measure
from benchmarks.load import main
from benchmarks.load.crowd import Ear, connect, gather
from benchmarks.load.dialects import SoBuzz, Tutorial, dialect

QUOTA = 95  # plays of one player; the game allows a hundred a day
STEP = 0.001
DRAIN = 15.0  # seconds for the last answers of an open loop

Words = SoBuzz | Tutorial


class Player(Ear):
    def __init__(self, hall: Hall, number: int) -> None:
        super().__init__()
        self.hall, self.number, self.played = hall, number, 0

    def on_ws_connected(self, transport: Any) -> None:
        super().on_ws_connected(transport)
        if hello := self.hall.words.player_hello(self.number):
            self.say(hello)
        else:
            self.ready.set_result(b"")

    def hear(self, payload: bytes) -> None:
        if not self.ready.done():
            if self.hall.words.welcomed(payload):
                self.ready.set_result(payload)
        elif reply := self.hall.words.reply(payload):
            self.hall.answered(self, *reply)
        elif pong := self.hall.words.answer(payload):
            self.say(pong)

    def play(self, due: float) -> None:
        self.played += 1
        ref = f"{self.number}-{self.played}"
        self.hall.due[ref] = due
        self.say(self.hall.words.play(ref))


class Hall:
    """All players of one load, and what they met."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.due: dict[str, float] = {}
        self.latencies: list[float] = []
        self.counts: Counter[str] = Counter()
        self.closed = True
        self.over = asyncio.Event()

    def answered(self, player: Player, ref: str, good: bool) -> None:
        now = time.perf_counter()
        due = self.due.pop(ref, None)
        if due is not None and good:
            self.latencies.append(now - due)
        self.counts["taken" if good else "refused"] += 1
        if not self.closed or self.over.is_set():
            return
        if player.played >= QUOTA:
            self.over.set()
        else:
            player.play(now)

    def forget(self) -> None:
        """What came before does not count."""
        self.latencies, self.counts = [], Counter()

    async def drained(self) -> None:
        """Every answer is in, or so late that it is counted as none."""
        end = time.perf_counter() + DRAIN
        while self.due and time.perf_counter() < end:  # noqa: ASYNC110 - the answers must not have to tell anybody
            await asyncio.sleep(STEP)

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.over.wait()
        except TimeoutError:
            return


async def closed(hall: Hall, players: list[Player], asked: dict[str, Any]) -> None:
    for player in players:
        player.play(time.perf_counter())
    await hall.wait(min(1.0, asked["seconds"] / 3))
    hall.forget()
    asked["begin"]()
    await hall.wait(asked["seconds"])
    asked["end"]()


async def opened(hall: Hall, players: list[Player], asked: dict[str, Any]) -> None:
    hall.closed = False
    await arrivals(hall, players, asked["rate"], min(1.0, asked["seconds"] / 3))
    hall.forget()
    asked["begin"]()
    await arrivals(hall, players, asked["rate"], asked["seconds"])
    await hall.drained()
    asked["end"]()


async def arrivals(hall: Hall, players: list[Player], rate: float, seconds: float) -> None:
    """Evenly spread, each by the next player; what is late is sent at once and keeps the time it was due."""
    begun, sent = time.perf_counter(), 0
    while sent < seconds * rate:
        now = time.perf_counter()
        while sent < seconds * rate and begun + sent / rate <= now:
            players[sent % len(players)].play(begun + sent / rate)
            sent += 1
        await asyncio.sleep(STEP)


async def run(asked: dict[str, Any]) -> dict[str, Any]:
    words: Any = dialect(asked["system"])
    hall, marks, pids = Hall(words), [], asked["pids"]
    numbers = range(asked["first"], asked["first"] + asked["players"])
    players = await gather([lambda number=number: join(hall, number) for number in numbers])
    await asyncio.sleep(0.5)
    asked["begin"] = asked["end"] = lambda: marks.append(
        (time.perf_counter(), measure.cpu_seconds(pids), measure.loop_seconds(pids), time.process_time())
    )
    await (closed if asked["mode"] == "closed" else opened)(hall, players, asked)
    lasted, spent, looped, own = (after - before for before, after in zip(*marks, strict=True))
    taken = len(hall.latencies)
    return {
        "plays_per_second": round(taken / lasted, 1),
        **measure.milliseconds(hall.latencies),
        "us_per_play": round(spent / max(1, taken) * 1e6, 1),
        "loop_us_per_play": round(looped / max(1, taken) * 1e6, 1),
        "plays": taken,
        "refused": hall.counts["refused"],
        "unanswered": 0 if hall.closed else len(hall.due),
        **({} if hall.closed else {"rate_per_second": round(asked["rate"], 1)}),
        "server_busy_percent": round(spent / lasted * 100),
        "client_busy_percent": round(own / lasted * 100),
    }


async def join(hall: Hall, number: int) -> Player:
    player = await connect(lambda: Player(hall, number), hall.words.player_url(number), hall.words.subprotocol)
    async with asyncio.timeout(60):
        await player.ready
    return player


if __name__ == "__main__":
    main(run)
