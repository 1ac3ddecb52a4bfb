"""The engine that owns the games dies or freezes: a spare serves, followers hear of what was stored and not told, nothing is done twice."""

import asyncio
import json
from random import Random
from time import monotonic

import pytest

from tests.faults import checker, history, outage, watched
from tests.faults.followers import Follower
from tests.faults.outage import Outage
from tests.faults.players import Player
from tests.faults.scale import SEED, count, lasting
from tests.faults.test_race import prizes

pytestmark = [pytest.mark.fault, lasting(90, 900)]

PEOPLE = count(12, 32)
ROUNDS = count(1, 20)
TOLD = 3.0  # seconds


@pytest.fixture(params=["on one machine", "on two machines"])
def doomed(cluster, tmp_path, request):
    """An owner and a spare; whichever commits while the trap is set dies before it has told anyone."""
    trap = tmp_path / "trap"
    more = ",elsewhere" if "two" in request.param else ""
    crowd = cluster(webs=1, engines=2, switches=f"dies_after_commit:{trap}{more}")
    return crowd, trap


async def until(there, patience: float = 15) -> float:
    begun = monotonic()
    async with asyncio.timeout(patience):
        while not there():
            await asyncio.sleep(0.005)
    return monotonic() - begun


async def untold(stage, trap) -> float:
    """One word is stored and its engine dies; seconds until a follower knows it, while nobody says another word."""
    player, follower = Player(stage, 1, Random(SEED)), Follower(stage, 2, Random(SEED))
    following = asyncio.create_task(follower.follow(lambda: True, (600, 600)))
    await player.ask("first", "cry", text="first")
    await until(lambda: "first" in follower.heard)
    trap.touch()
    assert player.socket is not None
    player.history.note("invoke", "cry", "second")
    await player.socket.send(json.dumps({"t": "cry", "ref": "second", "text": "second"}))
    await until(lambda: not trap.exists())
    waited = await until(lambda: "second" in follower.heard)
    repeated = await player.ask("second", "cry", text="second")
    assert [event["text"] for event in repeated["events"]] == ["second"]
    following.cancel()
    await player.drop()
    return waited


@pytest.mark.promise("P7")
def test_killed_between_commit_and_telling_followers_hear_within_three_seconds(doomed, figure, request):
    crowd, trap = doomed
    stage = crowd.game("square", {}, 2, kind="square", opens=-5)
    owner = crowd.owner()
    waited = asyncio.run(untold(stage, trap))
    assert not owner.alive
    assert waited <= TOLD
    final = stage.final()
    assert [entry.data["text"] for entry in final.log if entry.kind == "cried"] == ["first", "second"]
    assert watched.faults(history.read(crowd.histories), final) == []
    crowd.invariants()
    where = request.node.callspec.params["doomed"]
    figure(f"s until followers heard what a killed engine had stored, {where}", waited)


async def insist(stage, trap) -> tuple[list, list]:
    player = Player(stage, 1, Random(SEED))
    await player.ask("before")
    trap.touch()
    first = await player.ask("killed")
    second = await player.ask("killed")
    await player.drop()
    return first["events"], second["events"]


@pytest.mark.promise("P1")
@pytest.mark.promise("P3")
@pytest.mark.parametrize("doomed", ["on one machine"], indirect=True)
def test_killed_between_commit_and_answer_the_same_ref_is_the_same_award(doomed, figure):
    crowd, trap = doomed
    stage = crowd.game("race", prizes(100), 1, opens=-500, closes=600)
    first, second = asyncio.run(insist(stage, trap))
    final = stage.final()
    assert not trap.exists()
    assert first == second
    assert [event["t"] for event in first] == ["won"]
    assert len([award for award in final.awards if award.at == first[0]["at"]]) == 1
    assert checker.faults(history.read(crowd.histories), final) == []
    figure("awards of a play that was asked three times over a kill", 1)


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
def test_the_owner_is_killed_or_frozen_and_the_spare_serves_within_five_seconds(cluster, figure):
    """The frozen one wakes up while another owns what was his: he must keep silent."""
    crowd = cluster(webs=2, engines=3)
    stage = crowd.game("race", prizes(500), PEOPLE, opens=-240, closes=count(600, 3600))
    gone = []

    def lose(hurt: str):
        def strike() -> None:
            gone.append(crowd.owner())
            getattr(gone[-1], hurt)()

        return strike

    killed = Outage("owner killed", lose("kill"), lambda: None, silent=False, after=lambda: gone[-1].launch())
    frozen = Outage("owner frozen", lose("freeze"), lambda: None, silent=False, after=lambda: gone[-1].thaw())
    players, met, _ = asyncio.run(outage.suffer(stage, [frozen, killed] * ROUNDS, PEOPLE, 0))
    assert outage.faults(stage, met) == []
    assert checker.faults(history.read(crowd.histories), stage.final()) == []
    crowd.invariants()
    figure("s until the spare served all, owner killed", max(each.again for each in met if "killed" in each.name))
    figure("s until the spare served all, owner frozen", max(each.again for each in met if "frozen" in each.name))
    figure("plays", sum(player.answered for player in players))
