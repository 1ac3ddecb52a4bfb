"""The short way of what comes in changes nothing but its cost."""

import asyncio
from random import Random

import pytest

from realtime.reading import PIECES, UNREAD
from tests.realtime.sockets.raw import CONT, FIN_BINARY, FIN_CONT, FIN_TEXT, PING, PONG, codes, frame
from tests.realtime.wire.served import House, served, until

SIZES = (0, 1, 5, 125, 126, 127, 300, 5000)


def conversation(rng, count=60):
    """Frames of all kinds, whole and in pieces, with pings between; what the application should hear of them."""
    said, heard = [], []
    for _ in range(count):
        body, binary = rng.randbytes(rng.choice(SIZES)).hex().encode(), rng.random() < 0.5
        heard.append((body, binary))
        first = FIN_BINARY if binary else FIN_TEXT
        if rng.random() < 0.7:
            said.append(frame(first, body))
            continue
        cut = rng.randint(0, len(body))
        said += [
            frame(first & 0x0F, body[:cut]),
            *[frame(rng.choice([PING, PONG]), b"x")] * rng.randint(0, 2),
            frame(CONT),
            frame(FIN_CONT, body[cut:]),
        ]
    return b"".join(said), heard


@pytest.mark.promise("P24")
@pytest.mark.parametrize("listens", [True, False], ids=["listening", "by messages"])
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "left to the task"])
@pytest.mark.parametrize("seed", range(4))
def test_however_the_bytes_are_cut_the_messages_are_the_same(run, listens, at_once, seed):
    async def show():
        rng, house = Random(seed), House(listens)
        house.at_once = at_once
        said, heard = conversation(rng)
        async with served(house) as open:
            line = await open()
            while said:
                size = rng.choice([1, 2, 3, 6, 7, 50, 1000, 20_000])
                line.say(said[:size])
                said = said[size:]
                await line.writer.drain()
                await asyncio.sleep(0)
            await until(lambda: len(house.heard) == len(heard))
            assert house.heard == heard

    run(show())


@pytest.mark.promise("P24")
@pytest.mark.parametrize("listens", [True, False])
def test_messages_that_nobody_reads_are_too_fast(run, listens):
    async def show():
        house = House(listens)
        house.at_once = False
        house.reads.clear()
        async with served(house) as open:
            line = await open()
            line.say(frame(FIN_TEXT, b"x") * (UNREAD + 1))
            assert codes(await line.rest()) == [4429]
            house.reads.set()
            await house.gone.wait()
            assert len(house.heard) == UNREAD

    run(show())


@pytest.mark.promise("P24")
def test_between_two_messages_there_is_room_for_a_ping_but_not_for_a_flood(run):
    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            for _ in range(3):
                line.say(frame(PING, b"x") * PIECES)
                assert await line.read(3 * PIECES) == b"\x8a\x01x" * PIECES
                line.text(b"y")
            line.say(frame(PING) * (PIECES + 1))
            assert codes(await line.rest()) == [4429]
            assert len(house.heard) == 3

    run(show())


def test_after_a_close_no_message_is_told(run):
    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            line.say(frame(FIN_TEXT, b"one") + frame(0x88, b"\x03\xe8") + frame(FIN_TEXT, b"two"))
            assert codes(await line.rest()) == [1000]
            await house.gone.wait()
            assert house.heard == [(b"one", False)]

    run(show())
