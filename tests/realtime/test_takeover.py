"""Another engine has the shard: what was stored is told, and nothing is decided twice."""

import asyncio

import msgspec
import pytest

from realtime import topics
from realtime.engine import Engine
from realtime.letters import Batch, Letter
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.village import Follower, until, village

EVERYONE = topics.everyone(TENANT, GAME)
SHARD = topics.shard_of(GAME, 2)


@pytest.mark.promise("P7")
@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_when_another_engine_takes_over_followers_hear_what_they_missed_without_a_new_play(kind, figure):
    """The first one has stored and not told; nobody plays again."""
    async with village(kind) as place:
        follower = Follower()
        await place.node.follow(EVERYONE, follower)
        await place.open(1)
        await until(lambda: follower.heard("events"))
        seen = follower.heard("events")[-1]["seq"]
        place.engine.leases.held = {}  # as if frozen between commit and publish
        place.engine.settle()
        stored = await stored_behind_its_back(place.store)
        second = Engine(place.layer, place.store, place.clock, place.mailboxes)
        began = asyncio.get_running_loop().time()
        await second.start()
        try:
            frame = await until(lambda: follower.heard("events")[-1] if follower.heard("events")[-1]["seq"] > seen else None)
        finally:
            await second.stop()
        assert (frame["since"], frame["seq"], frame["events"]) == (stored, stored, [])
        figure("s", round(asyncio.get_running_loop().time() - began, 3))


async def stored_behind_its_back(store):
    last = store.log[-1]
    store.log.append(msgspec.structs.replace(last, seq=last.seq + 1, ref="other"))
    return last.seq + 1


async def test_letters_that_reach_an_engine_twice_are_decided_once():
    """Of two engines one is frozen and still subscribed; when it wakes up it is silent."""
    async with village() as place:
        await place.open(1)
        letter = Letter(TENANT, GAME, 900, "command", "player", 1, "twice", {"t": "say", "word": "x"})
        body = msgspec.msgpack.encode(Batch(place.node.channel, [letter, letter]))
        await place.layer.send(place.mailboxes[SHARD], {"type": "letters", "body": body})
        await until(lambda: [entry for entry in place.store.log if entry.ref == "twice"])
        await place.say("after")
        assert len([entry for entry in place.store.log if entry.ref == "twice"]) == 1
