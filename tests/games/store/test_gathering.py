"""Who asks while a call is under way is asked for with all others in the next one."""

import asyncio

import pytest

from games.store import gathering
from games.store.gathering import Gathering


class Counter:
    """A call that waits until it may go on."""

    def __init__(self):
        self.asked, self.gate, self.broken = [], asyncio.Event(), False

    async def __call__(self, numbers):
        self.asked.append(numbers)
        await self.gate.wait()
        if self.broken:
            raise OSError("lost")
        return [number * 10 for number in numbers]


@pytest.fixture
def call():
    return Counter()


async def turns(number=5):
    for _ in range(number):
        await asyncio.sleep(0)


async def asking(gathering_, *numbers):
    tasks = [asyncio.create_task(gathering_.ask(number)) for number in numbers]
    await turns()
    return tasks


async def test_the_first_is_asked_for_at_once_and_the_others_together(call):
    gathered = Gathering(call)
    tasks = await asking(gathered, 1) + await asking(gathered, 2, 3, 4)
    assert call.asked == [[1]]
    call.gate.set()
    assert await asyncio.gather(*tasks) == [10, 20, 30, 40]
    assert call.asked == [[1], [2, 3, 4]]


async def test_one_call_asks_for_no_more_than_it_can_carry(call, monkeypatch):
    monkeypatch.setattr(gathering, "MOST", 2)
    gathered = Gathering(call)
    tasks = await asking(gathered, 1) + await asking(gathered, 2, 3, 4)
    call.gate.set()
    assert await asyncio.gather(*tasks) == [10, 20, 30, 40]
    assert call.asked == [[1], [2, 3], [4]]


async def test_who_has_gone_is_not_asked_for(call):
    gathered = Gathering(call)
    (first,) = await asking(gathered, 1)
    gone, stays = await asking(gathered, 2, 3)
    gone.cancel()
    await turns()
    call.gate.set()
    assert await asyncio.gather(first, stays) == [10, 30]
    assert call.asked == [[1], [3]]


async def test_a_call_that_fails_fails_for_those_it_asked_for_and_the_next_goes_on(call):
    gathered = Gathering(call)
    call.broken = True
    tasks = await asking(gathered, 1)
    call.gate.set()
    with pytest.raises(OSError, match="lost"):
        await tasks[0]
    call.broken = False
    assert await gathered.ask(2) == 20
