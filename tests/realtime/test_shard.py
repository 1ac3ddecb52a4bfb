"""A shard finds out by itself whether letters reach it."""

import asyncio
import os

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from realtime import engine as engines
from realtime import shard as module
from realtime import topics
from realtime.engine import Engine
from tests.realtime.fakes import DrivenClock, FakeStore
from tests.realtime.test_leases import Rows
from tests.realtime.village import Village, until, village
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


class Ears:
    """The layer, as one process has it: `deaf` brings nothing, `mute` takes nothing either."""

    def __init__(self, layer):
        self.layer, self.deaf, self.mute, self.knocks = layer, False, False, 0

    async def receive(self, channel):
        message = await self.layer.receive(channel)
        while self.deaf:
            message = await self.layer.receive(channel)
        return message

    async def send(self, channel, message):
        self.knocks += 1
        if self.mute:
            raise OSError("no layer")
        await self.layer.send(channel, message)

    async def group_send(self, group, message):
        await self.layer.group_send(group, message)


class Shared(FakeStore):
    """The log of one game, and leases that belong to one engine at a time."""

    def __init__(self):
        super().__init__()
        self.rows, self.hearing = Rows(), {}

    async def lease(self, owner, shards, most, hearing):
        self.hearing[owner] = sorted(hearing)
        return await self.rows.lease(owner, shards, most)

    async def owners(self):
        return await self.rows.owners()

    async def release(self, owners):
        await self.rows.release(owners)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(module, "LISTENING", 0.05)
    monkeypatch.setattr(module, "DEAF", 0.1)


def deafen(place: Village) -> Ears:
    ears = place.engine.layer = Ears(place.layer)
    for opened in place.engine.open.values():
        opened.shard.layer = ears
    ears.deaf = True
    return ears


def told(place: Village, engine: Engine) -> list[int]:
    """Whom its leases say it hears."""
    return place.store.hearing[engine.leases.owner]


async def test_the_lease_says_at_once_that_letters_begin_and_cease_to_reach_its_owner(quick, monkeypatch):
    monkeypatch.setattr(engines, "RENEWING", 600)
    monkeypatch.setattr(module, "VAIN", 1000)
    async with village(store=Shared()) as place:
        await until(lambda: told(place, place.engine) == [0, 1])
        ears = deafen(place)
        await until(lambda: told(place, place.engine) == [])
        ears.deaf = False
        await until(lambda: told(place, place.engine) == [0, 1])


@pytest.mark.promise("P12")
async def test_a_deaf_engine_leaves_its_shards_to_a_spare_that_hears(quick, caplog):
    async with village(store=Shared()) as place:
        await place.open(1)
        spare = Engine(place.layer, place.store, place.clock, place.mailboxes)
        await spare.start()
        try:
            assert spare.served == 0
            deafen(place)
            await until(lambda: spare.served == 2)
            assert (place.engine.open, place.engine.served) == ({}, 0)
            assert (await place.say("hi")).code is None
            assert "brings us none" in caplog.text
        finally:
            await spare.stop()


async def test_where_nobody_stands_by_it_takes_them_again_and_serves_when_it_hears(quick, monkeypatch):
    monkeypatch.setattr(engines, "ASIDE", 0.05)
    async with village(store=Shared()) as place:
        await place.open(1)
        ears = deafen(place)
        await until(lambda: place.store.rows.rows[0][1] > 2)
        ears.deaf = False
        await until(lambda: place.engine.served == 2)
        assert (await place.say("hi")).code is None


async def test_while_the_layer_is_lost_to_all_nobody_steps_aside(quick):
    """Another would hear no better, and what sleeps until a deadline would be woken by nobody."""
    async with village(store=Shared()) as place:
        ears = deafen(place)
        ears.mute = True
        await until(lambda: ears.knocks > 20)
        assert [term for _, term, _ in place.store.rows.rows.values()] == [1, 1]
        assert place.engine.holds(0)


def make_redis(server):
    return RedisPubSubChannelLayer(hosts=[server.url], prefix="away")
