"""How long a socket waits for what, and what it does when something goes wrong on our side."""

import asyncio

import pytest

from realtime.consumers import PlayConsumer
from realtime.consumers.beat import Beat
from tests.realtime.consumers.guests import Guest, hotel
from tests.realtime.village import until

NEVER = 3600.0


async def test_who_never_says_hello_is_shown_out():
    async with hotel() as place, Guest(place, PlayConsumer, Beat(greeting=0.0)) as guest:
        assert await guest.closed() == 4400


async def test_who_is_silent_for_too_long_is_gone():
    async with hotel() as place, Guest(place, PlayConsumer, Beat(0.02, NEVER, 0.04, NEVER)) as guest:
        guest.hello()
        assert await guest.closed() == 4408
        assert guest.heard("ping"), "he was asked first"


async def test_who_answers_pings_stays():
    async with hotel() as place, Guest(place, PlayConsumer, Beat(0.02, 0.01, 0.5, NEVER)) as guest:
        guest.hello()
        for number in range(1, 6):
            async with asyncio.timeout(5):
                while len(guest.heard("ping")) < number:
                    await asyncio.sleep(0.002)
            guest.say(t="pong")
        assert guest.code is None


@pytest.mark.promise("P7")
async def test_a_ping_bears_the_last_number_that_was_told():
    async with hotel() as place, Guest(place, PlayConsumer, Beat(0.02, 0.01, NEVER, NEVER)) as guest:
        await place.open(1)
        guest.hello()
        await guest.until("snapshot")
        await place.say("hi")
        (frame,) = [await guest.until("events")]
        async with asyncio.timeout(5):
            while guest.heard("ping")[-1:] == [] or guest.heard("ping")[-1]["seq"] != frame["seq"]:
                await asyncio.sleep(0.002)


async def test_nobody_stays_for_ever():
    async with hotel() as place, Guest(place, PlayConsumer, Beat(0.02, 0.01, NEVER, 0.05)) as guest:
        guest.hello()
        assert await guest.closed() == 4408


# Our own mistakes


async def test_a_database_that_is_lost_closes_with_back_off_and_one_line_in_the_log(caplog):
    async with hotel() as place:
        place.store.problem = OSError("lost")
        async with Guest(place, PlayConsumer) as guest:
            assert await guest.closed() == 4408
        assert [record.message for record in caplog.records if record.levelname == "ERROR"] == ["socket: '/ws/play/demo/game/'"]


async def test_an_engine_that_does_not_answer_closes_with_back_off():
    async with hotel() as place:
        await place.engine.stop()
        place.node.letters.patience = 0.01
        for player in (0, 1):
            async with Guest(place, PlayConsumer) as guest:
                guest.hello(player)
                assert await guest.closed() == 4408
                assert guest.frames == []


async def test_who_goes_in_the_middle_of_his_hello_leaves_nothing():
    async with hotel() as place:
        place.store.gate.clear()
        async with Guest(place, PlayConsumer) as guest:
            guest.hello(1)
            await place.store.reached.wait()
            guest.go()
            place.store.gate.set()


async def test_a_socket_that_is_cancelled_leaves_nothing():
    async with hotel() as place:
        guest = await Guest(place, PlayConsumer).__aenter__()
        guest.hello(1)
        await guest.until("snapshot")
        guest.task.cancel()
        await asyncio.gather(guest.task, return_exceptions=True)


async def test_a_socket_that_is_cancelled_while_it_leaves_gives_back_its_seat_all_the_same(monkeypatch):
    async with hotel() as place:
        reached = asyncio.Event()

        async def never(topic, channel):
            reached.set()
            await asyncio.Event().wait()

        guest = await Guest(place, PlayConsumer).__aenter__()
        guest.hello(1)
        await guest.until("snapshot")
        await until(lambda: sum(place.node.presence.here.values()) == 1)
        with monkeypatch.context() as patched:
            patched.setattr(place.layer, "group_discard", never)
            for _ in range(2):
                reached.clear()
                guest.task.cancel()
                await reached.wait()
            assert (place.node.hub.followers, place.node.seats.taken, sum(place.node.presence.here.values())) == ({}, {}, 0)
            guest.task.cancel()
            await asyncio.gather(guest.task, return_exceptions=True)


async def test_a_command_on_its_way_when_its_socket_closes_hurts_nobody(caplog):
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as guest:
            guest.hello(1)
            await guest.until("snapshot")
            place.store.gate.clear()
            place.store.reached.clear()
            guest.say(t="say", word="hi", ref="r")
            await place.store.reached.wait()
        place.store.gate.set()
        await place.hello(1)
        assert [record for record in caplog.records if record.levelname == "ERROR"] == []
        assert place.store.events[-1].word == "hi"
