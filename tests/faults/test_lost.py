"""P12, P13: Redis is lost, the database is lost. Nothing is announced that is not stored, and it goes on by itself."""

import asyncio
from statistics import median

import pytest

from tests.faults import checker, history, outage
from tests.faults.outage import Outage
from tests.faults.proxy import Proxy
from tests.faults.scale import SOAK, count, lasting, some
from tests.faults.test_race import prizes

pytestmark = [pytest.mark.fault, lasting(120, 1200)]

PEOPLE = count(12, 32)
SECONDS = count(3, 20)
ROUNDS = count(1, 5)
SHAPES = {"one process": {}, "four processes": {"webs": 2, "engines": 2}}
HOURS = {"opens": -240, "closes": count(600, 3600)}


def game(crowd):
    return crowd.game("lost", prizes(500), PEOPLE, **HOURS)


def judged(stage, met, players, pulses, figure) -> None:
    crowd = stage.cluster
    assert outage.faults(stage, met) == []
    assert checker.faults(history.read(crowd.histories), stage.final()) == []
    assert all(part.alive for part in crowd.parts), "no restart of ours"
    waits = [wait for _, wait, _ in pulses[0].beats]
    assert {status for _, _, status in pulses[0].beats} == {200}
    assert median(waits) < 0.2, "the process answers all the time"
    crowd.invariants()
    for each in met:
        figure(f"s until all play again, {each.name}", each.again)
    figure("ms the slowest /healthz", max(waits) * 1000)
    figure("plays", sum(player.answered for player in players))


@pytest.mark.promise("P12")
def test_redis_is_lost_and_everybody_goes_on_by_himself_when_it_is_back(cluster, figure):
    crowd = cluster(webs=2, engines=2)
    stage, server = game(crowd), crowd.redis
    killed = Outage("Redis killed", server.kill, server.launch, server.wait)
    frozen = Outage("Redis frozen", server.pause, server.go_on)
    players, met, pulses = asyncio.run(outage.suffer(stage, [killed, frozen] * ROUNDS, PEOPLE, SECONDS))
    judged(stage, met, players, pulses, figure)


@pytest.mark.promise("P2")
@pytest.mark.promise("P13")
@pytest.mark.parametrize("shape", some(SHAPES, "four processes"))
def test_the_database_is_lost_and_nothing_is_announced_until_it_is_back(cluster, crashable, shape, figure):
    server = crashable.server
    with Proxy(server.port) as line:
        crowd = cluster(database=crashable.new().replace(str(server.port), str(line.port)), **shape)
        stage = game(crowd)
        killed = Outage("database killed", server.crash, server.launch, server.wait)
        frozen = Outage("database frozen", server.pause, server.go_on)
        refused = Outage("database refused", line.refuse, line.go_on)
        held = Outage("line held", line.hold, line.go_on)
        outages = [killed, frozen, refused, held] if SOAK else [killed, held]  # who is frozen or refuses is met like these
        players, met, pulses = asyncio.run(outage.suffer(stage, outages * ROUNDS, PEOPLE, SECONDS))
        judged(stage, met, players, pulses, figure)
    for each in met:
        unready = pulses[1].between(each.lost, each.back)
        assert 503 in pulses[1].told(each.lost, each.back), (each, pulses[1].beats)
        assert set(unready[1:]) <= {503, 0}, f"{each.name}: {unready}"


@pytest.mark.control("P12")
def test_a_letter_that_redis_brings_late_doubles_a_play_where_repeats_are_not_known(cluster):
    """What a frozen Redis had taken arrives when it goes on, after its sender has asked again."""
    crowd = cluster(webs=1, engines=1, switches="no_repeats")
    stage, server = game(crowd), crowd.redis
    frozen = Outage("Redis frozen", server.pause, server.go_on)
    asyncio.run(outage.suffer(stage, [frozen], PEOPLE, 3, again=0))
    found = checker.faults(history.read(crowd.histories), stage.final())
    assert any("happened 2 times" in fault for fault in found), found


@pytest.mark.control("P13")
def test_what_is_told_before_it_is_stored_is_told_without_a_database(cluster, crashable):
    with Proxy(crashable.server.port) as line:
        database = crashable.new().replace(str(crashable.server.port), str(line.port))
        crowd = cluster(database=database, switches="told_before_stored")
        stage = game(crowd)
        refused = Outage("database refused", line.refuse, line.go_on)
        _, met, _ = asyncio.run(outage.suffer(stage, [refused], PEOPLE, 1.5, again=0))
        found = outage.faults(stage, met)
        assert any("outcomes were announced meanwhile" in fault for fault in found), found
