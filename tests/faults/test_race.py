"""P1 to P4 in one race: everybody plays, processes are killed, and what was shown is compared with what is left."""

import asyncio
from random import Random
from time import monotonic

import pytest

from tests.faults import checker, history
from tests.faults.cluster import Cluster, Stage
from tests.faults.nemesis import Nemesis
from tests.faults.players import Player
from tests.faults.scale import SEED, SOAK, count, lasting
from tests.faults.stock import WEEK

pytestmark = [pytest.mark.fault, lasting(120, 3600)]

CLIENTS = count(32, 64)
PLAYS = count(2_000, 20_000)
KILLS = count(5, 20)
PEOPLE = 1_000
ENOUGH = count(40, 900)  # seconds
SHAPES = {
    "SQLite, one process": {"kind": "sqlite"},
    "PostgreSQL, one process": {"kind": "postgresql"},
    "PostgreSQL, two web processes, two engines": {"kind": "postgresql", "webs": 2, "engines": 2},
}


def prizes(stock: int) -> dict:
    """Half of the moments are due when it begins, the others come while it is played."""
    prizes = [{"id": "mug", "label": "Mug", "stock": stock // 2}, {"id": "car", "label": "Car", "stock": stock - stock // 2}]
    return {"prizes": prizes, "plays_per_day": 100, "wins_per_player": 1000, "traffic": WEEK, "zone": "UTC"}


async def race(stage: Stage, rng: Random, plays: int, nemesis: Nemesis, kills: int) -> list[Player]:
    """Until enough was played and enough was killed. A client takes the next player when its own has no plays left."""
    people, end = iter(range(1, PEOPLE + 1)), monotonic() + ENOUGH
    gone: list[Player] = []

    def goes_on() -> bool:
        return monotonic() < end and (sum(player.answered for player in gone) < plays or nemesis.kills < kills)

    async def client() -> None:
        while goes_on():
            player = Player(stage, next(people), Random(rng.random()))
            gone.append(player)
            await player.play(lambda: goes_on() and player.answered < 100)

    async with asyncio.TaskGroup() as group:
        group.create_task(nemesis.rage(goes_on))
        for _ in range(CLIENTS):
            group.create_task(client())
    return gone


def begun(cluster: Cluster, stock: int = 1_000) -> Stage:
    span = ENOUGH / 3
    return cluster.game("race", prizes(stock), PEOPLE, opens=-span, closes=3600 if SOAK else 600)


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
@pytest.mark.promise("P3")
@pytest.mark.promise("P4")
@pytest.mark.parametrize("shape", SHAPES)
def test_whoever_is_killed_each_moment_has_one_winner_and_what_was_shown_stands(cluster, shape, figure):
    grown = cluster(**SHAPES[shape])
    stage = begun(grown)
    nemesis = Nemesis(grown.parts, Random(SEED), (1.0, 3.0) if not SOAK else (2.0, 20.0))
    players = asyncio.run(race(stage, Random(SEED), PLAYS, nemesis, KILLS))
    final = stage.final()
    assert checker.faults(history.read(grown.histories), final) == []
    assert nemesis.kills >= KILLS
    assert sum(player.answered for player in players) >= PLAYS
    grown.invariants()
    figure("plays answered", sum(player.answered for player in players))
    figure("awards", len(final.awards))
    figure("kills", nemesis.kills)
    figure("sent again", sum(player.busy + player.lost for player in players))
