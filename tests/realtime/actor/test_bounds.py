"""What goes wrong costs itself, and what is too much is refused."""

import asyncio

import pytest

from realtime.actor import BATCH, MAILBOX
from realtime.postbox import PATIENCE
from tests.realtime.actor.heard import said
from tests.realtime.fakes import GAME, NOW, Table
from tests.realtime.toy import Shaken, Toy, Tripped

# Mistakes


async def test_a_bug_in_decide_costs_this_command_and_nothing_else(caplog):
    async with Table() as table:
        await table.open(1)
        assert (await table.ask("command", 1, ref="b", command={"t": "boom"})).code == "internal"
        assert (await table.say("on we go")).code is None
        assert f"game {GAME}: a bug in Boom" in caplog.text


async def test_a_bug_in_evolve_ends_the_actor_before_anything_is_stored():
    async with Table() as table:
        await table.open(1)
        first = table.send("command", 1, ref="a", command={"t": "say", "word": "hi"})
        second = table.send("command", 1, ref="b", command={"t": "trip"})
        assert {(await table.answer(number)).code for number in (first, second)} == {"busy"}
        assert Tripped not in map(type, table.store.events)
        assert said(table) == []


async def test_a_tick_that_does_not_move_the_deadline_ends_the_actor_instead_of_the_loop():
    async with Table(mechanic=Toy(stuck=True)) as table:
        await table.open(1)
        await table.operate({"t": "ask", "seconds": 5})
        table.clock.at += 5
        assert (await table.say("hi")).code == "busy"
        assert "has not moved the deadline" in str(table.task.exception())
        assert Shaken not in map(type, table.store.events)


async def test_a_letter_that_no_codec_would_pass_is_refused_not_fatal():
    async with Table() as table:
        await table.open(1)
        for command in ({"t": "say", "word": 7}, {"t": "say"}, {"t": "say", "word": "x", "more": 1}):
            assert (await table.ask("command", 1, ref="r", command=command)).code == "bad_command"
        assert (await table.ask("command", 1, ref="r", command=None)).code == "unknown_command"
        assert (await table.say("hi")).code is None


# Roles


@pytest.mark.parametrize(("role", "command"), [("player", "open"), ("player", "shake"), ("operator", "say"), ("player", "pause")])
async def test_a_command_belongs_to_one_role(role, command):
    async with Table() as table:
        await table.open(1)
        assert (await table.ask("command", 1, role=role, ref="x", command={"t": command, "word": "x"})).code == "not_yours"


@pytest.mark.parametrize("word", ["tick", "admit", "fly"])
async def test_what_is_the_systems_is_unknown_to_everyone(word):
    async with Table() as table:
        for role in ("player", "operator", "system"):
            assert (await table.ask("command", 1, role=role, ref="x", command={"t": word, "player": 1})).code == "unknown_command"


# Bounds


async def test_a_crowd_is_settled_in_few_commits_of_at_most_256():
    async with Table() as table:
        await table.open(*range(1, 21))
        table.store.commits.clear()
        waiting = [table.send("command", 1 + n % 20, ref=f"r{n}", command={"t": "say", "word": "x"}) for n in range(600)]
        for number in waiting:
            await table.answer(number)
        assert table.store.commits == [BATCH, BATCH, 600 - 2 * BATCH]


async def test_a_full_mailbox_takes_no_more():
    async with Table() as table:
        await table.open(1)
        table.store.gate.clear()
        table.store.reached.clear()
        table.send("command", 1, ref="first", command={"t": "say", "word": "x"})
        await table.store.reached.wait()
        for number in range(MAILBOX):
            table.send("look", 1, ref=str(number))
        with pytest.raises(OverflowError):
            table.send("look", 1)
        table.store.gate.set()


async def test_a_letter_whose_sender_has_heard_busy_is_dropped_undecided():
    async with Table() as table:
        await table.open(1)
        assert (await table.say("hi", at=NOW - PATIENCE - 0.1)).code == "busy"
        assert said(table) == []
        assert (await table.say("hi", at=NOW - PATIENCE + 0.1)).code is None


async def test_the_loop_runs_between_two_batches():
    async with Table() as table:
        turns = 0

        async def others():
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(others())
        await asyncio.sleep(0)
        before = turns
        last = [table.send("look", 0, role="system") for _ in range(BATCH * 10)][-1]
        await table.answer(last)
        assert turns - before >= 9
        task.cancel()
