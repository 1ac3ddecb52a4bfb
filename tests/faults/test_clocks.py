"""P23: the database's clock jumps, our machine's clock jumps: nobody wins early, nobody twice, and games stand still while nobody knows."""

import asyncio
from random import Random

import pytest

from tests.faults import checker, history
from tests.faults.cluster import Cluster
from tests.faults.players import Player
from tests.faults.scale import SEED, count, lasting
from tests.faults.test_race import prizes
from tests.servers import faketime

pytestmark = [pytest.mark.fault, lasting(90, 600)]

PEOPLE = 8
HOUR = 3600
LOOKING = 0.5  # seconds between two looks at the database's clock; ten in the product
WRONG = 2.3 * LOOKING  # seconds that the clock is wrong: long enough to be seen
ROUNDS = count(1, 10)


@pytest.fixture
def timed(cluster, crashable):
    """A cluster whose PostgreSQL has a clock of its own."""
    if crashable.hands is None:
        pytest.skip("needs libfaketime; Debian: sudo apt-get install faketime")

    def make(*switches: str, **settings) -> Cluster:
        return cluster(database=crashable.new(), switches=",".join([f"clock_every:{LOOKING}", *switches]), **settings)

    yield make
    crashable.hands.jump(0)


async def jumps(stage, hands, jumped: list[float], wrong: float) -> list[Player]:
    players, over = [Player(stage, number, Random(SEED + number)) for number in range(1, PEOPLE + 1)], asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for player in players:
            group.create_task(player.play(lambda: not over.is_set()))
        for seconds in jumped:
            await asyncio.sleep(2 * LOOKING)
            hands.jump(seconds)
            await asyncio.sleep(wrong)
            hands.jump(0)
            await asyncio.sleep(2 * LOOKING)
        over.set()
    return players


def played(crowd: Cluster, hands, jumped: list[float], wrong: float = WRONG) -> tuple[list[str], list[Player]]:
    """Its moments lie in the next hour: who believes a clock that is an hour ahead wins them all at once."""
    stage = crowd.game("race", prizes(200), PEOPLE, opens=-65, closes=2 * HOUR)
    players = asyncio.run(jumps(stage, hands, jumped, wrong))
    return checker.faults(history.read(crowd.histories), stage.final()), players


@pytest.mark.promise("P23")
def test_a_database_whose_clock_jumps_gives_no_early_win(timed, crashable, figure):
    crowd = timed()
    faults, players = played(crowd, crashable.hands, [HOUR, -HOUR, 3.0] * ROUNDS)
    assert faults == []
    crowd.invariants()
    busy = sum(player.busy for player in players)
    assert busy, "games stood still"
    assert any("games stand still" in line for line in crowd.complaints()), "and an alarm rang"
    assert all(player.answered for player in players)
    figure("jumps of the database's clock", 3 * ROUNDS)
    figure("plays beside them", sum(player.answered for player in players))
    figure("times that a game stood still", busy)


@pytest.mark.promise("P23")
def test_our_own_clock_may_jump_as_it_likes(timed, crashable, tmp_path, figure):
    """Time is the database's, carried on by a clock that nobody can set."""
    hands = faketime.Hands(crashable.hands.library, tmp_path / "ours", cached=True)
    crowd = timed(**hands.environment)
    faults, players = played(crowd, hands, [HOUR, -HOUR])
    assert faults == []
    crowd.invariants()
    figure("plays while our clock jumped", sum(player.answered for player in players))


@pytest.mark.promise("P23")
def test_a_database_whose_clock_stays_wrong_gives_no_early_win_either(timed, crashable):
    """Though its answers agree with each other: our own machine says something else."""
    crowd = timed()
    faults, players = played(crowd, crashable.hands, [HOUR], 8 * LOOKING)
    assert faults == []
    crowd.invariants()
    assert all(player.answered for player in players), "they go on once it is right again"


@pytest.mark.control("P23")
def test_who_believes_any_time_gives_prizes_early(timed, crashable):
    faults, _ = played(timed("believing"), crashable.hands, [HOUR])
    assert any("is dated" in fault for fault in faults), faults
