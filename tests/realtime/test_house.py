"""The real-time parts of a process start together, once, and end together."""

import asyncio

import pytest
from channels.layers import InMemoryChannelLayer

from realtime import house as module
from realtime.house import House


class Store:
    """Tells the time when it is let, or fails."""

    def __init__(self, threads=None):
        self.gate, self.asked, self.broken, self.closed = asyncio.Event(), 0, False, False
        self.gate.set()

    async def time(self):
        self.asked += 1
        await self.gate.wait()
        if self.broken:
            raise OSError("no database")
        return 1000.0

    async def lease(self, owner, shards, most, hearing):
        return {}

    async def owners(self):
        return []

    async def release(self, owners):
        pass

    def close(self):
        self.closed = True


@pytest.fixture
async def house(monkeypatch):
    monkeypatch.setattr(module, "Store", Store)
    made = House(InMemoryChannelLayer())
    yield made
    await made.stop()
    assert made.store.closed


async def test_whoever_comes_while_it_starts_waits_for_it_and_it_starts_once(house):
    house.store.gate.clear()
    comers = [asyncio.create_task(house.start()) for _ in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not any(task.done() for task in comers)
    house.store.gate.set()
    await asyncio.gather(*comers)
    assert (house.store.asked, house.started, bool(house.node.channel)) == (1, True, True)
    await house.start()
    assert house.store.asked == 1


async def test_a_start_that_failed_is_tried_again(house):
    house.store.broken = True
    with pytest.raises(OSError, match="no database"):
        await house.start()
    assert not house.started
    house.store.broken = False
    await house.start()
    assert house.started


async def test_who_stops_waiting_does_not_stop_the_start(house):
    house.store.gate.clear()
    impatient = asyncio.create_task(house.start())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    house.store.gate.set()
    await house.start()
    assert house.store.asked == 1


async def test_after_the_end_no_task_is_left(monkeypatch):
    monkeypatch.setattr(module, "Store", Store)
    before = asyncio.all_tasks()
    house = House(InMemoryChannelLayer())
    await house.start()
    await house.stop()
    assert asyncio.all_tasks() - before == set()


async def test_groups_of_the_in_memory_layer_do_not_forget_us_after_a_day(house, monkeypatch):
    await house.layer.group_add("g.1.2.everyone", "node-1")
    monkeypatch.setattr("channels.layers.time.time", lambda: 10e9)
    house.layer._clean_expired()
    assert "node-1" in house.layer.groups["g.1.2.everyone"]


def test_names_in_the_layer_begin_with_the_platforms_own_word(settings):
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "x", "CONFIG": {"prefix": "acme"}}}
    assert module.prefix() == "acme"
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "x"}}
    assert module.prefix() == "so-buzz"
