"""A crowd knocks at few doors: the database is asked once in a while."""

import asyncio
import contextlib

import pytest

from games.store import Came, Place
from realtime import doors as module
from realtime import lookups
from realtime.doors import LASTING, LASTING_WALL, Doors, Knock
from realtime.postbox import Busy

HERE = "192.0.2.7"
KNOCK = Knock("demo", "game", Came("http://play.test", "play.test", False))


class Store:
    def __init__(self):
        self.asked, self.answer, self.gate = [], (Place(1, "demo", 2), True), asyncio.Event()
        self.gate.set()

    async def door(self, *knock):
        self.asked.append(knock)
        await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Time:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
async def store():
    return Store()


@pytest.fixture
def time():
    return Time()


async def test_many_who_come_at_once_ask_once_and_for_a_while_nobody_asks(store, time):
    doors = Doors(store, time)
    store.gate.clear()
    crowd = [asyncio.create_task(doors.open(KNOCK, HERE)) for _ in range(50)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    store.gate.set()
    assert set(await asyncio.gather(*crowd)) == {store.answer}
    time.now += LASTING - 0.1
    await doors.open(KNOCK, HERE)
    assert len(store.asked) == 1
    time.now += 0.2
    await doors.open(KNOCK, HERE)
    assert len(store.asked) == 2
    assert doors.asking == {}


async def test_each_page_and_game_is_a_door_of_its_own(store, time):
    doors = Doors(store, time)
    evil = KNOCK._replace(came=Came("http://evil.test", "play.test", False))
    await doors.open(KNOCK, HERE)
    store.answer = (store.answer[0], False)
    assert await doors.open(evil, HERE) == store.answer
    assert (await doors.open(KNOCK, HERE))[1] is True


async def test_a_door_that_is_not_there_may_be_there_in_a_moment(store, time):
    doors = Doors(store, time)
    store.answer = (None, False)
    await doors.open(KNOCK, HERE)
    store.answer = (Place(1, "demo", 2), True)
    time.now += LASTING_WALL + 0.1
    assert (await doors.open(KNOCK, HERE))[1] is True


async def test_who_knocks_at_walls_again_and_again_asks_the_database_a_bounded_number_of_times(store, time):
    doors = Doors(store, time)
    store.answer = (None, False)
    knocks = [doors.open(KNOCK._replace(game=str(number)), HERE) for number in range(1000)]
    answers = await asyncio.gather(*knocks, return_exceptions=True)
    assert len(store.asked) <= module.MOST_ASKED
    assert {type(answer) for answer in answers} == {tuple, Busy}
    for number in range(1000):
        with contextlib.suppress(Busy):
            await doors.open(KNOCK._replace(game=f"more{number}"), HERE)
    assert len(store.asked) <= 320
    assert await doors.open(KNOCK, "192.0.2.8") == store.answer, "another address is not limited by this one"


async def test_a_lost_database_is_said_to_all_who_wait_and_asked_again(store, time):
    doors = Doors(store, time)
    store.answer = OSError("lost")
    for problem in await asyncio.gather(doors.open(KNOCK, HERE), doors.open(KNOCK, HERE), return_exceptions=True):
        assert isinstance(problem, OSError)
    store.answer = (Place(1, "demo", 2), True)
    assert (await doors.open(KNOCK, HERE))[1] is True


async def test_who_goes_away_does_not_take_the_answer_with_him(store, time):
    doors = Doors(store, time)
    store.gate.clear()
    gone, stays = (asyncio.create_task(doors.open(KNOCK, HERE)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    store.gate.set()
    assert await stays == store.answer


async def test_strangers_cannot_make_us_remember_without_end(store, time, monkeypatch):
    monkeypatch.setattr(module, "MOST", 10)
    doors = Doors(store, time)
    for number in range(35):
        await doors.open(KNOCK._replace(game=str(number)), str(number))
    assert len(doors.known) <= 10


async def test_a_bounded_number_waits_in_front_of_one_door(store, time, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    doors = Doors(store, time)
    store.gate.clear()
    crowd = [asyncio.create_task(doors.open(KNOCK, HERE)) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await doors.open(KNOCK, HERE)
    store.gate.set()
    assert await asyncio.gather(*crowd) == [store.answer] * 3
    assert doors.waiting == {}


async def test_a_database_that_hangs_is_waited_for_a_while_and_asked_again(store, time, monkeypatch):
    monkeypatch.setattr(lookups, "LONGEST", 0.02)
    doors = Doors(store, time)
    store.gate.clear()
    for problem in await asyncio.gather(doors.open(KNOCK, HERE), doors.open(KNOCK, HERE), return_exceptions=True):
        assert isinstance(problem, Busy)
    assert (doors.asking, len(store.asked)) == ({}, 1)
    store.gate.set()
    assert await doors.open(KNOCK, HERE) == store.answer


async def test_what_was_old_is_forgotten_and_what_was_said_since_is_not(store, time):
    doors = Doors(store, time)
    place, _ = await doors.open(KNOCK, HERE)
    doors.forget(KNOCK, place._replace(line="before"))
    await doors.open(KNOCK, HERE)
    assert len(store.asked) == 1
    doors.forget(KNOCK, place)
    doors.forget(KNOCK, place)
    await doors.open(KNOCK, HERE)
    assert len(store.asked) == 2
