"""The clock wakes each game at the instant it asked for."""

import asyncio

import pytest

from games.store import Posted
from realtime.letters import Answer
from realtime.postbox import Busy
from scheduler import clock as module
from scheduler.clock import Alarm


class Node:
    def __init__(self):
        self.woken, self.news = [], asyncio.Event()
        self.told, self.busy = [], set()

    def wake(self, tenant, game):
        self.woken.append((tenant, game))
        self.news.set()

    async def tell(self, tenant, game, kind, **fields):
        self.told.append((game, fields["ref"], fields["role"]))
        if fields["ref"] in self.busy:
            raise Busy
        return Answer(0, code="ended" if fields["ref"] == "late" else None)


class Store:
    def __init__(self, *rows):
        self.rows, self.asked, self.broken = rows, [], False
        self.letters: list[Posted] = []

    async def time(self):
        if self.broken:
            self.broken = False
            raise OSError("lost")
        return 1000.0

    async def inbox(self, limit, but):
        first = {letter.game: letter for letter in reversed(self.letters) if letter.game not in but}
        return sorted(first.values())[:limit]

    async def delivered(self, tenant, row):
        self.letters = [letter for letter in self.letters if letter.row != row]

    async def due(self, until, after=None):
        if after is None:
            self.asked.append(until)
        first = self.rows.index(after) + 1 if after else 0
        return self.rows[first : first + 2]


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
    assert len(alarm.timers) == 1
    await woken(node, 1)
    assert (node.woken, alarm.timers) == ([(1, 7)], {}), "and nothing is left that could ring again"
    await alarm.stop()


async def test_what_is_due_is_read_to_its_end_so_that_who_stays_due_hides_nobody(node):
    alarm = Alarm(node, Store(*[(1, game, 990.0) for game in range(1, 6)]))
    await alarm.look()
    assert await woken(node, 5) == [(1, game) for game in range(1, 6)]
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
    alarm = Alarm(node, Store((1, 7, 1000.9)))
    await alarm.start()
    async with asyncio.timeout(5):
        while not alarm.store.asked:
            await asyncio.sleep(0)
    await asyncio.sleep(0)
    timers = list(alarm.timers.values())
    assert len(timers) == 1
    await alarm.stop()
    assert [timer.cancelled() for timer in timers] == [True]
    assert node.woken == []
    assert asyncio.all_tasks() - before == set()


def letter(row, game, ref):
    return Posted(row, 1, game, "system", 0, ref, {"t": "x"})


async def test_letters_go_out_in_the_order_of_each_game_and_leave_the_inbox_when_they_are_decided(node):
    store = Store()
    store.letters = [letter(1, 7, "a"), letter(2, 7, "b"), letter(3, 8, "c"), letter(4, 7, "d")]
    await Alarm(node, store).deliver()
    assert [ref for game, ref, _ in node.told if game == 7] == ["a", "b", "d"]
    assert store.letters == []


async def test_a_letter_that_met_busy_stays_and_those_behind_it_wait(node):
    store = Store()
    store.letters = [letter(1, 7, "a"), letter(2, 7, "b"), letter(3, 8, "c")]
    node.busy = {"a"}
    await Alarm(node, store).deliver()
    assert [each.ref for each in store.letters] == ["a", "b"]
    node.busy = set()
    await Alarm(node, store).deliver()
    assert store.letters == []
    assert [ref for game, ref, _ in node.told if game == 7] == ["a", "a", "b"]


async def test_games_that_are_stuck_hold_nobody_up_however_many_they_are(node, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    store = Store()
    store.letters = [letter(row, row, f"stuck {row}") for row in range(1, 6)] + [letter(6, 7, "a"), letter(7, 7, "b")]
    node.busy = {f"stuck {row}" for row in range(1, 6)}
    alarm = Alarm(node, store)
    await alarm.deliver()
    assert [each.row for each in store.letters] == [1, 2, 3, 4, 5]
    node.told.clear()
    store.letters.append(letter(8, 7, "c"))
    await alarm.deliver()
    assert [ref for _, ref, _ in node.told] == ["c", "stuck 1", "stuck 2"], "the others first, and then some of those who are stuck"
    node.busy = set()
    for _ in range(3):
        await alarm.deliver()
    assert store.letters == []


async def test_a_letter_that_is_refused_is_said_and_does_not_come_again(node, caplog):
    store = Store()
    store.letters = [letter(1, 7, "late")]
    await Alarm(node, store).deliver()
    assert store.letters == []
    assert "game 7 refused letter late: ended" in caplog.text


async def test_beside_an_engine_that_does_not_own_shard_0_nothing_is_asked(node, monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0.0)
    store, conducting = Store((1, 7, 990.0)), [False]
    alarm = Alarm(node, store, lambda: conducting[0])
    await alarm.start()
    for _ in range(20):
        await asyncio.sleep(0)
    assert store.asked == []
    conducting[0] = True
    assert await woken(node, 1) == [(1, 7)]
    await alarm.stop()
