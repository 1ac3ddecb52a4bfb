"""P1 to P4 in one race: everybody plays, processes are killed, and what was shown is compared with what is left."""

import asyncio
from random import Random
from time import monotonic

import pytest

from tests.faults import checker, history
from tests.faults.cluster import Cluster, Stage
from tests.faults.final import Final
from tests.faults.nemesis import Nemesis
from tests.faults.players import Player
from tests.faults.scale import SEED, SOAK, count, lasting, some
from tests.faults.stock import WEEK

pytestmark = [pytest.mark.fault, lasting(120, 3600)]

CLIENTS = count(32, 64)
PLAYS = count(1_500, 20_000)
KILLS = count(3, 20)
PEOPLE = count(500, 5_000)
STOCK = 1_000
ENOUGH = count(40, 600)  # seconds; more has hung
BRIEF = 12  # seconds that a race without a safeguard may last: some of its players wait for ever
LAST = 5  # seconds more for what was asked before that
LONG = count(40, 100)  # seconds in which prizes come
SHAPES = {
    "SQLite, one process": {"kind": "sqlite"},
    "PostgreSQL, one process": {"kind": "postgresql"},
    "PostgreSQL, two web processes, two engines": {"kind": "postgresql", "webs": 2, "engines": 2},
}


def prizes(stock: int) -> dict:
    """Half of the moments are due when it begins, the others come while it is played."""
    prizes = [{"id": "mug", "label": "Mug", "stock": stock // 2}, {"id": "car", "label": "Car", "stock": stock - stock // 2}]
    return {"prizes": prizes, "plays_per_day": 100, "wins_per_player": 1000, "traffic": WEEK, "zone": "UTC"}


async def race(stage: Stage, rng: Random, nemesis: Nemesis, plays: int, kills: int, enough: float) -> list[Player]:
    """Until enough was played and enough was killed. A client takes the next player when its own has no plays left."""
    people, end = iter(range(1, PEOPLE + 1)), monotonic() + enough
    gone: list[Player] = []

    def goes_on() -> bool:
        return monotonic() < end and (sum(player.answered for player in gone) < plays or nemesis.kills < kills)

    async def client() -> None:
        while goes_on():
            player = Player(stage, next(people), Random(rng.random()))
            player.until = end + LAST
            gone.append(player)
            await player.play(lambda player=player: goes_on() and player.answered < 100)

    async with asyncio.TaskGroup() as group:
        group.create_task(nemesis.rage(goes_on))
        for _ in range(CLIENTS):
            group.create_task(client())
    return gone


def begun(cluster: Cluster) -> Stage:
    """The moments of so short a game lie between its first minute and its middle: here from three minutes ago to the race's end."""
    return cluster.game("race", prizes(STOCK), PEOPLE, opens=-240 - ENOUGH, closes=240 + 2 * LONG + ENOUGH)


def run(
    cluster: Cluster, plays: int, kills: int, pause: tuple[float, float], enough: float = ENOUGH
) -> tuple[list[str], Final, list[Player], Nemesis]:
    """What the checker says, and what there was to check."""
    stage, nemesis = begun(cluster), Nemesis(cluster.parts, Random(SEED), pause)
    players = asyncio.run(race(stage, Random(SEED), nemesis, plays, kills, enough))
    final = stage.final()
    return checker.faults(history.read(cluster.histories), final), final, players, nemesis


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
@pytest.mark.promise("P3")
@pytest.mark.promise("P4")
@pytest.mark.parametrize("shape", some(SHAPES, "SQLite, one process", "PostgreSQL, two web processes, two engines"))
def test_whoever_is_killed_each_moment_has_one_winner_and_what_was_shown_stands(cluster, shape, figure):
    crowd = cluster(**shape)
    faults, final, players, nemesis = run(crowd, PLAYS, KILLS, (1.0, 6.0) if SOAK else (0.5, 2.0))
    answered = sum(player.answered for player in players)
    assert faults == []
    assert answered >= PLAYS
    assert nemesis.kills >= KILLS
    assert len(final.awards) > STOCK / 2, "there was something to win"
    assert any(award.at - final.moments[award.moment][0] / 1000 < 1 for award in final.awards), "also while they played"
    crowd.invariants()
    where = "SQLite" if shape["kind"] == "sqlite" else f"PostgreSQL, {len(crowd.parts)} processes"
    for unit, value in {"plays": answered, "awards": len(final.awards), "kills": nemesis.kills}.items():
        figure(f"{unit}, {where}", value)
    figure(f"sent again, {where}", sum(player.busy + player.lost for player in players))


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        pytest.param("told_before_stored", "lost", marks=pytest.mark.control("P2")),
        pytest.param("no_repeats", "happened 2 times", marks=pytest.mark.control("P3")),
        pytest.param("unfair", "was due since", marks=pytest.mark.control("P4")),
    ],
)
def test_with_a_safeguard_off_the_same_race_is_not_believed(cluster, switch, said):
    faults, *_ = run(cluster("sqlite", switches=switch), 150, 1, (1.0, 2.0), BRIEF)
    assert any(said in fault for fault in faults), faults


LAST_LINES = {"games_gameevent": ["event_seq"], "games_award": ["award_moment", "award_unit", "award_play"]}


@pytest.mark.control("P1")
def test_two_owners_without_the_last_line_give_a_prize_twice(cluster):
    """Leases and fence off, and the UNIQUE constraints gone from a scratch database: what they are there for."""
    crowd = cluster(webs=1, engines=2, switches="everybody_owns", start=False)
    for table, constraints in LAST_LINES.items():
        for constraint in constraints:
            crowd.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    crowd.start()
    faults, *_ = run(crowd, 150, 0, (600, 600), BRIEF)
    assert any("was given 2 times" in fault for fault in faults), faults
