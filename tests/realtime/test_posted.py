"""A connection on any server: in order, bounded, and never waited for."""

import asyncio

import pytest

from realtime.codec import JSON, MSGPACK
from realtime.connection import LIMIT, TOO_SLOW
from realtime.posted import Posted


class Line:
    """A server, and a reader who may stop to read."""

    def __init__(self, codec=JSON):
        self.codec, self.sent, self.reads, self.broken = codec, [], asyncio.Event(), False
        self.reads.set()

    async def send(self, message):
        await self.reads.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    async def __aenter__(self):
        self.connection = Posted(self.codec, self.send)
        return self

    async def __aexit__(self, *_):
        self.connection.end()
        await asyncio.gather(self.connection.writer, return_exceptions=True)

    async def frames(self):
        await self.connection.drained.wait()
        return [message.get("text", message.get("bytes", message.get("code"))) for message in self.sent]


async def test_frames_leave_in_order_as_the_subprotocol_wants_them():
    async with Line(JSON) as json, Line(MSGPACK) as msgpack:
        for line in (json, msgpack):
            line.connection.push(b"one")
            line.connection.push(b"two")
        assert await json.frames() == ["one", "two"]
        assert await msgpack.frames() == [b"one", b"two"]


async def test_what_was_pushed_before_a_close_goes_out_first():
    async with Line() as line:
        line.connection.push(b"last words")
        line.connection.close(4441)
        await line.connection.writer
        assert await line.frames() == ["last words", 4441]


@pytest.mark.promise("P11")
async def test_a_reader_who_does_not_read_is_too_slow_at_256_kib_and_costs_no_more():
    async with Line() as line:
        line.reads.clear()
        for _ in range(LIMIT // 1024 + 1):
            line.connection.push(b"x" * 1024)
            await asyncio.sleep(0)
        assert line.connection.closing == TOO_SLOW
        assert not line.connection.outbox
        line.reads.set()
        await line.connection.writer
        assert line.sent[-1] == {"type": "websocket.close", "code": TOO_SLOW}


@pytest.mark.promise("P11")
async def test_up_to_the_bound_nobody_is_cut_off():
    async with Line() as line:
        line.reads.clear()
        line.connection.push(b"x" * LIMIT)
        line.reads.set()
        assert len(await line.frames()) == 1
        line.connection.push(b"x" * LIMIT)
        await line.frames()
        assert line.connection.closing is None


async def test_a_client_that_has_gone_is_no_error_and_takes_no_more(caplog):
    async with Line() as line:
        line.broken = True
        line.connection.push(b"x")
        await line.connection.writer
        line.connection.push(b"y")
        assert not line.connection.outbox
        assert line.connection.closing
    assert not caplog.records
