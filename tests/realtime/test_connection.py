"""One socket's outbox: in order, bounded, and never waited for."""

import asyncio

import pytest

from realtime import connection
from realtime.codec import JSON, MSGPACK
from realtime.connection import LIMIT, TOO_SLOW, Connection


class Line:
    """The server's side of a socket: what was sent, and a reader who may stop to read."""

    def __init__(self, codec=JSON, cut=None):
        self.sent, self.reads, self.broken = [], asyncio.Event(), False
        self.reads.set()
        self.connection = Connection(codec, self.send, cut)

    async def send(self, message):
        await self.reads.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    async def __aenter__(self):
        self.writer = asyncio.create_task(self.connection.write())
        return self

    async def __aexit__(self, *_):
        self.writer.cancel()
        await asyncio.gather(self.writer, return_exceptions=True)

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


async def test_what_was_pushed_before_a_close_goes_out_first_and_nothing_after():
    async with Line() as line:
        line.connection.push(b"last words")
        line.connection.close(4441)
        line.connection.push(b"too late")
        line.connection.close(4400)
        await line.writer
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
        await line.writer
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


@pytest.mark.promise("P11")
async def test_who_does_not_take_his_close_frame_has_his_line_cut(monkeypatch):
    monkeypatch.setattr(connection, "PARTING", 0.0)
    cut = asyncio.Event()
    async with Line(cut=cut.set) as line:
        line.reads.clear()
        line.connection.push(b"x" * (LIMIT + 1))
        async with asyncio.timeout(5):
            await cut.wait()


async def test_what_is_held_comes_after_the_snapshot_and_only_if_it_is_newer():
    async with Line() as line:
        line.connection.hold()
        for seq in (5, 6, 7):
            line.connection.deliver(seq, b"event %d" % seq)
        line.connection.push(b"snapshot 6")
        line.connection.release(6)
        line.connection.deliver(8, b"event 8")
        assert await line.frames() == ["snapshot 6", "event 7", "event 8"]


async def test_news_for_one_player_are_measured_by_the_log_not_by_what_everyone_was_told():
    async with Line() as line:
        line.connection.hold()
        line.connection.tell(11, b"you as of 11")
        line.connection.tell(12, b"you as of 12")
        line.connection.push(b"snapshot 6 with you as of 11")
        line.connection.release(6, 11)
        assert await line.frames() == ["snapshot 6 with you as of 11", "you as of 12"]


async def test_news_without_a_number_always_go_out():
    async with Line() as line:
        line.connection.hold()
        line.connection.deliver(2**63, b"presence")
        line.connection.release(9)
        assert await line.frames() == ["presence"]


@pytest.mark.promise("P11")
async def test_who_never_gets_his_snapshot_does_not_hoard_frames_either():
    async with Line() as line:
        line.connection.hold()
        for seq in range(LIMIT // 1024 + 1):
            line.connection.deliver(seq, b"x" * 1024)
        assert line.connection.closing == TOO_SLOW
        assert line.connection.held is None


async def test_a_client_that_has_gone_is_no_error_and_takes_no_more(caplog):
    async with Line() as line:
        line.broken = True
        line.connection.push(b"x")
        await line.writer
        line.connection.push(b"y")
        assert not line.connection.outbox
        assert line.connection.closing
    assert not caplog.records
