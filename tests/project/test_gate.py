"""The gate bounds what runs at a time and who waits for it; nobody is let onto a lane that somebody has left at work."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from project.gate import Full, Gate


@pytest.fixture
async def make():
    made = []

    def gate(*arguments, **options):
        made.append(Gate("test", *arguments, **options))
        return made[-1]

    yield gate
    for each in made:
        await asyncio.to_thread(each.close)


class Work:
    """Something synchronous that lasts until it is let go; counts how many do it at a time."""

    def __init__(self):
        self.go, self.lock = threading.Event(), threading.Lock()
        self.now = self.most = self.done = 0

    def do(self):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        assert self.go.wait(10)
        with self.lock:
            self.now -= 1
            self.done += 1

    async def through(self, gate):
        async with gate.turn():
            await sync_to_async(self.do)()


async def eventually(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.002)


async def test_so_many_work_at_a_time_and_the_rest_wait_their_turn(make):
    gate, work = make(3, 100), Work()
    crowd = [asyncio.create_task(work.through(gate)) for _ in range(50)]
    await eventually(lambda: work.now == 3 and gate.waiting == 47)
    work.go.set()
    await asyncio.gather(*crowd)
    assert (work.most, work.done, gate.waiting) == (3, 50, 0)


async def test_first_come_first_served(make):
    gate, order = make(1, 100), []

    async def come(number):
        async with gate.turn():
            order.append(number)

    await asyncio.gather(*[come(number) for number in range(20)])
    assert order == list(range(20))


async def test_above_the_bound_one_is_told_at_once_to_come_back(make):
    gate, work = make(1, 2), Work()
    crowd = [asyncio.create_task(work.through(gate)) for _ in range(3)]
    await eventually(lambda: gate.waiting == 2 and work.now == 1)
    with pytest.raises(Full):
        await work.through(gate)
    work.go.set()
    await asyncio.gather(*crowd)
    await work.through(gate)
    assert work.done == 4


async def test_nobody_waits_for_ever(make):
    gate, work = make(1, 2, patience=0.01), Work()
    first = asyncio.create_task(work.through(gate))
    await eventually(lambda: work.now == 1)
    with pytest.raises(Full):
        await work.through(gate)
    assert gate.waiting == 0
    work.go.set()
    await first


async def test_who_hangs_up_leaves_his_work_on_the_lane_and_nobody_stands_in_it(make):
    gate, work = make(1, 100), Work()
    gone = asyncio.create_task(work.through(gate))
    await eventually(lambda: work.now == 1)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    second = asyncio.create_task(work.through(gate))
    await eventually(lambda: gate.waiting == 1)
    work.go.set()
    await second
    assert (work.most, work.done) == (1, 2)


async def test_who_hangs_up_in_the_queue_gives_his_place_back(make):
    gate, work = make(1, 1), Work()
    first = asyncio.create_task(work.through(gate))
    await eventually(lambda: work.now == 1)
    for _ in range(3):
        waiter = asyncio.create_task(work.through(gate))
        await eventually(lambda: gate.waiting == 1)
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
    work.go.set()
    await first
    await work.through(gate)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
async def test_a_lane_keeps_its_connection_and_gets_another_when_that_one_is_lost(make):
    gate = make(1, 10)

    def session(lose=False):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            found = cursor.fetchone()[0]
        if lose:
            connection.connection.close()  # as a database that was started again leaves it
        return found

    async def ask(**options):
        async with gate.turn():
            return await sync_to_async(session)(**options)

    first = await ask()
    assert await ask(lose=True) == first
    assert await ask() != first
