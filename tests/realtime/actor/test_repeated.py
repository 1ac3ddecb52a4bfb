"""Where a game stands is said again, so that who missed the last frame finds out; and games that are followed stay awake (decision 26)."""

import asyncio

import msgspec
import pytest
from channels.layers import InMemoryChannelLayer

from realtime import topics, voice
from realtime.letters import Told
from realtime.node import Node
from realtime.publisher import Publisher
from realtime.shard import ASLEEP
from tests.realtime.fakes import GAME, TENANT, Table
from tests.realtime.village import Follower, until, village

EVERYONE = topics.everyone(TENANT, GAME)


def frames(table):
    return [msgspec.msgpack.decode(told.body) for told in table.post.of(Told) if told.topic == EVERYONE]


async def test_a_game_that_spoke_says_where_it_stands_every_two_seconds_for_ten_with_its_own_time():
    async with Table() as table:
        await table.open(1)
        last = frames(table)[-1]
        for _ in range(15 * 4):
            table.clock.at += 0.25
            table.actor.tell_again()
        again = frames(table)[frames(table).index(last) + 1 :]
        assert [(frame["since"], frame["seq"], frame["events"]) for frame in again] == [(last["seq"], last["seq"], [])] * 5
        assert [round(frame["now"] - last["now"], 2) for frame in again] == [2, 4, 6, 8, 10]


async def test_a_node_that_asks_is_told_whenever_that_is():
    async with Table() as table:
        await table.open(1)
        table.clock.at += 1000
        table.actor.tell_again()
        before = len(frames(table))
        table.send("wake", role="system")
        await until(lambda: table.actor.voice.asked)
        table.actor.tell_again()
        table.actor.tell_again()
        assert len(frames(table)) == before + 1


@pytest.mark.promise("P7")
async def test_a_frame_that_a_long_outage_has_swallowed_is_told_afterwards_without_a_new_play(monkeypatch):
    """Nobody plays for a minute; the layer was away for longer than a game repeats itself."""

    class Gone(InMemoryChannelLayer):
        away = False

        async def group_send(self, *given):
            if self.away:
                raise OSError("away")
            await super().group_send(*given)

    layer = Gone(capacity=10_000, expiry=3600)
    async with Table() as table:
        node, post, follower = Node(layer, topics.mailboxes("gone", 1)), Publisher(layer), Follower()
        monkeypatch.setattr("realtime.publisher.PAUSE", 0)
        posting = asyncio.create_task(post.run())
        await node.start()
        await node.follow(EVERYONE, follower)
        await table.open(1)
        table.actor.post = table.actor.voice.post = post
        layer.away = True
        await table.actor.voice.speak(table.store.log[:1], table.actor.here())
        await post.drain()
        table.clock.at += 60
        table.actor.tell_again()
        await post.drain()
        layer.away = False
        node.wake_followed()
        table.actor.voice.asked = True  # what that letter does
        table.actor.tell_again()
        await until(lambda: follower.heard("events"))
        assert follower.heard("events")[-1]["seq"] == len(table.store.log)
        posting.cancel()
        await node.stop()


async def test_a_game_that_is_followed_does_not_sleep_and_one_that_nobody_follows_does():
    async with village() as place:
        follower = Follower()
        await place.node.follow(EVERYONE, follower)
        await place.open(1)
        await until(lambda: follower.heard("events"))
        place.clock.at += ASLEEP - 10
        place.node.wake_followed()
        await until(lambda: place.engine.actors[GAME].actor.idle_since == place.clock.at)
        place.clock.at += 20
        place.shard().look_round()
        assert GAME in place.engine.actors
        await place.node.unfollow(EVERYONE, follower)
        place.node.wake_followed()
        place.clock.at += ASLEEP + 1
        place.shard().look_round()
        assert GAME not in place.engine.actors


async def test_names_that_were_learnt_for_a_batch_are_there_until_its_last_answer(monkeypatch):
    monkeypatch.setattr(voice, "KNOWN_NAMES", 2)
    async with Table() as table:
        await table.open(1, 2, 3)
        table.store.gate.clear()
        table.send("command", 9, role="operator", ref="z", command={"t": "shake"})
        said = table.send("command", 1, ref="a", command={"t": "say", "word": "x"})
        table.send("hello", 4)
        table.store.gate.set()
        await table.answer(said)
        told = [frame for frame in frames(table) if any(event["t"] == "said" for event in frame["events"])]
        assert told
        assert all("1" in frame["names"] for frame in told)
