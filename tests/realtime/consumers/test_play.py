"""A player's socket: nothing may fall between his question and his answer, and nothing may go back in time."""

import asyncio
from itertools import count

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from realtime.consumers import PlayConsumer
from tenants import identity
from tests.realtime.consumers.guests import ORIGIN, PLACE, Guest, hotel
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.village import until


def lasting(guest):
    """What a client knows in the end, by the rule: a snapshot replaces, `you` replaces."""
    you = None
    for frame in guest.frames:
        if frame["t"] in {"snapshot", "you"} or (frame["t"] == "reply" and frame.get("you")):
            you = frame["you"]
    return you


refs = count()


async def whisper(place, to, by=2):
    await place.node.tell(3, 7, "command", role="player", by=by, ref=f"w{next(refs)}", command={"t": "whisper", "to": to})


@pytest.mark.promise("P7")
@pytest.mark.parametrize("rounds", range(5))
async def test_news_that_come_while_he_says_hello_are_not_lost(rounds):
    """The actor is busy with commits; his hello and what touches him are decided in every order."""
    async with hotel() as place:
        await place.open(1, 2)
        async with Guest(place, PlayConsumer) as guest:
            before = [asyncio.create_task(whisper(place, 1)) for _ in range(rounds)]
            guest.hello(1)
            after = [asyncio.create_task(whisper(place, 1)) for _ in range(5 - rounds)]
            await asyncio.gather(*before, *after)
            await guest.until("snapshot")
            async with asyncio.timeout(5):
                while lasting(guest)["mechanic"]["heard"] != 5:
                    await asyncio.sleep(0.002)
            heard = [frame["you"]["mechanic"]["heard"] for frame in guest.frames if frame["t"] in {"snapshot", "you"}]
            assert heard == sorted(heard), "never back in time"
            assert guest.frames[0]["t"] == "snapshot", "news wait for the snapshot"


@pytest.mark.promise("P7")
async def test_he_is_listened_for_before_his_state_is_asked(monkeypatch):
    """The layer takes its time to subscribe us: what touches him meanwhile is in his snapshot, or follows it."""
    async with hotel() as place:
        await place.open(1, 2)
        reached, gate, join = asyncio.Event(), asyncio.Event(), place.layer.group_add

        async def slow(topic, channel):
            if topic.endswith("players"):
                reached.set()
                await gate.wait()
            await join(topic, channel)

        monkeypatch.setattr(place.layer, "group_add", slow)
        async with Guest(place, PlayConsumer) as guest:
            guest.hello(1)
            await reached.wait()
            await whisper(place, 1)
            gate.set()
            await guest.until("snapshot")
            async with asyncio.timeout(5):
                while lasting(guest)["mechanic"]["heard"] != 1:
                    await asyncio.sleep(0.002)


@pytest.mark.promise("P7")
async def test_what_happens_while_he_says_hello_follows_his_snapshot():
    async with hotel() as place:
        await place.open(1, 2)
        for _ in range(10):
            async with Guest(place, PlayConsumer) as guest:
                guest.hello(1)
                await asyncio.gather(*[place.say(f"w{number}", by=2) for number in range(5)])
                snapshot = await guest.until("snapshot")
                seq, said = snapshot["seq"], len(snapshot["everyone"]["mechanic"]["said"])
                total = len([event for event in place.store.events if hasattr(event, "word")])
                async with asyncio.timeout(5):
                    while said + sum(len(frame["events"]) for frame in guest.heard("events")) < total:
                        await asyncio.sleep(0.002)
                for frame in guest.heard("events"):
                    assert frame["since"] == seq
                    seq = frame["seq"]


async def test_who_is_kicked_while_he_says_hello_is_out():
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as guest:
            place.store.gate.clear()
            place.store.reached.clear()
            busy = asyncio.create_task(place.say("busy"))
            await place.store.reached.wait()
            actor = place.shard().actors[GAME].actor
            guest.hello(1)
            await until(lambda: actor.mailbox.qsize() == 1)
            kick = asyncio.create_task(place.operate("kick", player=1))
            await until(lambda: actor.mailbox.qsize() == 2)
            place.store.gate.set()
            await asyncio.gather(busy, kick)
            assert await guest.closed() == 4441


async def test_who_is_not_admitted_looks_on_and_is_not_counted():
    async with hotel() as place:
        await place.open(1)
        await place.operate("lock")
        async with Guest(place, PlayConsumer) as guest:
            guest.hello(2)
            assert (await guest.until("snapshot"))["you"] is None
            guest.say(t="say", word="hi", ref="r")
            assert (await guest.until("reply"))["error"]["code"] == "not_joined"
            assert place.node.presence.here == {}
            await place.say("hi")
            assert (await guest.until("events"))["events"][0]["word"] == "hi"


async def test_a_second_socket_replaces_the_first_also_when_both_come_at_once():
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as first, Guest(place, PlayConsumer) as second:
            first.hello(1)
            second.hello(1)
            async with asyncio.timeout(5):
                while (first.code, second.code).count(4409) != 1:
                    await asyncio.sleep(0.002)
            assert (first.code, second.code).count(None) == 1


async def test_a_resume_on_a_line_that_was_set_back_is_a_snapshot():
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as other, Guest(place, PlayConsumer) as guest:
            other.hello()
            await other.until("snapshot")
            await place.say("hi")
            seq = (await other.until("events"))["seq"]
            place.engine.actors[7].actor.voice.line = "other1"
            guest.hello(1, line="line1", seq=seq)
            assert (await other.closed(), await guest.closed()) == (4408, 4408), "two lines have met: everyone starts again"
        place.store.place = PLACE._replace(line="other1")
        async with Guest(place, PlayConsumer) as again:
            again.hello(1, line="line1", seq=seq)
            assert (await again.until("snapshot"))["line"] == "other1"


async def test_frames_that_were_lost_on_the_way_are_replaced_by_a_snapshot():
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as guest:
            guest.hello(1)
            snapshot = await guest.until("snapshot")
            trail = place.node.hub.trails["g.3.7.everyone"]
            await place.say("hi")
            await guest.until("events")
            trail.frames.clear()
            trail.seq = snapshot["seq"]
            guest.say(t="resume", line=snapshot["line"], seq=snapshot["seq"])
            async with asyncio.timeout(5):
                while len(guest.heard("snapshot")) < 2:
                    await asyncio.sleep(0.002)
            assert guest.heard("snapshot")[1]["seq"] > snapshot["seq"]


async def test_a_newcomer_is_shown_how_many_are_here():
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as player:
            player.hello(1)
            await player.until("presence")
            async with Guest(place, PlayConsumer) as screen:
                screen.hello()
                assert (await screen.until("presence"))["players"] == 1
            assert len(player.heard("presence")) == 1


def cookie_of(line):
    response = HttpResponse()
    identity.write_device(RequestFactory().get("/"), response, TENANT, identity.Device().with_player(GAME, line, 1))
    return {"Origin": ORIGIN, "Cookie": response.cookies.output(header="").partition(";")[0].strip()}


@pytest.mark.parametrize("headers", [cookie_of("before"), {}], ids=["player", "spectator"])
async def test_a_door_that_names_an_older_line_admits_nobody_and_is_forgotten(headers):
    """A number of that line may be somebody else's on this one."""
    async with hotel() as place:
        place.store.place = PLACE._replace(line="before")
        await place.open(2)
        before = list(place.store.log)
        async with Guest(place, PlayConsumer, headers=headers) as guest:
            guest.hello()
            assert await guest.closed() == 4408
        assert place.store.log == before
        place.store.place = PLACE
        again = Guest(place, PlayConsumer, headers=headers)
        again.consumer.doors = guest.consumer.doors
        async with again:
            again.hello()
            assert (await again.until("snapshot"))["line"] == "line1"


@pytest.mark.parametrize(("line", "player"), [("line1", 1), ("before", None)])
async def test_the_number_in_a_cookie_counts_on_its_own_line_alone(line, player):
    """Where it does not, the row of the device is asked; here it has none."""
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer, headers=cookie_of(line)) as guest:
            guest.hello()
            you = (await guest.until("snapshot"))["you"]
            assert (you and you["player"]) == player
