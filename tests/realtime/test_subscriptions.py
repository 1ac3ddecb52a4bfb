"""The groups that a process hears: joined before the first who needs one goes on, left after the last."""

import asyncio

import pytest

from realtime.subscriptions import Subscriptions


class Layer:
    def __init__(self):
        self.steps, self.gate, self.problem = [], asyncio.Event(), None
        self.gate.set()

    async def group_add(self, topic, channel):
        await self.step("add", topic)

    async def group_discard(self, topic, channel):
        await self.step("discard", topic)

    async def step(self, *what):
        await self.gate.wait()
        if self.problem:
            raise self.problem
        self.steps.append(what)


async def joined(subscriptions, topic="a", needed=lambda: True):
    await subscriptions.join(topic, needed)
    return topic in subscriptions.joined


async def test_a_group_is_joined_once_and_the_second_waits_for_the_first():
    layer = Layer()
    subscriptions = Subscriptions(layer, 30)
    layer.gate.clear()
    waiting = [asyncio.create_task(joined(subscriptions)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    layer.gate.set()
    assert await asyncio.gather(*waiting) == [True, True, True]
    assert layer.steps == [("add", "a")]


async def test_a_group_is_left_only_when_nobody_came_meanwhile():
    layer, needed = Layer(), [True]
    subscriptions = Subscriptions(layer, 30)
    await joined(subscriptions)
    await subscriptions.leave("a", lambda: needed[0])
    assert layer.steps == [("add", "a")]
    needed.clear()
    await subscriptions.leave("a", lambda: bool(needed))
    await subscriptions.leave("a", lambda: bool(needed))
    assert layer.steps == [("add", "a"), ("discard", "a")]
    await joined(subscriptions)
    assert layer.steps[-1] == ("add", "a")


async def test_who_left_before_his_turn_is_not_joined():
    layer = Layer()
    assert not await joined(Subscriptions(layer, 30), needed=lambda: False)
    assert layer.steps == []


@pytest.mark.promise("P12")
async def test_a_lost_layer_is_said_to_who_comes_and_spared_who_goes(caplog):
    layer = Layer()
    subscriptions = Subscriptions(layer, 30)
    await joined(subscriptions, "b")
    layer.problem = OSError("lost")
    with pytest.raises(OSError, match="lost"):
        await joined(subscriptions, "a")
    assert subscriptions.joined == {"b"}
    await subscriptions.leave("b", lambda: False)
    assert subscriptions.joined == set()
    layer.problem = None
    assert await joined(subscriptions, "a")


@pytest.mark.promise("P12")
async def test_a_layer_that_hangs_holds_nobody_for_ever():
    layer = Layer()
    layer.gate.clear()
    with pytest.raises(TimeoutError):
        await joined(Subscriptions(layer, 0.01))
