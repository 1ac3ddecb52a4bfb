"""A shard finds out by itself whether letters reach it."""

import asyncio
import os

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from realtime import shard as module
from realtime import topics
from realtime.engine import Engine
from tests.realtime.fakes import DrivenClock, FakeStore
from tests.realtime.village import until, village
from tests.servers.redis import Redis, binary


async def test_a_shard_that_was_taken_while_redis_was_away_hears_when_it_is_back(monkeypatch):
    if not os.environ.get("REDIS_URL"):
        pytest.skip("no Redis here")
    monkeypatch.setattr(module, "DEAF", 0.3)
    server = Redis(binary())
    engine = Engine(make_redis(server), FakeStore(), DrivenClock(), topics.mailboxes("away", 1))
    await engine.start()
    await asyncio.sleep(0.1)
    assert (engine.holds(0), engine.served) == (True, 0)
    server.start()
    try:
        await until(lambda: engine.served == 1)
    finally:
        await engine.stop()
        server.kill()


async def test_a_shard_that_went_deaf_finds_out_listens_anew_and_says_so_again(monkeypatch):
    monkeypatch.setattr(module, "LISTENING", 0.1)
    monkeypatch.setattr(module, "DEAF", 0.2)
    async with village() as place:
        await place.open(1)
        deaf, receive = [True], place.layer.receive

        async def swallowing(channel):
            message = await receive(channel)
            while deaf[0] and channel in place.mailboxes:
                message = await receive(channel)
            return message

        monkeypatch.setattr(place.layer, "receive", swallowing)
        await until(lambda: not place.shard().reached)
        deaf[0] = False
        await until(lambda: place.shard().reached)
        assert (await place.say("hi")).code is None


def make_redis(server):
    return RedisPubSubChannelLayer(hosts=[server.url], prefix="away")
