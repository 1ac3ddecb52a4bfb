"""P12, P13: what we need is there and takes nothing more: no connection is left, no memory is left."""

import asyncio
import urllib.error
import urllib.request
from contextlib import closing

import pytest
import redis

from tests.faults import history, outage
from tests.faults.hog import Hog
from tests.faults.outage import Outage
from tests.faults.scale import count, lasting
from tests.faults.test_lost import PEOPLE, game, judged

pytestmark = [pytest.mark.fault, lasting(120, 1200)]

SECONDS = count(1, 20)
ROUNDS = count(1, 5)


def asked(url: str, body: bytes | None = None) -> tuple[int, str, str]:
    """Status, when to come back, and what is said."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", "Accept-Language": "en"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"], error.read().decode()


@pytest.mark.promise("P2")
@pytest.mark.promise("P13")
def test_a_database_without_a_free_connection_is_said_in_a_sentence_and_all_goes_on_when_there_are_some(cluster, crashable, figure):
    crowd = cluster(database=crashable.new())
    stage, said = game(crowd), []

    with closing(Hog(crashable.server)) as hog:

        def none_left() -> None:
            hog.take()
            said.append(asked(f"{crowd.webs[0].url}/t/demo/{stage.slug}/"))
            said.append(asked(f"{crowd.webs[0].url}/api/v1/t/demo/games/{stage.slug}/join", b'{"nickname": "Late"}'))

        full = Outage("no connection for more", hog.fill, lambda: None, silent=False)
        gone = Outage("no connection at all", none_left, hog.let_go)
        players, met, pulses = asyncio.run(outage.suffer(stage, [full, gone] * ROUNDS, PEOPLE, SECONDS))
    assert {(status, int(again) in range(2, 6)) for status, again, _ in said} == {(503, True)}
    assert all("Our database does not answer right now." in words for _, _, words in said)
    assert 503 in pulses[1].told(met[1].lost, met[1].back)
    judged(stage, met, players, pulses, figure)
    assert asked(f"{crowd.webs[0].url}/t/demo/{stage.slug}/")[0] == 200


@pytest.mark.promise("P12")
def test_a_redis_that_takes_no_more_writes_is_not_noticed_since_nothing_is_kept_there(cluster, figure):
    crowd = cluster(webs=1, engines=1)
    stage = game(crowd)
    with closing(redis.Redis.from_url(crowd.redis.url)) as client:

        def full() -> None:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", 1)
            with pytest.raises(redis.exceptions.OutOfMemoryError):
                client.set("anything", "x")

        no_memory = Outage("Redis full", full, lambda: client.config_set("maxmemory", 0), silent=False)
        players, met, pulses = asyncio.run(outage.suffer(stage, [no_memory] * ROUNDS, PEOPLE, SECONDS))
    lines = history.of(history.read(crowd.histories), "ok")
    meanwhile = [line for line in lines if met[0].lost + outage.IN_FLIGHT < line.at < met[0].back]
    assert len(meanwhile) > PEOPLE
    assert {line.who for line in meanwhile} == {player.history.who for player in players}, "everybody plays on"
    assert set(pulses[1].between(met[0].lost, met[0].back)) == {200}
    judged(stage, met, players, pulses, figure)
