"""P7: whatever is cut and killed, who follows hears everything in order, or is shown where the game stands."""

import asyncio
from random import Random
from time import monotonic

import pytest

from tests.faults import history, watched
from tests.faults.cluster import Stage
from tests.faults.followers import Follower
from tests.faults.nemesis import Nemesis
from tests.faults.players import Player
from tests.faults.scale import SEED, SOAK, count, lasting

pytestmark = [pytest.mark.fault, lasting(90, 1800)]

FOLLOWERS = count(40, 500)
CRIERS = 4
KILLS = count(2, 20)
SECONDS = count(5, 600)
SETTLED = 10.0  # seconds in which everybody must be where the game is
SHAPES = {"one process": {"kind": "sqlite"}, "four processes": {"webs": 2, "engines": 2}}


async def cry(player: Player, goes_on, pause: float = 0.2) -> None:
    number = 0
    while goes_on():
        number += 1
        await player.ask(f"{player.number}-{number}", "cry", text=f"{player.number}-{number}")
        await asyncio.sleep(pause)
    await player.drop()


async def square(
    stage: Stage, nemesis: Nemesis | None, seconds: float, stay=(0.1, 4.0), beside=None, settle: float = SETTLED
) -> list[Follower]:
    """Criers cry, followers come and go, processes die; then all is quiet, and everybody hears the rest."""
    rng, end, last = Random(SEED), monotonic() + seconds, {}
    followers = [Follower(stage, CRIERS + number, Random(rng.random())) for number in range(1, FOLLOWERS + 1)]
    criers = [Player(stage, number, Random(rng.random())) for number in range(1, CRIERS + 1)]

    def quiet() -> bool:
        """Time is up, and enough was killed; on a slow machine that takes a while longer."""
        calm = nemesis is None or nemesis.kills >= KILLS or monotonic() >= end + 20
        return monotonic() >= end and calm

    def goes_on() -> bool:
        """Until all have heard the last word, or have had time enough for it."""
        return not last or (monotonic() < last["end"] and any((follower.seq or 0) < last["seq"] for follower in followers))

    async def conclude(tasks) -> None:
        await asyncio.gather(*tasks)
        last["seq"] = max(entry.seq for entry in stage.final().log if entry.kind == "cried")
        last["end"] = monotonic() + settle

    async with asyncio.TaskGroup() as group:
        crying = [group.create_task(cry(player, lambda: not quiet())) for player in criers]
        crying += [group.create_task(nemesis.rage(lambda: not quiet()))] if nemesis else []
        crying += [group.create_task(beside(lambda: not quiet()))] if beside else []
        group.create_task(conclude(crying))
        for follower in followers:
            group.create_task(follower.follow(goes_on, stay))
    return followers


def begun(crowd) -> Stage:
    return crowd.game("square", {}, CRIERS + FOLLOWERS, kind="square", opens=-5)


@pytest.mark.promise("P7")
@pytest.mark.parametrize("shape", SHAPES)
def test_who_is_cut_off_and_whoever_is_killed_everybody_knows_the_same_in_the_end(cluster, shape, figure):
    crowd = cluster(**SHAPES[shape])
    stage = begun(crowd)
    nemesis = Nemesis(crowd.parts, Random(SEED), (0.5, 1.0) if not SOAK else (2.0, 20.0))
    followers = asyncio.run(square(stage, nemesis, SECONDS))
    final = stage.final()
    assert watched.faults(history.read(crowd.histories), final) == []
    crowd.invariants()
    assert nemesis.kills >= KILLS
    figure(f"words, {shape}", sum(entry.kind == "cried" for entry in final.log))
    for name in ("cuts", "frames", "snapshots", "gaps"):
        figure(f"{name}, {shape}", sum(getattr(follower, name) for follower in followers))


@pytest.mark.control("P7")
def test_who_is_told_that_he_missed_nothing_stays_behind(cluster):
    crowd = cluster("sqlite", switches="deaf")
    stage = begun(crowd)
    asyncio.run(square(stage, None, 3, settle=3))
    faults = watched.faults(history.read(crowd.histories), stage.final())
    assert any("behind" in fault for fault in faults), faults
