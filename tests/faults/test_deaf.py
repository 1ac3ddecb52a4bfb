"""An engine that owns the games and does not hear any more: it says so, and a spare that hears serves."""

import asyncio
from time import monotonic

import pytest

from realtime.shard import DEAF, VAIN
from tests.faults import checker, history, outage
from tests.faults.outage import Outage
from tests.faults.scale import count, lasting
from tests.faults.test_race import prizes

pytestmark = [pytest.mark.fault, lasting(120, 1200)]

PEOPLE = count(8, 32)
ROUNDS = count(1, 5)
KNOCKS = 0.5  # seconds, instead of five
SOON = KNOCKS + VAIN * DEAF + 4.0  # a lease need not run out; a player who met silence waits three seconds and asks again


def suffered(crowd, stage, folder):
    """The owner goes deaf; when everybody plays again, its ears are mended."""
    traps = []

    def lose() -> None:
        traps.append(folder / crowd.owner().name)
        traps[-1].touch()

    deaf = Outage("owner deaf", lose, lambda: None, silent=False, after=lambda: traps[-1].unlink())
    return asyncio.run(outage.suffer(stage, [deaf] * ROUNDS, PEOPLE, 0))


def ready_again(crowd) -> bool:
    end = monotonic() + 3
    while crowd.webs[0].answer("readyz", 2) != 200:
        if monotonic() > end:
            return False
    return True


@pytest.mark.promise("P12")
def test_a_web_process_is_not_ready_while_the_owner_is_deaf_and_a_spare_that_hears_takes_its_place(cluster, tmp_path, figure):
    crowd = cluster(webs=1, engines=2, switches=f"deafened:{tmp_path},knocks_every:{KNOCKS}")
    stage = crowd.game("deaf", prizes(200), PEOPLE, opens=-240, closes=600)
    before = crowd.owner()
    players, met, pulses = suffered(crowd, stage, tmp_path)
    assert all(each.again < SOON for each in met), met
    assert 503 in pulses[1].told(met[0].lost, met[0].back + met[0].again), pulses[1].beats
    assert ready_again(crowd)
    assert crowd.owner() is not before or ROUNDS > 1
    assert all(part.alive for part in crowd.parts)
    assert checker.faults(history.read(crowd.histories), stage.final()) == []
    crowd.invariants()
    figure("s until all play again, the owner deaf", max(each.again for each in met))
    figure("plays", sum(player.answered for player in players))
