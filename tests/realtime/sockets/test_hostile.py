"""Bytes that are no WebSocket, and floods: a clean end, no traceback, and others notice nothing."""

import asyncio
import os
import struct
from random import Random

import pytest

from tests.realtime.sockets.raw import CLOSE, CONT, FIN_BINARY, FIN_CONT, FIN_TEXT, HELLO, PING, PONG, Raw, codes, frame, plays_on, resident

SHAPES = {
    "unmasked": frame(FIN_TEXT, HELLO, mask=None),
    "reserved bits": frame(0xF1, HELLO),
    "an unknown kind": frame(0x83, HELLO),
    "an unknown control frame": frame(0x8B),
    "a continuation of nothing": frame(FIN_CONT, HELLO),
    "a text within a text": frame(0x01, b"{") + frame(FIN_TEXT, HELLO),
    "a ping too long": frame(PING, b"x" * 126),
    "a ping in pieces": frame(0x09, b"x"),
    "a length of a lie": frame(FIN_TEXT, HELLO, length=2**62),
    "a negative length": bytes([FIN_TEXT, 0xFF]) + b"\xff" * 8 + b"abcd",
    "text that is none": frame(FIN_TEXT, b"\xff\xfe\xfd"),
    "text that is none, in pieces": frame(0x01, b'{"t"') + frame(FIN_CONT, b"\xff"),
    "bytes that are none": frame(FIN_BINARY, b"\xc1"),
    "a close without a code": frame(CLOSE),
    "a close of one byte": frame(CLOSE, b"\x03"),
    "a close with a code that is none": frame(CLOSE, struct.pack(">H", 1005)),
    "a close with words that are none": frame(CLOSE, struct.pack(">H", 1000) + b"\xff\xfe"),
    "one megabyte": frame(FIN_TEXT, b"x" * 1_000_000),
    "HTTP again": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "nothing, and gone": b"",
    "half a frame, and gone": frame(FIN_TEXT, HELLO)[:5],
}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_bytes_that_are_no_websocket_end_cleanly(board, data):
    raw = Raw(board)
    raw.say(data)
    assert set(codes(raw.end())) <= {1000, 1002, 1005, 1007, 1009, 4400}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("more", [frame(CLOSE, struct.pack(">H", 1000)), frame(0xF1, b"x")], ids=["a goodbye", "a frame that is none"])
def test_a_wrong_message_and_the_end_in_one_packet_end_cleanly(board, more):
    """The end has been read already when the message is looked at."""
    raw = Raw(board)
    raw.say(frame(FIN_TEXT, HELLO))
    assert raw.line.recv(65536), "it is in"
    raw.say(frame(PING, b"x") + frame(FIN_BINARY, b"x") + more)
    assert set(codes(raw.end())) <= {1000, 1002, 4400}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("greeted", [True, False], ids=["after a hello", "before one"])
def test_a_flood_of_pings_and_the_goodbye_in_one_packet_end_cleanly(board, greeted):
    """What refuses the flood finds the goodbye read already."""
    raw = Raw(board)
    if greeted:
        raw.say(frame(FIN_TEXT, HELLO))
        assert raw.line.recv(65536), "it is in"
    raw.say(frame(PING, b"x") * 100 + frame(CLOSE, struct.pack(">H", 1000)))
    assert set(codes(raw.end())) <= {1000, 4429}
    assert board.site.complaints() == []


@pytest.mark.promise("P24")
def test_text_that_is_none_is_a_bad_frame(board):
    raw = Raw(board)
    raw.say(SHAPES["text that is none"])
    assert codes(raw.end()) == ([4400] if board.site.server == "uvicorn" else []), "Daphne hangs up without a word"


@pytest.mark.promise("P24")
def test_frames_that_were_tampered_with_end_cleanly(board, figure):
    """From a seed, so that a failure can be seen again."""
    rng = Random(24)
    honest = frame(FIN_TEXT, HELLO) + frame(PING, b"x") + frame(0x01, b'{"t":') + frame(FIN_CONT, b'"pong"}')
    for _ in range(120):
        data = bytearray(honest)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        raw = Raw(board)
        raw.say(bytes(data))
        raw.line.close()
    assert plays_on(board)
    figure("frames tampered with", 120)


@pytest.mark.promise("P24")
@pytest.mark.parametrize("flood", [frame(PING, b"x"), frame(PONG, b"x"), frame(CONT)], ids=["pings", "pongs", "empty pieces"])
def test_a_flood_that_no_application_sees_is_too_fast(board, flood):
    if board.site.server == "daphne":
        pytest.skip("Daphne answers these itself, without a bound; it is for development")
    raw = Raw(board)
    raw.say(frame(0x01, b"{") if flood[0] == CONT else b"")
    raw.say(flood * 2000)
    assert codes(raw.end()) == [4429]


@pytest.mark.promise("P24")
def test_hostile_frames_do_not_make_the_server_grow(board, figure):
    plays_on(board)
    before, deep = resident(board), frame(FIN_TEXT, b'{"t":"hello","x":' + b"[" * 3000 + b"]" * 3000 + b"}")
    for _ in range(300):
        raw = Raw(board)
        raw.say(deep)
        raw.line.close()
    grown = (resident(board) - before) / 1024
    figure("MiB grown by 300 hostile sockets", grown)
    assert grown < 64
    assert plays_on(board)


@pytest.mark.promise("P11")
@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="counts open files by /proc")
async def test_sockets_that_come_and_go_leave_nothing_open(board):
    def open_files():
        return len(os.listdir(f"/proc/{board.site.process.pid}/fd"))

    async with board.connect("play/demo/instant-win/") as client:
        await client.hello()
    before = open_files()
    for number in range(40):
        raw = Raw(board)
        raw.say(frame(FIN_TEXT, HELLO) if number % 2 else b"")
        raw.line.close()
    async with board.connect("play/demo/instant-win/") as client:
        await client.hello()
    async with asyncio.timeout(10):
        while open_files() > before + 2:
            await asyncio.sleep(0.05)
