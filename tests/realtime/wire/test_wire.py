"""The way out: after the 101 and before the close, bounded, and an end that no client can put off."""

import asyncio
import struct

import pytest

from realtime import wire
from realtime.connection import LIMIT, TOO_SLOW
from tests.realtime.sockets.raw import CLOSE, codes, frame
from tests.realtime.wire.served import House, served, until

SMALL = {"limit": 1024}


def test_bytes_leave_in_order_and_a_close_follows_them(run):
    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            (connection,) = await until(lambda: house.connections)
            connection.push(b"one")
            connection.push(b"two")
            connection.close(4441)
            connection.push(b"three")
            assert await line.read(14) == b"\x81\x03one\x81\x03two" + bytes([CLOSE, 2]) + struct.pack(">H", 4441)
            line.say(frame(CLOSE, struct.pack(">H", 4441)))
            assert await line.rest() == b"", "the client's answer ends the line at once"
            await house.gone.wait()

    run(show())


@pytest.mark.promise("P11")
def test_who_does_not_answer_a_close_is_cut(run, monkeypatch):
    monkeypatch.setattr(wire, "PARTING", 0.05)

    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            (connection,) = await until(lambda: house.connections)
            connection.close(4441)
            assert codes(await line.rest()) == [4441]
            await house.gone.wait()

    run(show())


async def stalled(open, house, **more):
    """A client who reads nothing; the connection that does not know it yet."""
    line = await open(**more)
    (connection,) = await until(lambda: house.connections)
    line.writer.transport.pause_reading()
    return line, connection


@pytest.mark.promise("P11")
def test_who_does_not_read_is_too_slow_at_the_limit_and_holds_no_more_than_that(run):
    async def show():
        house = House()
        async with served(house) as open:
            line, connection = await stalled(open, house, **SMALL)
            for _ in range(100):
                connection.push(b"x" * 32 * 1024)
                await asyncio.sleep(0)
                if connection.closing:
                    break
            assert connection.closing == TOO_SLOW
            assert LIMIT < house.wires[0].transport.get_write_buffer_size() < LIMIT + 64 * 1024
            line.writer.transport.resume_reading()
            assert codes(await line.rest()) == [TOO_SLOW], "who reads on finds out"

    run(show())


@pytest.mark.promise("P11")
@pytest.mark.parametrize("parting", ["by us", "by the client"])
def test_bytes_that_nobody_reads_are_thrown_away_in_the_end(run, monkeypatch, parting):
    monkeypatch.setattr(wire, "PARTING", 0.05)

    async def show():
        house = House()
        async with served(house) as open:
            line, connection = await stalled(open, house, **SMALL)
            while not house.wires[0].transport.get_write_buffer_size():
                connection.push(b"x" * 32 * 1024)
                await asyncio.sleep(0.001)
            if parting == "by us":
                connection.close(4408)
            else:
                line.say(frame(CLOSE, struct.pack(">H", 1000)))
            await until(lambda: house.wires[0].disconnected)

    run(show())


def test_a_restart_is_said_with_1012_after_all_that_was_pushed(run):
    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            (connection,) = await until(lambda: house.connections)
            connection.push(b"bye")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            open.server.should_exit = True
            assert await line.rest() == b"\x81\x03bye" + bytes([CLOSE, 2]) + struct.pack(">H", 1012)
            connection.push(b"late")
            await house.gone.wait()

    run(show())


def test_a_line_that_breaks_is_not_written_to(run):
    async def show():
        house = House()
        async with served(house) as open:
            line = await open()
            (connection,) = await until(lambda: house.connections)
            line.writer.transport.abort()
            await house.gone.wait()
            connection.push(b"x")
            connection.close(4400)
            await asyncio.sleep(0)
            assert connection.closing == TOO_SLOW
            assert not connection.pending

    run(show())
