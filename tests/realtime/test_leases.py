"""A shard belongs to one engine at a time: what it does not own it neither serves nor speaks for (decision 28)."""

import asyncio
import signal
import subprocess
import sys

import pytest

from games.store import LEASE
from realtime import owners, topics
from realtime.leases import Leases
from realtime.letters import Answer, Told
from realtime.publisher import Publisher, Vouched
from tests.realtime.fakes import GAME, TENANT, FakeStore
from tests.realtime.village import until, village

EVERYONE = topics.everyone(TENANT, GAME)
SHARD = topics.shard_of(GAME, 2)


class Rows:
    """The table of leases, and its clock."""

    def __init__(self):
        self.now, self.rows, self.lost = 100.0, {}, False

    async def lease(self, owner, shards, most, hearing=()):
        if self.lost:
            raise OSError("no database")
        for shard in range(shards):
            holder, term, until = self.rows.get(shard, ("", 0, 0.0))
            if holder == owner or (until <= self.now and len(self.of(owner)) < most):
                self.rows[shard] = owner, term + (holder != owner), self.now + LEASE
        return self.of(owner)

    def of(self, owner):
        return {shard: term for shard, (holder, term, _) in self.rows.items() if holder == owner}

    async def owners(self):
        return [holder for holder, _, _ in self.rows.values()]

    async def release(self, owners):
        self.rows = {shard: ("", row[1], 0.0) if row[0] in owners else row for shard, row in self.rows.items()}


@pytest.fixture
def rows():
    return Rows()


async def test_what_is_owned_ends_by_our_own_clock_unless_it_is_renewed(rows):
    leases = Leases(rows, 4, 4, lambda: rows.now)
    await leases.renew()
    assert [leases.holds(shard) for shard in range(5)] == [True] * 4 + [False]
    rows.now += LEASE - 0.01
    assert leases.holds(0)
    rows.now += 0.02
    assert not leases.holds(0)
    await leases.renew()
    assert leases.holds(0)


async def test_the_time_of_the_question_counts_not_that_of_the_answer(rows):
    leases = Leases(rows, 1, 1, lambda: rows.now)

    async def slow(*asked):
        answer = await Rows.lease(rows, *asked)
        rows.now += 2
        return answer

    rows.lease = slow
    await leases.renew()
    rows.now += LEASE - 1.9
    assert not leases.holds(0)


async def test_a_second_engine_stands_by_and_takes_all_when_the_first_is_silent(rows):
    first, second = (Leases(rows, 4, 4, lambda: rows.now) for _ in range(2))
    await first.renew()
    await second.renew()
    assert (second.held, second.complete) == ({}, False)
    rows.now += LEASE + 0.1
    await second.renew()
    assert [second.holds(shard) for shard in range(4)] == [True] * 4
    assert not any(first.holds(shard) for shard in range(4))


async def test_after_a_clean_end_the_next_engine_need_not_wait(rows):
    first, second = (Leases(rows, 2, 2, lambda: rows.now) for _ in range(2))
    await first.renew()
    await first.release()
    assert not first.holds(0)
    await second.renew()
    assert second.holds(0)


async def test_what_a_killed_process_of_this_machine_owned_is_free_at_once_and_a_frozen_ones_is_not(rows):
    leases = Leases(rows, 2, 2, lambda: rows.now)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        name = f"{owners.machine()}.{other.pid}.{owners.started(other.pid)}.abcd"
        await rows.lease(name, 2, 2)
        other.send_signal(signal.SIGSTOP)
        await leases.renew()
        assert not leases.held
        other.kill()
        while owners.started(other.pid):  # the signal is on its way
            await asyncio.sleep(0.001)
        await leases.renew()
        assert set(leases.held) == {0, 1}


@pytest.mark.parametrize("owner", ["", "elsewhere.1.2.3", "nonsense", f"{owners.machine()}.1..ab"])
def test_of_owners_that_nothing_is_known_of_nothing_is_concluded(owner):
    assert not owners.gone(owner)


def test_we_are_not_gone_and_who_has_our_number_later_is_not_us():
    name = owners.own()
    assert not owners.gone(name)
    machine, pid, started, word = name.split(".")
    assert owners.gone(f"{machine}.{pid}.{int(started) - 1}.{word}")


class Layer:
    def __init__(self):
        self.sent = []

    async def send(self, target, message):
        self.sent.append((target, message["type"]))

    group_send = send


@pytest.mark.promise("P1")
async def test_what_was_queued_while_we_owned_the_shard_is_not_said_when_we_no_longer_do():
    layer, owned = Layer(), [True]
    post = Publisher(layer)
    vouched = Vouched(post, lambda: owned[0])
    vouched.answer("node", Answer(1))
    vouched.tell(Told("g.1.2.everyone", "l", 1, 2, b""))
    post.answer("node", Answer(2))
    owned[0] = False
    running = asyncio.create_task(post.run())
    await post.empty.wait()
    running.cancel()
    assert layer.sent == [("node", "answers")]


class Numbered(FakeStore):
    """Gives each shard under the term that the test names, or to nobody."""

    term = 1

    async def lease(self, owner, shards, most, hearing=()):
        return dict.fromkeys(range(shards), self.term) if self.term else {}


async def test_who_lost_a_shard_and_has_it_again_starts_from_the_log():
    store = Numbered()
    async with village(store=store) as place:
        await place.open(1)
        before = place.engine.actors[GAME].actor
        await place.engine.renew()
        assert place.engine.actors[GAME].actor is before
        store.term = 2
        await place.engine.renew()
        assert GAME not in place.engine.actors
        await until(lambda: SHARD in place.engine.open and place.shard().reached)
        assert (await place.say("hi")).code is None


@pytest.mark.promise("P1")
async def test_an_engine_whose_lease_is_over_answers_nothing_not_even_a_refusal():
    store = Numbered()
    async with village(store=store) as place:
        await place.open(1)
        place.node.letters.patience = 0.2
        store.gate.clear()
        store.reached.clear()
        asked = asyncio.create_task(place.say("hi"))
        await store.reached.wait()
        place.engine.leases.held = {}
        place.engine.layer.send = None  # an answer would fail loudly
        store.gate.set()
        await asyncio.gather(asked, return_exceptions=True)
        await place.engine.post.empty.wait()
        assert place.engine.post.lost == 0


async def test_a_lost_database_leaves_an_engine_its_shards_until_they_are_over(monkeypatch, caplog):
    store = Numbered()
    async with village(store=store) as place:
        store.lease = fails
        await place.engine.renew()
        assert "the leases could not be renewed" in caplog.text
        assert place.engine.holds(SHARD)
        assert set(place.engine.open) == {0, 1}
        held = place.engine.leases.held
        place.engine.leases.held = {shard: each._replace(until=0.0) for shard, each in held.items()}
        await place.engine.renew()
        assert place.engine.open == {}


async def fails(*_):
    raise OSError("no database")


async def test_however_long_the_end_of_a_lost_shard_takes_the_next_renewal_is_in_time(monkeypatch):
    store = Numbered()
    async with village(store=store) as place:
        ends = asyncio.Event()
        stop = place.shard().stop
        monkeypatch.setattr(place.shard(), "stop", ends.wait)
        store.term = 2
        await place.engine.renew()
        await until(lambda: 1 - SHARD in place.engine.open)
        assert SHARD not in place.engine.open, "it is not served again before it has ended"
        ends.set()
        await until(lambda: SHARD in place.engine.open)
        await stop()
