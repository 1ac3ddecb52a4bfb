"""One socket as hub and node see it: what is held, in which order it goes, and where it ends."""

import asyncio

import pytest

from realtime.codec import JSON, MSGPACK
from realtime.connection import TOO_SLOW, UNNUMBERED, Connection
from realtime.outbox import LIMIT


class Way:
    """The server's side: what was written, and the code of the close."""

    def __init__(self, framed=False):
        self.framed, self.drained = framed, asyncio.Event()
        self.written, self.code, self.ended = [], None, False

    def begin(self, overflow):
        self.overflow = overflow

    def write(self, frame):
        self.written.append(frame)

    def close(self, code):
        self.code = code

    def end(self):
        self.ended = True


def connected(codec=JSON, framed=False):
    way = Way(framed)
    return way, Connection(codec, way)


def test_frames_leave_in_order_and_dressed_as_the_way_wants_them():
    for codec, framed, expected in (
        (JSON, False, [b"one", b"two"]),
        (JSON, True, [b"\x81\x03one", b"\x81\x03two"]),
        (MSGPACK, True, [b"\x82\x03one", b"\x82\x03two"]),
    ):
        way, connection = connected(codec, framed)
        connection.push(b"one")
        connection.tell(5, b"two")
        assert way.written == expected


def test_a_frame_that_the_hub_has_dressed_is_not_dressed_again():
    way, connection = connected(framed=True)
    connection.deliver(1, b"\x81\x03one")
    connection.hold()
    connection.deliver(2, b"\x81\x03two")
    connection.release(1)
    assert way.written == [b"\x81\x03one", b"\x81\x03two"]


def test_after_a_close_nothing_is_written_and_the_first_code_counts():
    way, connection = connected()
    connection.push(b"last words")
    connection.close(4441)
    connection.push(b"too late")
    connection.deliver(9, b"too late")
    connection.tell(9, b"too late")
    connection.close(4400)
    assert (way.written, way.code) == ([b"last words"], 4441)


@pytest.mark.promise("P11")
def test_who_is_too_slow_for_his_way_is_closed():
    way, connection = connected()
    way.overflow()
    assert (way.code, connection.closing) == (TOO_SLOW, TOO_SLOW)


def test_what_is_held_comes_after_the_snapshot_and_only_if_it_is_newer():
    way, connection = connected()
    connection.hold()
    for seq in (5, 6, 7):
        connection.deliver(seq, b"event %d" % seq)
    connection.push(b"snapshot 6")
    assert connection.release(6) == 7
    connection.deliver(8, b"event 8")
    assert way.written == [b"snapshot 6", b"event 7", b"event 8"]


def test_news_for_one_player_are_measured_by_the_log_not_by_what_everyone_was_told():
    way, connection = connected()
    connection.hold()
    connection.tell(11, b"you as of 11")
    connection.tell(12, b"you as of 12")
    connection.push(b"snapshot 6 with you as of 11")
    assert connection.release(6, 11) == 6
    assert way.written == [b"snapshot 6 with you as of 11", b"you as of 12"]


def test_news_without_a_number_always_go_out():
    way, connection = connected()
    connection.hold()
    connection.deliver(UNNUMBERED, b"presence")
    assert connection.release(9) == 9
    assert way.written == [b"presence"]


@pytest.mark.promise("P11")
def test_who_never_gets_his_snapshot_does_not_hoard_frames_either():
    way, connection = connected()
    connection.hold()
    for seq in range(LIMIT // 1024 + 1):
        connection.deliver(seq, b"x" * 1024)
    assert connection.closing == way.code == TOO_SLOW
    assert connection.held is None


def test_a_socket_that_has_ended_takes_no_more():
    way, connection = connected()
    connection.end()
    connection.push(b"x")
    assert way.ended
    assert way.written == []
