"""The database's time, carried on by the monotonic clock."""

import asyncio

import pytest

from realtime import clock as module
from realtime.clock import AGREEMENT, TOLERANCE, TRIES, Clock


class Monotonic:
    now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def monotonic():
    return Monotonic()


async def made(monotonic, database=1000.0):
    clock = Clock(monotonic)
    await clock.start(asking(database))
    return clock


def asking(time):
    async def ask():
        return time

    return ask


async def test_it_is_the_databases_time_and_goes_on_by_itself(monotonic):
    clock = await made(monotonic)
    assert clock.now() == 1000.0
    monotonic.now += 3
    assert clock.now() == 1003.0


async def test_the_way_to_the_database_and_back_is_halved(monotonic):
    clock = Clock(monotonic)

    async def slow():
        monotonic.now += 0.5
        return 1000.0

    await clock.start(slow)
    assert clock.now() == 1000.25


@pytest.mark.promise("P23")
async def test_a_slow_answer_moves_the_time_no_further_than_is_certain(monotonic):
    clock = await made(monotonic)

    async def slow():
        monotonic.now += 1.8
        return 1001.8  # said at the end; half of the way would be 0.9 s off

    await clock.synchronise(slow)
    assert clock.now() == pytest.approx(1001.8)


@pytest.mark.promise("P23")
async def test_the_question_that_opens_the_connection_does_not_set_the_time(monotonic):
    clock, ways = Clock(monotonic), iter([0.6, 0.002])

    async def ask():
        monotonic.now += next(ways)
        return 950 + monotonic.now

    await clock.start(ask)
    assert clock.now() == pytest.approx(950 + monotonic.now, abs=0.002)


@pytest.mark.promise("P23")
@pytest.mark.parametrize(("slow", "asked"), [(0, 1), (2, 3), (99, TRIES)])
async def test_a_first_answer_that_took_too_long_is_asked_for_again_but_not_for_ever(monotonic, caplog, slow, asked):
    clock, times = Clock(monotonic), []

    async def time():
        times.append(monotonic.now)
        monotonic.now += 2 * TOLERANCE if len(times) <= slow else 0.05
        return 1000.0 + monotonic.now

    await clock.start(time)
    assert len(times) == asked
    assert clock.now() == 1000.0 + monotonic.now + (TOLERANCE if slow > asked else 0.025)
    assert ("believed all the same" in caplog.text) == (slow > asked)


async def test_a_small_difference_is_followed(monotonic):
    clock = await made(monotonic)
    await clock.synchronise(asking(1000.0 + TOLERANCE - 0.1))
    assert (clock.now(), clock.skewed) == (1000.0 + TOLERANCE - 0.1, False)


@pytest.mark.promise("P23")
@pytest.mark.parametrize("jump", [TOLERANCE + 0.1, -3600.0, 3600.0])
async def test_a_jump_is_not_believed_and_games_stand_still(monotonic, jump, caplog):
    clock = await made(monotonic)
    await clock.synchronise(asking(1000.0 + jump))
    assert clock.skewed
    assert clock.now() == 1000.0
    assert "games stand still" in caplog.text
    await clock.synchronise(asking(1000.0))
    assert not clock.skewed


@pytest.mark.promise("P23")
async def test_measurements_that_agree_are_believed_in_the_end(monotonic):
    clock = await made(monotonic)
    for _ in range(AGREEMENT):
        await clock.synchronise(asking(4600.0))
        assert clock.skewed
    await clock.synchronise(asking(4600.0))
    assert (clock.now(), clock.skewed) == (4600.0, False)


@pytest.mark.promise("P23")
async def test_measurements_that_contradict_each_other_are_never_believed(monotonic):
    clock = await made(monotonic)
    for jump in (3600.0, -3600.0, 7200.0, -90.0, 3600.0, 500.0):
        await clock.synchronise(asking(1000.0 + jump))
        assert clock.skewed
        assert clock.now() == 1000.0


async def test_an_answer_that_took_too_long_says_nothing(monotonic):
    clock = await made(monotonic)

    async def slow():
        monotonic.now += 2 * TOLERANCE + 1
        return 1000.0

    await clock.synchronise(slow)
    assert (clock.now(), clock.skewed) == (1000.0 + 2 * TOLERANCE + 1, False)


async def test_a_database_that_does_not_answer_leaves_our_own_time(monotonic, monkeypatch, caplog):
    monkeypatch.setattr(module, "EVERY", 0.0)
    clock, asked = await made(monotonic), asyncio.Event()

    async def lost():
        asked.set()
        raise OSError

    task = asyncio.create_task(clock.keep(lost))
    async with asyncio.timeout(5):
        await asked.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (clock.now(), clock.skewed) == (1000.0, False)
