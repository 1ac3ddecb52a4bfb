"""Deadlines, hours, and who is in."""

import asyncio

import pytest

from games.lifecycle import Ended, Joined, Lifecycle, Opened
from tests.realtime.actor.heard import kinds
from tests.realtime.fakes import NOW, DrivenClock, Table
from tests.realtime.toy import Asked, Closed, Guessed

# Time


async def test_a_deadline_is_kept_under_constant_load():
    async with Table() as table:
        await table.open(1)
        await table.operate({"t": "ask", "seconds": 10})
        for step in range(30):
            table.clock.at += 0.5
            for number in range(40):
                table.send("command", 1, ref=f"{step}-{number}", command={"t": "guess"})
        await table.answer(table.send("look", 0, role="system"))
        events = table.store.events
        closed = events.index(Closed())
        assert not [event for event in events[closed:] if isinstance(event, Guessed)]
        assert table.store.log[closed].at == NOW + 10


async def test_an_answer_received_before_the_deadline_counts_however_long_the_commit_takes():
    async with Table() as table:
        await table.open(1, 2)
        await table.operate({"t": "ask", "seconds": 1})
        table.store.gate.clear()
        table.store.reached.clear()
        slow = table.send("command", 1, ref="a", command={"t": "guess"})
        await table.store.reached.wait()
        table.clock.at += 0.5
        in_time = table.send("command", 2, ref="b", command={"t": "guess"})
        table.clock.at += 1.0
        too_late = table.send("command", 1, ref="c", command={"t": "guess"})
        table.store.gate.set()
        assert [(await table.answer(number)).code for number in (slow, in_time, too_late)] == [None, None, "not_now"]
        assert kinds(table)[-4:] == ["Asked", "Guessed", "Guessed", "Closed"]


async def test_a_deadline_comes_by_itself_when_nobody_writes():
    class Now(DrivenClock):
        def now(self):
            return NOW + asyncio.get_running_loop().time() - self.at

    async with Table(clock=Now(asyncio.get_running_loop().time())) as table:
        await table.open(1)
        await table.operate({"t": "ask", "seconds": 0.02})
        await table.post.until(lambda: isinstance(table.store.events[-1], Closed))
        asked = next(entry for entry in table.store.log if isinstance(entry.event, Asked))
        assert table.store.log[-1].at == asked.event.until


async def test_the_hours_of_a_game_are_deadlines_too():
    async with Table(hours=Lifecycle(NOW + 60, NOW + 120)) as table:
        await table.ask("hello", 1)
        assert (await table.say("early", ref="a")).code == "not_open"
        table.clock.at = NOW + 119.9
        assert (await table.say("in time", ref="b")).code is None
        table.clock.at = NOW + 120
        assert (await table.say("too late", ref="c")).code == "ended"
        assert [(type(entry.event), entry.at) for entry in table.store.log if isinstance(entry.event, Opened | Ended)] == [
            (Opened, NOW + 60),
            (Ended, NOW + 120),
        ]
        assert [summary.next_at for summary in table.store.summaries][-1] is None


@pytest.mark.promise("P23")
async def test_while_the_clock_is_not_believed_nothing_is_decided_but_everybody_may_look():
    async with Table(hours=Lifecycle(None, NOW + 60)) as table:
        await table.open(1)
        table.clock.skewed, table.clock.at = True, NOW + 100
        assert (await table.say("hi")).code == "busy"
        assert (await table.ask("hello", 2)).code == "busy"
        assert (await table.ask("look", 1)).you["player"] == 1
        assert Ended not in map(type, table.store.events)
        table.clock.skewed = False
        assert (await table.say("hi")).code == "ended"
        assert table.store.log[-1].at == NOW + 60


@pytest.mark.promise("P23")
async def test_time_in_a_log_never_goes_back():
    async with Table() as table:
        await table.open(1)
        await table.say("first", ref="a")
        table.clock.at -= 1800
        await table.say("second", ref="b")
        assert [entry.at for entry in table.store.log] == [NOW] * 4


# Who joins


async def test_a_hello_admits_once():
    async with Table() as table:
        for _ in range(3):
            assert (await table.ask("hello", 1)).you["player"] == 1
        assert table.store.events == [Joined(1, NOW)]


async def test_a_locked_or_finished_game_shows_itself_without_a_you():
    async with Table() as table:
        await table.open(1)
        await table.operate({"t": "lock"})
        answer = await table.ask("hello", 2)
        assert (answer.code, answer.you) == ("locked", None)
        assert b'"locked":true' in answer.picture.everyone
        assert (await table.ask("hello", 1)).you["player"] == 1
        await table.operate({"t": "end"})
        assert (await table.ask("hello", 3)).code == "ended"
        assert (await table.say("hi", 2)).code == "not_joined"


async def test_a_banned_player_is_refused_whatever_he_asks():
    async with Table() as table:
        await table.open(1)
        await table.operate({"t": "ban", "player": 1})
        assert (await table.ask("hello", 1)).code == "banned"
        assert (await table.ask("look", 1)).code == "banned"
        assert (await table.say("hi")).code == "banned"
        assert (await table.ask("look", 0, role="system")).code is None
