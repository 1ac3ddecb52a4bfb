"""What is stored is told, once."""

import msgspec
import pytest

from realtime.actor import BATCH
from realtime.letters import Answer, Told
from tests.realtime.actor.heard import said
from tests.realtime.fakes import Table

# Commit, then publish, then reply


@pytest.mark.promise("P2")
async def test_a_commit_comes_before_every_word_of_it():
    async with Table() as table:
        await table.open(1)
        table.store.gate.clear()
        table.store.reached.clear()
        number, before = table.send("command", 1, ref="r", command={"t": "say", "word": "hi"}), len(table.post.messages)
        await table.store.reached.wait()
        assert len(table.post.messages) == before
        table.store.gate.set()
        await table.answer(number)
        order = [type(message) for message in table.post.messages[before:]]
        assert order == [Told, Told, Answer]
        assert said(table) == ["hi"]


@pytest.mark.promise("P2")
async def test_a_commit_that_fails_tells_nobody_and_leaves_nobody_waiting():
    async with Table() as table:
        await table.open(1)
        table.store.broken, before = True, len(table.post.of(Told))
        waiting = [table.send("command", 1, ref=f"r{number}", command={"t": "say", "word": "x"}) for number in range(BATCH * 2 + 5)]
        answers = [await table.answer(number) for number in waiting]
        assert {answer.code for answer in answers} == {"busy"}
        assert len(table.post.of(Told)) == before
        assert table.task.done()


@pytest.mark.promise("P2")
async def test_the_next_actor_starts_from_the_log():
    async with Table() as table:
        await table.open(1)
        await table.say("kept", ref="a")
        table.store.broken = True
        assert (await table.say("lost", ref="b")).code == "busy"
    table.store.broken = False
    async with Table(table.store) as heir:
        assert (await heir.say("again", ref="b")).events == [{"t": "said", "player": 1, "word": "again"}]
        assert said(heir) == ["kept", "again"]


async def test_a_second_writer_fails_whole():
    async with Table() as table:
        await table.open(1)
        table.store.log.append(table.store.log[-1])
        assert (await table.say("lost")).code == "busy"
        assert table.task.done()


# Repeats


@pytest.mark.promise("P3")
async def test_the_same_ref_is_answered_again_a_hundred_times_also_within_one_batch():
    async with Table() as table:
        await table.open(1)
        waiting = [table.send("command", 1, ref="r", command={"t": "say", "word": "one two"}) for _ in range(100)]
        answers = [await table.answer(number) for number in waiting]
        assert said(table) == ["one", "two"]
        assert {msgspec.json.encode((answer.events, answer.names, answer.you)) for answer in answers} == {
            msgspec.json.encode((answers[0].events, answers[0].names, answers[0].you))
        }
        assert [event["word"] for event in answers[0].events] == ["one", "two"]


@pytest.mark.promise("P3")
async def test_after_a_crash_the_next_actor_answers_the_same_ref_from_the_log():
    async with Table() as table:
        await table.open(1)
        once = await table.say("one two", ref="r")
    async with Table(table.store) as heir:
        again = await heir.say("one two", ref="r")
        assert (again.events, again.names) == (once.events, once.names)
        assert said(heir) == ["one", "two"]


@pytest.mark.control("P3")
async def test_without_a_ref_of_its_own_the_same_play_counts_twice():
    async with Table() as table:
        await table.open(1)
        await table.say("one", ref="r1")
        await table.say("one", ref="r2")
        assert said(table) == ["one", "one"]


@pytest.mark.promise("P3")
async def test_a_ref_of_another_player_is_another_command():
    async with Table() as table:
        await table.open(1, 2)
        await table.say("one", 1, ref="r")
        await table.say("two", 2, ref="r")
        assert said(table) == ["one", "two"]


async def test_a_refusal_is_not_remembered_asking_again_may_succeed():
    async with Table() as table:
        await table.ask("hello", 1)
        assert (await table.say("hi", ref="r")).code == "not_open"
        await table.operate({"t": "open"})
        assert (await table.say("hi", ref="r")).code is None


async def test_a_repeat_carries_the_present_you():
    async with Table() as table:
        await table.open(1, 2)
        assert (await table.say("hi", ref="r")).you["mechanic"]["heard"] == 0
        await table.ask("command", 2, ref="w", command={"t": "whisper", "to": 1})
        assert (await table.say("hi", ref="r")).you["mechanic"]["heard"] == 1
