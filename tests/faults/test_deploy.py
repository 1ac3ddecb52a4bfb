"""P30: every process is replaced, one after the other, while everybody plays: nothing is lost, and all hear when to come back."""

import asyncio
from contextlib import suppress
from random import Random
from time import monotonic

import pytest

from tests.faults import checker, history
from tests.faults.cluster import Cluster
from tests.faults.part import Part
from tests.faults.players import LOST, Player
from tests.faults.scale import SEED, SOAK, count, lasting
from tests.faults.test_race import prizes

pytestmark = [pytest.mark.fault, lasting(120, 900)]

PEOPLE = count(16, 64)
ROUNDS = count(1, 5)
RETURN = (0.0, 10.0)  # seconds


class Guest(Player):
    """Hears the farewell; comes back at once, for a test has less time than people."""

    def __init__(self, *given, **named) -> None:
        super().__init__(*given, **named)
        self.byes: list[float] = []

    async def receive(self) -> dict:
        while (frame := await super().receive())["t"] == "bye":
            self.byes.append(frame["after"])
        return frame

    async def drop(self) -> None:
        """What came before the close and was not read yet is read now."""
        with suppress(*LOST):
            async with asyncio.timeout(0.2):
                while self.socket:
                    await self.receive()
        await super().drop()


async def replaced(part: Part) -> int:
    """As a rolling deploy does: it is asked to leave, and a new one is there before the next has to go."""
    assert part.process is not None
    code = await asyncio.to_thread(part.leave)
    part.launch()
    await asyncio.to_thread(part.wait)
    return code


def everybody(cluster: Cluster) -> list[Part]:
    """In the short run one of two engines: the other is replaced in the same way."""
    return [*cluster.webs, *(cluster.engines if SOAK else cluster.engines[:1])]


async def deploy(stage) -> tuple[list[Guest], list[int]]:
    rng, over, codes = Random(SEED), asyncio.Event(), []

    def doors() -> list[str]:
        """A proxy in front sends nobody to a process that does not listen."""
        return [web.url for web in stage.cluster.webs if web is not leaving] or [web.url for web in stage.cluster.webs]

    leaving: Part | None = None
    guests = [Guest(stage, number, Random(rng.random()), doors) for number in range(1, PEOPLE + 1)]
    async with asyncio.TaskGroup() as group:
        for guest in guests:
            group.create_task(guest.play(lambda: not over.is_set()))
        for part in everybody(stage.cluster) * ROUNDS:
            await asyncio.sleep(1)
            leaving = part
            codes.append(await replaced(part))
            leaving = None
        await asyncio.sleep(1)
        over.set()
    return guests, codes


@pytest.mark.promise("P30")
def test_a_rolling_deploy_loses_no_play_and_says_when_to_come_back(cluster, figure):
    crowd = cluster(webs=2, engines=2)
    stage = crowd.game("race", prizes(500), PEOPLE, opens=-240, closes=count(600, 3600))
    begun = monotonic()
    guests, codes = asyncio.run(deploy(stage))
    assert set(codes) == {0}, "a clean end"
    assert checker.faults(history.read(crowd.histories), stage.final()) == []
    crowd.invariants()
    assert crowd.complaints() == []
    byes = [after for guest in guests for after in guest.byes]
    assert len(byes) >= PEOPLE / 2, "who was there when a web process left has heard it"
    assert all(RETURN[0] <= after <= RETURN[1] for after in byes)
    assert len(set(byes)) > len(byes) / 4, "not all at once"
    slowest = max(wait for guest in guests for wait in guest.latencies)
    assert slowest < 5
    figure("plays beside a rolling deploy", sum(guest.answered for guest in guests))
    figure("s the slowest of them", slowest)
    figure(f"s for {len(codes)} processes", monotonic() - begun)
