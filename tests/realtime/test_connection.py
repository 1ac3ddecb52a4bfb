"""One socket as hub and node see it: what is held, in which order it goes, and where it ends."""

import pytest

from realtime.codec import JSON
from realtime.connection import LIMIT, TOO_SLOW, UNNUMBERED, Connection


class Plain(Connection):
    """Writes down what leaves."""

    def __init__(self):
        super().__init__(JSON)
        self.written, self.code = [], None

    def put(self, frame):
        if self.closing is None:
            self.written.append(frame)

    def finish(self, code):
        self.code = code


def test_after_a_close_nothing_is_taken_and_the_first_code_counts():
    connection = Plain()
    connection.push(b"last words")
    connection.close(4441)
    connection.push(b"too late")
    connection.deliver(9, b"too late")
    connection.tell(9, b"too late")
    connection.close(4400)
    assert (connection.written, connection.code) == ([b"last words"], 4441)


def test_what_is_held_comes_after_the_snapshot_and_only_if_it_is_newer():
    connection = Plain()
    connection.hold()
    for seq in (5, 6, 7):
        connection.deliver(seq, b"event %d" % seq)
    connection.push(b"snapshot 6")
    assert connection.release(6) == 7
    connection.deliver(8, b"event 8")
    assert connection.written == [b"snapshot 6", b"event 7", b"event 8"]


def test_news_for_one_player_are_measured_by_the_log_not_by_what_everyone_was_told():
    connection = Plain()
    connection.hold()
    connection.tell(11, b"you as of 11")
    connection.tell(12, b"you as of 12")
    connection.push(b"snapshot 6 with you as of 11")
    assert connection.release(6, 11) == 6
    assert connection.written == [b"snapshot 6 with you as of 11", b"you as of 12"]


def test_news_without_a_number_always_go_out():
    connection = Plain()
    connection.hold()
    connection.deliver(UNNUMBERED, b"presence")
    assert connection.release(9) == 9
    assert connection.written == [b"presence"]


@pytest.mark.promise("P11")
def test_who_never_gets_his_snapshot_does_not_hoard_frames_either():
    connection = Plain()
    connection.hold()
    for seq in range(LIMIT // 1024 + 1):
        connection.deliver(seq, b"x" * 1024)
    assert connection.closing == connection.code == TOO_SLOW
    assert connection.held is None


def test_a_socket_that_has_ended_takes_no_more():
    connection = Plain()
    connection.end()
    connection.push(b"x")
    assert connection.written == []
