"""Redis is a hint and may be lost: sockets stay, commands answer `busy`, nothing is lost or doubled, and it goes on by itself."""

import asyncio
import time

import pytest

from tests.realtime.sockets.board import Board
from tests.servers import redis

GAME = "instant-win"


@pytest.fixture
def own_redis(request):
    place = redis.binary()
    if place is None or Board.on_sqlite():
        pytest.skip("runs without Redis")
    server = redis.Redis(place)
    server.start()
    yield server
    server.stop()


async def play_until_answered(client, ref: str) -> tuple[dict, int]:
    """As a client does: the same ref again after `busy`; here without its waiting."""
    for busy in range(1000):
        reply = await client.play(ref)
        if reply.get("error", {}).get("code") != "busy":
            return reply, busy
        await asyncio.sleep(0.15)
    raise AssertionError("busy for ever")


@pytest.mark.fault
@pytest.mark.promise("P12")
@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_while_redis_is_gone_everybody_waits_and_then_it_goes_on(own_redis, new_site, how, figure):
    board = Board(new_site(REDIS_URL=own_redis.url), games=0)
    joined = board.join(GAME)
    async with board.operator(GAME) as host, board.player(GAME, joined) as client:
        assert (await client.play("before"))["events"]
        own_redis.kill() if how == "killed" else own_redis.pause()
        assert (await client.play("during"))["error"]["code"] == "busy"
        own_redis.start() if how == "killed" else own_redis.go_on()
        back = time.monotonic()
        reply, _ = await play_until_answered(client, "during")
        figure(f"seconds until play goes on, Redis {how}", time.monotonic() - back)
        assert time.monotonic() - back < 5
        assert reply["events"]
        assert (await play_until_answered(client, "during"))[0]["events"] == reply["events"], "once"
        await host.ask("pause")
        frame = await client.until("events")
        while "paused" not in [event["t"] for event in frame["events"]]:
            frame = await client.until("events")
        assert frame["running"] is False
    async with board.player(GAME, joined) as client:
        assert (await client.play("after"))["error"]["code"] == "paused"
