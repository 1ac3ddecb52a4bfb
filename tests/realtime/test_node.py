"""A process among others: frames to followers, news to players, letters to engines."""

import asyncio
from itertools import pairwise

import pytest

from realtime import topics
from realtime.postbox import Busy
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.village import LAYERS, Follower, until, village

EVERYONE, OPERATORS = topics.everyone(TENANT, GAME), topics.operators(TENANT, GAME)


@pytest.fixture(params=LAYERS)
def layer(request):
    return request.param


@pytest.mark.promise("P7")
async def test_followers_of_all_nodes_hear_the_same_frames_in_order(layer):
    async with village(layer, nodes=2) as place:
        followers = [Follower() for _ in place.nodes]
        for node, follower in zip(place.nodes, followers, strict=True):
            await node.follow(EVERYONE, follower)
        await place.open(1)
        for word in "abcde":
            await place.say(word)
        await until(lambda: all(len(each.heard("events")) >= 6 for each in followers))
        mine, theirs = ([frame for frame in each.heard("events") if frame["seq"]] for each in followers)
        assert mine == theirs
        assert all(before["seq"] == after["since"] for before, after in pairwise(mine))
        assert [event["word"] for frame in mine for event in frame["events"] if event["t"] == "said"] == list("abcde")


def said(follower: Follower) -> list[str]:
    return [event["t"] for frame in follower.heard("events") for event in frame["events"]]


async def test_operators_hear_what_everyone_does_not(layer):
    async with village(layer) as place:
        everyone, operator = Follower(), Follower()
        await place.node.follow(EVERYONE, everyone)
        await place.node.follow(OPERATORS, operator)
        await place.open(1)
        await place.operate("ban", player=1)
        await until(lambda: said(operator)[-1:] == ["banned"] and said(everyone)[-1:] == ["gone"])
        assert said(operator) == ["opened", "joined", "banned"]
        assert said(everyone) == ["opened", "joined", "gone"]


async def test_who_does_not_follow_hears_nothing_and_costs_nothing(layer):
    async with village(layer) as place:
        follower = Follower()
        await place.node.follow(EVERYONE, follower)
        await place.open(1)
        await until(lambda: follower.heard("events"))
        await place.node.unfollow(EVERYONE, follower)
        before = len(follower.frames)
        await place.say("hi")
        assert len(follower.frames) == before
        assert (place.node.hub.followers, place.node.hub.trails, place.node.subscriptions.joined) == ({}, {}, {topics.NODES})


async def test_news_reach_a_player_where_he_sits_and_nobody_else(layer):
    async with village(layer, nodes=2) as place:
        ana, bob = Follower(1), Follower(2)
        await place.nodes[1].sit(ana)
        await place.nodes[0].sit(bob)
        await place.open(1, 2)
        await place.node.tell(TENANT, GAME, "command", role="player", by=2, ref="w", command={"t": "whisper", "to": 1})
        (news,) = await until(lambda: ana.heard("you"))
        assert (news["you"]["player"], news["you"]["mechanic"]["heard"]) == (1, 1)
        assert bob.frames == []


async def test_what_touches_all_is_asked_for_once_by_each_node(layer, monkeypatch):
    monkeypatch.setattr("realtime.node.ASKED_AT_ONCE", 2)
    async with village(layer, nodes=2) as place:
        sitters = [Follower(number) for number in range(1, 6)]
        for number, sitter in enumerate(sitters):
            await place.nodes[number % 2].sit(sitter)
        await place.open(*range(1, 6))
        await place.operate("shake")
        await until(lambda: all(sitter.heard("you") for sitter in sitters))
        assert [sitter.heard("you")[-1]["you"]["mechanic"]["shaken"] for sitter in sitters] == [1] * 5
        assert [sitter.heard("you")[-1]["you"]["player"] for sitter in sitters] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("word", "code"), [("kick", 4441), ("ban", 4440)])
async def test_who_is_put_out_is_closed_wherever_he_sits(layer, word, code):
    async with village(layer, nodes=2) as place:
        ana, bob = Follower(1), Follower(2)
        await place.nodes[1].sit(ana)
        await place.nodes[1].sit(bob)
        await place.open(1, 2)
        await place.operate(word, player=1)
        await until(lambda: ana.code)
        assert (ana.code, bob.code) == (code, None)


async def test_a_newer_socket_replaces_the_older_on_another_node(layer):
    async with village(layer, nodes=2) as place:
        old, new = Follower(1), Follower(1)
        await place.nodes[0].sit(old)
        place.nodes[0].enter(old)
        await until(lambda: old.settled)
        await place.nodes[1].sit(new)
        place.nodes[1].enter(new)
        await until(lambda: old.code)
        await until(lambda: new.settled)
        assert (old.code, new.code) == (4409, None)


async def test_presence_is_the_sum_of_all_nodes(layer, monkeypatch):
    monkeypatch.setattr("realtime.node.TELLING", 0.01)
    async with village(layer, nodes=2) as place:
        screen, people = Follower(), [Follower(number) for number in (1, 2, 3)]
        await place.nodes[0].follow(EVERYONE, screen)
        for number, person in enumerate(people):
            await place.nodes[number % 2].sit(person)
            place.nodes[number % 2].enter(person)
        await until(lambda: {"t": "presence", "players": 3} in screen.frames)
        assert place.nodes[0].presence.shown(GAME) == 3
        await place.nodes[1].rise(people[1])
        await until(lambda: screen.heard("presence")[-1]["players"] == 2)
        for number in (0, 2):
            await place.nodes[0].rise(people[number])
        await until(lambda: screen.heard("presence")[-1]["players"] == 0)
        assert place.node.presence.heard == {}
        assert place.node.seats.taken == {}


async def test_who_was_never_admitted_is_not_counted(layer):
    async with village(layer) as place:
        ana = Follower(1)
        await place.node.sit(ana)
        await place.node.rise(ana)
        assert not place.node.presence.here


async def test_the_farewell_reaches_all_who_follow_each_with_a_delay_of_his_own(layer):
    async with village(layer) as place:
        followers = [Follower() for _ in range(5)]
        for follower in followers:
            await place.node.follow(EVERYONE, follower)
            await place.node.follow(OPERATORS, follower)
        await place.node.farewell("deploy")
        byes = [follower.heard("bye") for follower in followers]
        assert [len(each) for each in byes] == [1] * 5
        assert len({each[0]["after"] for each in byes}) > 1


@pytest.mark.promise("P20")
async def test_two_platforms_on_one_redis_do_not_hear_each_other():
    async with village("redis", "first") as first, village("redis", "second") as second:
        mine, theirs = Follower(1), Follower(1)
        for place, follower in ((first, mine), (second, theirs)):
            await place.node.follow(EVERYONE, follower)
            await place.node.sit(follower)
        await first.open(1)
        await first.say("hi")
        await until(lambda: len(mine.heard("events")) >= 2)
        await second.open(2)
        await until(lambda: theirs.heard("events"))
        assert len(second.store.log) == 2
        assert "said" not in str(theirs.frames)


@pytest.mark.promise("P12")
async def test_a_message_that_nobody_understands_costs_itself_only(layer, caplog):
    async with village(layer) as place:
        await place.layer.send(place.node.channel, {"type": "nonsense", "body": b"\xc1"})
        await place.layer.send(place.mailboxes[0], {"type": "letters", "body": b"\xc1"})
        await place.open(1)
        assert "could not be heard" in caplog.text


async def test_without_an_engine_everyone_is_busy():
    async with village() as place:
        await place.engine.stop()
        place.node.letters.patience = 0.01
        with pytest.raises(Busy):
            await place.hello(1)
        assert place.node.letters.waiting == {}


async def test_who_cannot_follow_is_told_so(monkeypatch, caplog):
    async with village() as place:

        async def lost(*_):
            raise OSError("lost")

        follower = Follower(1)
        monkeypatch.setattr(place.layer, "group_add", lost)
        with pytest.raises(Busy):
            await place.node.follow(EVERYONE, follower)
        with pytest.raises(Busy):
            await place.node.sit(follower)
        await place.node.unfollow(EVERYONE, follower)
        await place.node.rise(follower)
        assert not place.node.hub.followers
        assert not place.node.seats.taken


async def test_a_node_that_stops_leaves_no_task_behind():
    before = asyncio.all_tasks()
    async with village(nodes=2) as place:
        await place.open(1)
        await place.node.follow(EVERYONE, Follower())
        place.node.wake(TENANT, GAME)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() - before == set()
