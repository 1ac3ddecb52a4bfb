"""The database's time, carried on by the monotonic clock."""

import asyncio

import pytest

from realtime import clock as module
from realtime.clock import AGREEMENT, TOLERANCE, TRIES, Clock


class Monotonic:
    now = 50.0

    def __call__(self):
        return self.now


class Wall(Monotonic):
    now = 1000.0


@pytest.fixture
def monotonic():
    return Monotonic()


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def make(monotonic, wall):
    return lambda: Clock(monotonic, wall)


@pytest.fixture
async def clock(make):
    """One that has started when database and machine both said 1000."""
    clock = make()
    await clock.start(asking(1000.0))
    return clock


def asking(time):
    async def ask():
        return time

    return ask


async def test_it_is_the_databases_time_and_goes_on_by_itself(clock, monotonic):
    assert clock.now() == 1000.0
    monotonic.now += 3
    assert clock.now() == 1003.0


async def test_the_way_to_the_database_and_back_is_halved(make, monotonic):
    clock = make()

    async def slow():
        monotonic.now += 0.5
        return 1000.0

    await clock.start(slow)
    assert clock.now() == 1000.25


@pytest.mark.promise("P23")
async def test_a_slow_answer_moves_the_time_no_further_than_is_certain(clock, monotonic):

    async def slow():
        monotonic.now += 1.8
        return 1001.8  # said at the end; half of the way would be 0.9 s off

    await clock.synchronise(slow)
    assert clock.now() == pytest.approx(1001.8)


@pytest.mark.promise("P23")
async def test_the_question_that_opens_the_connection_does_not_set_the_time(make, monotonic):
    clock, ways = make(), iter([0.6, 0.002])

    async def ask():
        monotonic.now += next(ways)
        return 950.0 + monotonic.now

    await clock.start(ask)
    assert clock.now() == pytest.approx(950.0 + monotonic.now, abs=0.002)


@pytest.mark.promise("P23")
@pytest.mark.parametrize(("slow", "asked"), [(0, 1), (2, 3), (99, TRIES)])
async def test_a_first_answer_that_took_too_long_is_asked_for_again_but_not_for_ever(make, monotonic, caplog, slow, asked):
    clock, times = make(), []

    async def time():
        times.append(monotonic.now)
        monotonic.now += 2 * TOLERANCE if len(times) <= slow else 0.05
        return 950.0 + monotonic.now

    await clock.start(time)
    assert len(times) == asked
    assert clock.now() == 950.0 + monotonic.now + (TOLERANCE if slow > asked else 0.025)
    assert ("believed all the same" in caplog.text) == (slow > asked)


async def test_a_small_difference_is_followed(clock):
    await clock.synchronise(asking(1000.0 + TOLERANCE - 0.1))
    assert (clock.now(), clock.skewed) == (1000.0 + TOLERANCE - 0.1, False)


@pytest.mark.promise("P23")
@pytest.mark.parametrize("jump", [TOLERANCE + 0.1, -3600.0, 3600.0])
async def test_a_jump_is_not_believed_and_games_stand_still(clock, jump, caplog):
    await clock.synchronise(asking(1000.0 + jump))
    assert clock.skewed
    assert clock.now() == 1000.0
    assert "games stand still" in caplog.text
    await clock.synchronise(asking(1000.0))
    assert not clock.skewed


@pytest.mark.promise("P23")
async def test_measurements_that_agree_are_believed_in_the_end(clock, wall):
    wall.now = 4600.0 + TOLERANCE
    for _ in range(AGREEMENT):
        await clock.synchronise(asking(4600.0))
        assert clock.skewed
    await clock.synchronise(asking(4600.0))
    assert (clock.now(), clock.skewed) == (4600.0, False)


@pytest.mark.promise("P23")
async def test_who_starts_while_the_two_differ_waits_until_they_agree(make):
    clock = make()
    for ask in [clock.start, *[clock.synchronise] * 2 * AGREEMENT]:
        await ask(asking(4600.0))
        assert (clock.now(), clock.skewed) == (1000.0, True)
    await clock.synchronise(asking(1000.5))
    assert (clock.now(), clock.skewed) == (1000.5, False)


@pytest.mark.promise("P23")
@pytest.mark.parametrize("ours", [1000.0, 4600.0 + TOLERANCE + 0.1, 8200.0])
async def test_they_are_not_while_our_own_machine_says_something_else(clock, wall, ours):
    """Else the prizes of an hour would go in a minute, because somebody has set the clock of the database's machine."""
    wall.now = ours
    for _ in range(10 * AGREEMENT):
        await clock.synchronise(asking(4600.0))
        assert (clock.now(), clock.skewed) == (1000.0, True)
    assert len(clock.doubts) == AGREEMENT
    await clock.synchronise(asking(1000.0))
    assert not clock.skewed


@pytest.mark.promise("P23")
async def test_measurements_that_contradict_each_other_are_never_believed(clock):
    for jump in (3600.0, -3600.0, 7200.0, -90.0, 3600.0, 500.0):
        await clock.synchronise(asking(1000.0 + jump))
        assert clock.skewed
        assert clock.now() == 1000.0


async def test_an_answer_that_took_too_long_says_nothing(clock, monotonic):

    async def slow():
        monotonic.now += 2 * TOLERANCE + 1
        return 1000.0

    await clock.synchronise(slow)
    assert (clock.now(), clock.skewed) == (1000.0 + 2 * TOLERANCE + 1, False)


async def test_a_database_that_does_not_answer_leaves_our_own_time(clock, monkeypatch, caplog):
    monkeypatch.setattr(module, "EVERY", 0.0)
    asked = asyncio.Event()

    async def lost():
        asked.set()
        raise OSError

    task = asyncio.create_task(clock.keep(lost))
    async with asyncio.timeout(5):
        await asked.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (clock.now(), clock.skewed) == (1000.0, False)
