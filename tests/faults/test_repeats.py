"""P3: an answer that is lost on its way is asked for again, up to a hundred times, from two tabs: one play, one answer."""

import asyncio
from random import Random

import pytest

from tests.faults import checker, history
from tests.faults.players import Player
from tests.faults.proxy import Proxy
from tests.faults.scale import SEED, count, lasting, some
from tests.faults.test_race import prizes

pytestmark = [pytest.mark.fault, lasting(90, 600)]

PEOPLE = count(12, 40)
REFS = count(5, 20)
MOST = count(20, 100)  # times that one of the refs is asked
SHAPES = {"one process": {"kind": "sqlite"}, "four processes": {"webs": 2, "engines": 2}}
LOST = 0.3  # of all answers


async def insist(stage, number: int, proxies: list[Proxy], rng: Random) -> list[Player]:
    """Two tabs of one player ask for the same, at once; then one of them again and again."""

    def doors() -> list[str]:
        return [f"http://127.0.0.1:{proxy.port}" for proxy in proxies]

    tabs = [Player(stage, number, Random(rng.random()), doors, name=f"tab{tab}-{number}") for tab in range(2)]
    for turn in range(REFS):
        ref = f"{number}-{turn}"
        await asyncio.gather(*(tab.ask(ref) for tab in tabs))
        for _ in range(MOST if turn == 0 else rng.randint(0, 3)):
            await tabs[turn % 2].ask(ref)
            await asyncio.sleep(0.1)
    for tab in tabs:
        await tab.drop()
    return tabs


async def everybody(stage, proxies: list[Proxy]) -> list[Player]:
    rng = Random(SEED)
    people = await asyncio.gather(*(insist(stage, number, proxies, Random(rng.random())) for number in range(1, PEOPLE + 1)))
    return [tab for tabs in people for tab in tabs]


@pytest.mark.promise("P3")
@pytest.mark.parametrize("shape", some(SHAPES, "four processes"))
def test_a_play_is_one_play_however_often_it_is_asked_for(cluster, shape, figure):
    crowd = cluster(**shape)
    stage = crowd.game("insisting", prizes(40), PEOPLE, opens=-240, closes=360)
    rng = Random(SEED)
    proxies = [Proxy(web.port, lambda data: b'"reply"' in data and rng.random() < LOST) for web in crowd.webs]
    for proxy in proxies:
        proxy.__enter__()
    try:
        tabs = asyncio.run(everybody(stage, proxies))
    finally:
        for proxy in proxies:
            proxy.__exit__()
    final, lines = stage.final(), history.read(crowd.histories)
    assert checker.faults(lines, final) == []
    assert sum(entry.kind in checker.PLAYS for entry in final.log) == PEOPLE * REFS
    assert final.awards
    crowd.invariants()
    asked = len(history.of(lines, "invoke", "info"))
    assert sum(proxy.cuts for proxy in proxies) > asked * 0.1
    figure("times asked", asked)
    figure("plays", PEOPLE * REFS)
    figure("answers lost on the way", sum(proxy.cuts for proxy in proxies))
    assert all(tab.answered for tab in tabs)
