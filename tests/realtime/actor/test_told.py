"""Who hears what, and in which order."""

import msgspec
import pytest

from realtime import topics
from realtime.letters import News, Numbers
from tests.realtime.actor.heard import EVERYONE, OPERATORS, frames
from tests.realtime.fakes import GAME, TENANT, FakeStore, Table

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
        assert [(frame["since"], frame["seq"]) for frame in told] == [(0, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, 6)]
        assert (between.seq, between.at) == (4, 5)
        assert [event["t"] for frame in told for event in frame["events"]] == ["opened", "joined", "joined", "said", "said"]


@pytest.mark.promise("P7")
async def test_an_operators_picture_and_frames_have_numbers_of_their_own():
    async with Table() as table:
        await table.open(1, 2)
        await table.ask("command", 1, ref="b", command={"t": "whisper", "to": 2})
        look = await table.ask("look", 9, role="operator")
        assert (look.seq, frames(table, OPERATORS)[-1]["seq"]) == (4, 4)
        assert frames(table)[-1]["seq"] == 3
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
        table.actor.tell_again()
        table.actor.tell_again()
        (numbers,) = table.post.of(Numbers)
        frame = msgspec.msgpack.decode(numbers.body)
        assert (numbers.topic, frame["t"], frame["game"], frame["players"]) == (topics.statistics(TENANT), "stats", "public", 1)
        await table.say("hi")
        table.actor.tell_again()
        assert msgspec.msgpack.decode(table.post.of(Numbers)[-1].body)["said"] == 1


async def test_numbers_say_in_which_state_the_game_is():
    async with Table() as table:
        await table.open(1)
        found = []
        for command in (None, "pause", "resume", "end"):
            if command:
                await table.operate({"t": command})
            table.actor.tell_again()
            found.append(msgspec.msgpack.decode(table.post.of(Numbers)[-1].body)["phase"])
        assert found == ["open", "paused", "open", "ended"]


@pytest.mark.promise("P2")
async def test_while_a_commit_is_under_way_dashboards_hear_nothing_of_what_it_will_store():
    async with Table() as table:
        await table.open(1)
        await table.say("stored", ref="a")
        table.store.gate.clear()
        table.store.reached.clear()
        waiting = table.send("command", 1, ref="b", command={"t": "say", "word": "not stored"})
        await table.store.reached.wait()
        table.actor.tell_again()
        frame = msgspec.msgpack.decode(table.post.of(Numbers)[-1].body)
        assert frame["said"] == sum(minute.get("said", 0) for minute in frame["per_minute"]) == 1
        table.store.gate.set()
        await table.answer(waiting)


async def test_an_actor_that_has_not_begun_has_no_numbers():
    table = Table(FakeStore())
    table.actor.tell_again()
    assert table.post.messages == []
