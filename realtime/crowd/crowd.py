"""The crowd: bots that arrive at a rate, stay a while and leave; and the report of what they met."""

import asyncio
from collections.abc import Callable
from random import Random
from statistics import quantiles
from typing import NamedTuple

from realtime.crowd.bot import Bot, Diary, Place


class Plan(NamedTuple):
    """How a crowd comes."""

    bots: int
    rate: float  # arrivals a second
    stay: float  # seconds that a bot stays on average
    patience: tuple[float, float]  # seconds between two looks of a bot at its phone


class Over(Exception):
    """Nobody can join any more."""


Admit = Callable[[int], Callable[[], str]]  # the bot of that number joins; what it gets makes its tickets; or it raises Over


async def gather(place: Place, plan: Plan, admit: Admit, diary: Diary, rng: Random) -> None:
    """Until every bot has come and gone; when the game is over nobody more comes. What they met is in the diary at any time."""
    async with asyncio.TaskGroup() as bots:
        for number in range(plan.bots):
            try:
                ticket = await asyncio.to_thread(admit, number)
            except Over:
                break
            diary.joined += 1
            bots.create_task(Bot(place, ticket, diary, rng, plan.patience).live(rng.uniform(0.5, 1.5) * plan.stay))
            await asyncio.sleep(rng.expovariate(plan.rate))


def percentiles(latencies: list[float]) -> tuple[float, float]:
    """Median and 99th, in milliseconds."""
    if len(latencies) < 2:
        return (0.0, 0.0) if not latencies else (latencies[0] * 1000, latencies[0] * 1000)
    cut = quantiles(latencies, n=100)
    return cut[49] * 1000, cut[98] * 1000
