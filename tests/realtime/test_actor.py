"""One actor, one game: what it decides, stores and tells, and in which order."""

import asyncio

import msgspec
import pytest

from games.lifecycle import Ended, Joined, Lifecycle, Opened
from realtime import topics
from realtime.actor import BATCH, MAILBOX
from realtime.letters import Answer, News, Numbers, Told
from realtime.postbox import PATIENCE
from tests.realtime.fakes import GAME, NOW, TENANT, DrivenClock, FakeStore, Table
from tests.realtime.toy import Asked, Closed, Guessed, Said, Shaken, Toy, Tripped

EVERYONE, OPERATORS = topics.everyone(TENANT, GAME), topics.operators(TENANT, GAME)


def frames(table, topic=EVERYONE):
    return [msgspec.msgpack.decode(told.body) for told in table.post.of(Told) if told.topic == topic]


def said(table):
    return [event.word for event in table.store.events if isinstance(event, Said)]


def kinds(table):
    return [type(event).__name__ for event in table.store.events]


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


# Mistakes


async def test_a_bug_in_decide_costs_this_command_and_nothing_else(caplog):
    async with Table() as table:
        await table.open(1)
        assert (await table.ask("command", 1, ref="b", command={"t": "boom"})).code == "internal"
        assert (await table.say("on we go")).code is None
        assert f"game {GAME}: Boom()" in caplog.text


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
        assert table.store.events == [Joined(1)]


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


# What is told


@pytest.mark.promise("P7")
async def test_every_frame_follows_the_one_before_and_a_snapshot_stands_among_them():
    async with Table() as table:
        await table.open(1, 2)
        await table.say("hi", ref="a")
        await table.ask("command", 1, ref="b", command={"t": "whisper", "to": 2})
        between = await table.ask("look", 0, role="system")
        await table.say("again", ref="c")
        told = frames(table)
        assert [(frame["since"], frame["seq"]) for frame in told] == [(0, 0), (0, 1), (1, 4), (4, 6)]
        assert (between.seq, between.at) == (4, 5)
        assert [event["t"] for frame in told for event in frame["events"]] == ["opened", "said", "said"]


@pytest.mark.promise("P7")
async def test_an_operators_picture_and_frames_have_numbers_of_their_own():
    async with Table() as table:
        await table.open(1, 2)
        await table.ask("command", 1, ref="b", command={"t": "whisper", "to": 2})
        look = await table.ask("look", 9, role="operator")
        assert (look.seq, frames(table, OPERATORS)[-1]["seq"]) == (4, 4)
        assert frames(table)[-1]["seq"] == 1
        assert b'"eye":"operator"' in look.picture.everyone


async def test_a_new_actors_first_word_tells_where_the_log_is():
    async with Table() as table:
        await table.open(1, 2)
    async with Table(table.store) as heir:
        for topic in (EVERYONE, OPERATORS):
            (first,) = frames(heir, topic)
            assert (first["since"], first["seq"], first["events"]) == (3, 3, [])


async def test_events_are_shown_to_each_eye_as_it_may_see_them():
    async with Table() as table:
        await table.open(1, 2)
        own = await table.ask("command", 1, ref="b", command={"t": "whisper", "to": 2})
        assert own.events == [{"t": "whispered", "player": 1, "to": 2}]
        assert not [event for frame in frames(table) for event in frame["events"] if event["t"] == "whispered"]
        assert frames(table, OPERATORS)[-1]["events"] == own.events


async def test_names_come_with_every_number_that_is_mentioned():
    async with Table() as table:
        await table.open(1, 1001)
        reply = await table.say("hi")
        assert reply.names == {"1": "Player 1"}
        assert frames(table)[-1]["names"] == {"1": "Player 1"}
        await table.say("hi", 1001, ref="x")
        assert frames(table)[-1]["names"] == {}, "a name that was erased is no name"
        look = await table.ask("look", 0, role="system")
        assert look.picture.names == {"1": "Player 1"}
        assert (await table.ask("look", 1)).you["name"] == "Player 1"


async def test_the_public_part_of_a_snapshot_is_made_once_for_its_number():
    async with Table() as table:
        await table.open(1, 2)
        first, second = [await table.ask("look", player) for player in (1, 2)]
        assert first.picture.everyone is second.picture.everyone
        msgpack = await table.ask("look", 1, coding="msgpack")
        assert msgspec.msgpack.decode(msgpack.picture.everyone) == msgspec.json.decode(first.picture.everyone)
        await table.say("hi")
        assert (await table.ask("look", 1)).picture.everyone != first.picture.everyone


async def test_who_needs_no_picture_gets_none():
    async with Table() as table:
        await table.open(1)
        answer = await table.ask("look", 1, whole=False)
        assert (answer.picture, answer.you["player"], answer.line) == (None, 1, "line1")


async def test_news_go_to_who_is_touched_after_the_commit():
    async with Table() as table:
        await table.open(1, 2)
        await table.ask("command", 1, ref="b", command={"t": "whisper", "to": 2})
        (news,) = table.post.of(News)
        assert (news.topic, news.at, news.all, news.out) == (topics.players(TENANT, GAME), 4, False, {})
        assert news.yours == {2: {"player": 2, "name": "Player 2", "mechanic": {"heard": 1, "shaken": 0}}}


async def test_what_touches_all_is_asked_for_by_the_nodes():
    async with Table() as table:
        await table.open(1, 2)
        await table.operate({"t": "shake"})
        assert [(news.all, news.yours) for news in table.post.of(News)] == [(True, {})]
        answer = await table.ask("looks", 0, role="system", players=[1, 2, 5])
        assert {number: you and you["mechanic"]["shaken"] for number, you in answer.you.items()} == {1: 1, 2: 1, 5: None}


@pytest.mark.parametrize(("command", "code"), [("kick", 4441), ("ban", 4440)])
async def test_who_is_put_out_is_put_out_by_the_nodes(command, code):
    async with Table() as table:
        await table.open(1)
        await table.operate({"t": command, "player": 1})
        assert [news.out for news in table.post.of(News)] == [{1: code}]


# Numbers


async def test_numbers_are_told_once_when_something_is_new():
    async with Table() as table:
        await table.open(1)
        table.actor.count()
        table.actor.count()
        (numbers,) = table.post.of(Numbers)
        frame = msgspec.msgpack.decode(numbers.body)
        assert (numbers.topic, frame["t"], frame["game"], frame["players"]) == (topics.statistics(TENANT), "stats", "public", 1)
        await table.say("hi")
        table.actor.count()
        assert msgspec.msgpack.decode(table.post.of(Numbers)[-1].body)["said"] == 1


async def test_an_actor_that_has_not_begun_has_no_numbers():
    table = Table(FakeStore())
    table.actor.count()
    assert table.post.messages == []
