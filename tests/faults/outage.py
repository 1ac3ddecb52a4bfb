"""Something that everybody needs is lost for a while, and comes back, while people play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from time import monotonic, time
from typing import NamedTuple

from tests.faults import history
from tests.faults.cluster import Stage
from tests.faults.part import Part
from tests.faults.players import Player
from tests.faults.scale import SEED

IN_FLIGHT = 0.5  # seconds in which what was on its way still arrives
SOON = 5.0  # seconds until everybody plays again


class Outage(NamedTuple):
    name: str
    lose: Callable[[], None]
    back: Callable[[], None]  # in the main thread: servers die with the thread that started them
    ready: Callable[[], None] = lambda: None
    silent: bool = True  # nothing may be announced meanwhile
    after: Callable[[], None] = lambda: None  # when everybody plays again


class Met(NamedTuple):
    """One outage: when, and how long after it the last player had an answer."""

    name: str
    silent: bool
    lost: float
    back: float
    again: float


class Pulse:
    """Asks a page again and again; how long it took, and what was answered."""

    def __init__(self, part: Part, path: str, timeout: float) -> None:
        self.part, self.path, self.timeout = part, path, timeout
        self.beats: list[tuple[float, float, int]] = []  # when, how long, status

    async def beat(self, goes_on: Callable[[], bool]) -> None:
        while goes_on():
            at, begun = time(), monotonic()
            status = await asyncio.to_thread(self.part.answer, self.path, self.timeout)
            self.beats.append((at, monotonic() - begun, status))
            await asyncio.sleep(0.1)

    def between(self, lost: float, back: float) -> list[int]:
        """Asked and answered between the two."""
        return [status for at, wait, status in self.beats if lost < at and at + wait < back]

    def told(self, lost: float, back: float) -> list[int]:
        """Answered between the two, also to who had asked a moment before: his question hangs longest."""
        return [status for at, wait, status in self.beats if lost < at + wait < back]


async def suffer(
    stage: Stage, outages: list[Outage], people: int, seconds: float, again: float = 0.1
) -> tuple[list[Player], list[Met], list[Pulse]]:
    """Everybody plays; one outage after the other; after each we wait until everybody has been answered again.

    `again`: how often somebody asks for what he was told before.
    """
    rng, over, met = Random(SEED), asyncio.Event(), []
    players = [Player(stage, number, Random(rng.random())) for number in range(1, people + 1)]
    pulses = [Pulse(stage.cluster.webs[0], "healthz", 2), Pulse(stage.cluster.webs[0], "readyz", 5)]

    def goes_on() -> bool:
        return not over.is_set()

    async with asyncio.TaskGroup() as group:
        for pulse in pulses:
            group.create_task(pulse.beat(goes_on))
        for player in players:
            group.create_task(player.play(goes_on, again))
        for outage in outages:
            await asyncio.sleep(1)
            lost = time()
            await asyncio.to_thread(outage.lose)
            await asyncio.sleep(seconds)
            back = time()
            outage.back()
            await asyncio.to_thread(outage.ready)
            met.append(Met(outage.name, outage.silent, lost, back, await answered_again(players)))
            outage.after()
        over.set()
    return players, met, pulses


async def answered_again(players: list[Player]) -> float:
    """Seconds from now until everybody has had an answer."""
    before, begun = {player: player.answered for player in players}, monotonic()
    while any(player.answered == before[player] for player in players) and monotonic() < begun + 4 * SOON:
        await asyncio.sleep(0.02)
    return monotonic() - begun


def faults(stage: Stage, met: list[Met]) -> list[str]:
    lines = history.of(history.read(stage.cluster.histories), "ok", "info")
    found = []
    for outage in met:
        early = [line for line in lines if line.kind == "ok" and outage.lost + IN_FLIGHT < line.at < outage.back]
        if outage.silent and early:
            found.append(
                f"{outage.name}: {len(early)} outcomes were announced meanwhile, {early[0].at - outage.lost:.2f} s after it was lost."
            )
        if outage.again > SOON:
            found.append(f"{outage.name}: everybody was answered {outage.again:.1f} s after it was back.")
    if closed := {line.value for line in lines if line.kind == "info" and line.value.startswith("ConnectionClosed")}:
        found.append(f"sockets were closed: {closed}.")
    return found
