"""Time is part of the order (decision 5): a commit that lasts costs nobody his answer, and load holds no deadline back."""

import asyncio
from random import Random
from time import time

import pytest

from tests.faults.players import Player
from tests.faults.scale import SEED, count, lasting
from tests.faults.staff import board

pytestmark = [pytest.mark.fault, lasting(60, 300)]

COMMIT = 0.5  # seconds that each commit takes
SLOW = """
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({}); RETURN NULL; END';
    CREATE TRIGGER slowly BEFORE INSERT ON games_gameevent FOR EACH STATEMENT EXECUTE FUNCTION slowly()
"""
CRIERS = 16
QUESTIONS = count(4, 30)
LATE = 0.5  # seconds on a machine that does other things too


async def at(instant: float) -> None:
    await asyncio.sleep(max(0.0, instant - time()))


async def meet(stage, crier: Player, early: Player, late: Player) -> tuple[dict, dict]:
    """One cries shortly before the deadline, so that a commit is under way; meanwhile one guesses in time, one too late."""
    for player in (crier, early, late):
        await player.open()
    async with board(stage.cluster).operator(stage.slug) as host:
        until = (await host.ask("ask", seconds=3))["events"][0]["until"]

        async def guess(player: Player, instant: float) -> dict:
            await at(instant)
            return await player.ask(f"guess{player.number}", "guess")

        async def cry() -> None:
            await at(until - 0.3)
            await crier.ask("cry", "cry", text="it takes its time")

        in_time, too_late, _ = await asyncio.gather(guess(early, until - 0.15), guess(late, until + 0.1), cry())
    for player in (crier, early, late):
        await player.drop()
    return in_time, too_late


@pytest.mark.promise("P4")
def test_an_answer_that_came_in_time_counts_though_a_commit_was_under_way(cluster, figure):
    crowd = cluster()
    stage = crowd.game("square", {}, 3, kind="square", opens=-5)
    crowd.execute(SLOW.format(COMMIT))
    in_time, too_late = asyncio.run(meet(stage, *(Player(stage, number, Random(SEED)) for number in (1, 2, 3))))
    assert [event["t"] for event in in_time["events"]] == ["guessed"]
    assert too_late["error"]["code"] == "too_late"
    log = {entry.kind: entry for entry in stage.final().log}
    until = log["asked"].data["until"]
    assert log["cried"].at < log["guessed"].at < until
    assert log["closed"].at == pytest.approx(until, abs=0.001)
    assert log["guessed"].seq < log["closed"].seq
    figure("ms before the deadline, decided after it", (until - log["guessed"].at) * 1000)


async def questions(stage) -> list[float]:
    """How late the end of each question was told, while everybody cries as much as he may."""
    over, told = asyncio.Event(), []
    criers = [Player(stage, number, Random(number)) for number in range(1, CRIERS + 1)]

    async def cry(player: Player) -> None:
        number = 0
        while not over.is_set():
            number += 1
            await player.ask(f"{player.number}-{number}", "cry", text="!")
            await asyncio.sleep(0.105)
        await player.drop()

    people = board(stage.cluster)
    async with asyncio.TaskGroup() as group, people.operator(stage.slug) as host:
        for player in criers:
            group.create_task(cry(player))
        async with people.connect(f"play/demo/{stage.slug}/") as spectator:
            await spectator.hello()
            await asyncio.sleep(1)
            for _ in range(QUESTIONS):
                until = (await host.ask("ask", seconds=0.7))["events"][0]["until"]
                while "closed" not in [event["t"] for event in (await spectator.until("events"))["events"]]:
                    pass
                told.append(time() - until)
        over.set()
    return told


@pytest.mark.promise("P4")
def test_under_constant_load_a_deadline_is_met_to_the_millisecond_and_told_at_once(cluster, figure):
    crowd = cluster()
    stage = crowd.game("square", {}, CRIERS, kind="square", opens=-5)
    late = asyncio.run(questions(stage))
    log = stage.final().log
    asked, closed = ([entry for entry in log if entry.kind == kind] for kind in ("asked", "closed"))
    assert [entry.at for entry in closed] == pytest.approx([entry.data["until"] for entry in asked], abs=0.001)
    assert max(late) < LATE
    crowd.invariants()
    figure("ms until a deadline under load was told, at most", max(late) * 1000)
    figure("commands beside it", sum(entry.kind == "cried" for entry in log))
