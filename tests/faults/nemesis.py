"""What goes wrong, and when, from a seed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from time import monotonic

from tests.faults.part import Part


class Nemesis:
    """Kills one of the processes now and then, and starts it again; counts what it did."""

    def __init__(self, parts: list[Part], rng: Random, pause: tuple[float, float], down: tuple[float, float] = (0.0, 0.3)) -> None:
        self.parts, self.rng, self.pause, self.down = parts, rng, pause, down
        self.kills = 0

    async def rage(self, goes_on: Callable[[], bool]) -> None:
        while goes_on():
            end = monotonic() + self.rng.uniform(*self.pause)
            while goes_on() and monotonic() < end:
                await asyncio.sleep(0.1)
            if goes_on():
                await self.strike(self.rng.choice(self.parts))

    async def strike(self, part: Part) -> None:
        """A process that is starting is no fair target: it holds nothing."""
        if not part.alive:
            return
        part.kill()
        self.kills += 1
        await asyncio.sleep(self.rng.uniform(*self.down))
        part.launch()
        await asyncio.to_thread(part.wait)
