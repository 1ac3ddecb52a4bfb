"""The clock wakes each game at the instant it asked for."""

import asyncio

import pytest

from scheduler import clock as module
from scheduler.clock import Alarm


class Node:
    def __init__(self):
        self.woken, self.news = [], asyncio.Event()

    def wake(self, tenant, game):
        self.woken.append((tenant, game))
        self.news.set()


class Store:
    def __init__(self, *rows):
        self.rows, self.asked, self.broken = rows, [], False

    async def time(self):
        if self.broken:
            self.broken = False
            raise OSError("lost")
        return 1000.0

    async def due(self, until):
        self.asked.append(until)
        return self.rows


@pytest.fixture
async def node():
    return Node()


async def woken(node, how_many):
    async with asyncio.timeout(5):
        while len(node.woken) < how_many:
            node.news.clear()
            await node.news.wait()
    return node.woken


async def test_what_is_over_is_woken_at_once_and_the_rest_at_its_instant(node):
    store = Store((1, 7, 990.0), (1, 8, 1000.03))
    alarm = Alarm(node, store)
    began = asyncio.get_running_loop().time()
    await alarm.look()
    assert await woken(node, 1) == [(1, 7)]
    assert await woken(node, 2) == [(1, 7), (1, 8)]
    assert asyncio.get_running_loop().time() - began >= 0.03
    assert store.asked == [1000.0 + module.EVERY]
    await alarm.stop()


async def test_looking_twice_wakes_a_game_once_for_an_instant(node):
    alarm = Alarm(node, Store((1, 7, 1000.02)))
    await alarm.look()
    await alarm.look()
    await woken(node, 1)
    await asyncio.sleep(0.03)
    assert node.woken == [(1, 7)]
    await alarm.stop()


async def test_a_database_that_is_lost_is_asked_again(node, monkeypatch, caplog):
    monkeypatch.setattr(module, "EVERY", 0.0)
    store = Store((1, 7, 990.0))
    store.broken = True
    alarm = Alarm(node, store)
    await alarm.start()
    await alarm.start()
    assert await woken(node, 1) == [(1, 7)]
    await alarm.stop()
    assert "did not say what is due" in caplog.text


async def test_after_the_end_nothing_rings(node):
    before = asyncio.all_tasks()
    alarm = Alarm(node, Store((1, 7, 1000.02)))
    await alarm.start()
    async with asyncio.timeout(5):
        while not alarm.store.asked:
            await asyncio.sleep(0)
    await asyncio.sleep(0)
    await alarm.stop()
    await asyncio.sleep(0.03)
    assert node.woken == []
    assert asyncio.all_tasks() - before == set()
