"""Readers who do not read: cut off, cheap, and harmless to everybody else."""

import select
import time

import pytest

from tests.realtime.sockets.raw import FIN_TEXT, HELLO, Raw, codes, frame, plays_on, resident

WIDE = "/ws/play/demo/wide/"  # its snapshot has 60 kB
RESUME = frame(FIN_TEXT, b'{"t":"resume","line":null,"seq":null}')


def stalled(board) -> Raw:
    """Asks for much and reads nothing."""
    if board.site.server == "daphne":
        pytest.skip("Daphne takes all that is sent and does not say what waits; it is for development")
    raw = Raw(board, WIDE, buffer=4096)
    raw.say(frame(FIN_TEXT, HELLO) + RESUME * 15)
    return raw


@pytest.mark.promise("P11")
def test_a_slow_reader_who_reads_on_finds_that_he_was_too_slow(board):
    raw = stalled(board)
    assert plays_on(board)
    assert codes(raw.end()) == [4408]


@pytest.mark.fault
@pytest.mark.promise("P11")
def test_readers_who_never_read_are_cut_off_cost_little_and_harm_nobody(board, figure):
    before = resident(board)
    lines = [stalled(board) for _ in range(20)]
    assert plays_on(board)
    grown, began = (resident(board) - before) / 1024, time.monotonic()
    figure("MiB held for 20 readers who do not read", grown)
    assert grown < 20
    for raw in lines:
        waiting = select.poll()
        waiting.register(raw.line, select.POLLHUP | select.POLLERR)
        assert waiting.poll(10_000), "the line is cut"
        raw.line.close()
    figure("seconds until their lines were cut", time.monotonic() - began)
