"""The way out on any server: in order, bounded, and never waited for."""

import asyncio

import pytest

from realtime.outbox import LIMIT, Outbox


class Line:
    """A server, and a reader who may stop to read."""

    def __init__(self, binary=False):
        self.sent, self.reads, self.broken, self.slow = [], asyncio.Event(), False, 0
        self.reads.set()
        self.outbox = Outbox(self.send, binary)

    def overflow(self):
        self.slow += 1
        self.outbox.close(4408)

    async def send(self, message):
        await self.reads.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    async def __aenter__(self):
        self.outbox.begin(self.overflow)
        return self

    async def __aexit__(self, *_):
        self.outbox.end()
        await asyncio.gather(self.outbox.task, return_exceptions=True)

    async def frames(self):
        await self.outbox.drained.wait()
        return [message.get("text", message.get("bytes", message.get("code"))) for message in self.sent]


async def test_frames_leave_in_order_as_the_subprotocol_wants_them():
    async with Line() as json, Line(binary=True) as msgpack:
        for line in (json, msgpack):
            line.outbox.write(b"one")
            line.outbox.write(b"two")
        assert await json.frames() == ["one", "two"]
        assert await msgpack.frames() == [b"one", b"two"]


async def test_what_was_written_before_a_close_goes_out_first():
    async with Line() as line:
        line.outbox.write(b"last words")
        line.outbox.close(4441)
        await line.outbox.task
        assert await line.frames() == ["last words", 4441]


@pytest.mark.promise("P11")
async def test_a_reader_who_does_not_read_is_too_slow_at_256_kib_and_costs_no_more():
    async with Line() as line:
        line.reads.clear()
        for _ in range(LIMIT // 1024 + 1):
            line.outbox.write(b"x" * 1024)
            await asyncio.sleep(0)
        assert line.slow == 1
        assert not line.outbox.frames
        line.reads.set()
        await line.outbox.task
        assert line.sent[-1] == {"type": "websocket.close", "code": 4408}


@pytest.mark.promise("P11")
async def test_up_to_the_bound_nobody_is_cut_off():
    async with Line() as line:
        line.reads.clear()
        line.outbox.write(b"x" * LIMIT)
        line.reads.set()
        assert len(await line.frames()) == 1
        line.outbox.write(b"x" * LIMIT)
        await line.frames()
        assert not line.slow


async def test_a_client_that_has_gone_is_no_error(caplog):
    async with Line() as line:
        line.broken = True
        line.outbox.write(b"x")
        line.outbox.write(b"y")
        await line.outbox.task
        assert not line.outbox.frames
        assert line.slow
    assert not caplog.records
