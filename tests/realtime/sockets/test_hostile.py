"""Bytes that are no WebSocket, floods, and readers who do not read: a clean end, no traceback, and others notice nothing."""

import asyncio
import os
import select
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

PATH = "/ws/play/demo/instant-win/"
FIN_TEXT, FIN_BINARY, CONT, FIN_CONT, CLOSE, PING, PONG = 0x81, 0x82, 0x00, 0x80, 0x88, 0x89, 0x8A


def frame(first: int, data: bytes = b"", mask: bytes | None = b"abcd", length: int | None = None) -> bytes:
    """One frame of a client, also a wrong one."""
    size = len(data) if length is None else length
    head = bytes([first])
    bit = 0x80 if mask else 0
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", size)
    if mask is None:
        return head + data
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))


HELLO = b'{"t":"hello"}'
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


class Raw:
    """A socket without a library: it says what it likes."""

    def __init__(self, board, path: str = PATH, buffer: int | None = None) -> None:
        self.line = socket.socket()
        self.line.settimeout(10)
        if buffer:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.line.connect(("127.0.0.1", board.site.port))
        wanted = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{board.site.port}", *wanted, "", ""]
        self.line.sendall("\r\n".join(lines).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.line.recv(4096)
        assert answer.startswith(b"HTTP/1.1 101")
        self.rest = answer.split(b"\r\n\r\n", 1)[1]

    def say(self, data: bytes) -> None:
        with suppress(OSError):
            self.line.sendall(data)

    def end(self) -> bytes:
        """All that the server has to say until it hangs up; we hang up when it waits for more."""
        heard = self.rest
        self.line.settimeout(0.3)
        with suppress(OSError):
            while data := self.line.recv(65536):
                heard += data
        self.line.close()
        return heard


def codes(heard: bytes) -> list[int]:
    """Of the close frames in what a server said."""
    found = []
    while len(heard) >= 2:
        size, start = heard[1] & 0x7F, 2
        if size == 126:
            size, start = struct.unpack(">H", heard[2:4])[0], 4
        if heard[0] == CLOSE and size >= 2:
            found.append(struct.unpack(">H", heard[start : start + 2])[0])
        heard = heard[start + size :]
    return found


PLAY = b"GET " + PATH.encode() + b" HTTP/1.1"
UPGRADE = [b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
HANDSHAKES = {
    "bytes in the path": [PLAY.replace(b"demo", b"d\xff\xfe"), *UPGRADE],
    "bytes in the query": [PLAY.replace(b" HTTP", b"?\xff HTTP"), *UPGRADE],
    "bytes in the subprotocol": [PLAY, *UPGRADE, b"Sec-WebSocket-Protocol: \xff\xfe"],
    "bytes in the cookie": [PLAY, *UPGRADE, b"Cookie: \xff\xfe; player_1=\xff", b"Origin: http://x.test"],
    "bytes in a name": [PLAY, *UPGRADE, b"X\xff: a"],
    "a null byte": [PLAY, *UPGRADE, b"Origin: http://\x00"],
    "two origins": [PLAY, *UPGRADE, b"Origin: http://a.test", b"Origin: http://b.test"],
    "two hosts": [PLAY, *UPGRADE, b"Host: evil.test"],
    "a key that is none": [PLAY, *UPGRADE[:3], b"Sec-WebSocket-Key: x"],
    "no key": [PLAY, *UPGRADE[:3]],
    "a version of the future": [PLAY, *UPGRADE[:2], b"Sec-WebSocket-Version: 99", UPGRADE[3]],
    "half an address": [b"GET http://[::1/ws/play/ HTTP/1.1", *UPGRADE],
    "a star": [b"GET * HTTP/1.1", *UPGRADE],
    "another method": [PLAY.replace(b"GET", b"POST"), *UPGRADE, b"Content-Length: 0"],
    "a long line": [PLAY, *UPGRADE, b"Accept-Language: " + b"a;q=" * 3000],
    "very many lines": [PLAY, *UPGRADE, *(b"X-%d: a" % number for number in range(300))],
}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("lines", HANDSHAKES.values(), ids=HANDSHAKES)
def test_a_handshake_that_is_none_is_answered_and_leaves_no_line_open(board, lines):
    if board.site.server == "daphne" and b"\xff" in lines[-1]:
        pytest.skip("Daphne writes a traceback of its own; it is for development")
    host = b"Host: 127.0.0.1:%d" % board.site.port
    with socket.create_connection(("127.0.0.1", board.site.port), timeout=5) as line:
        line.sendall(b"\r\n".join([lines[0], host, *lines[1:], b"", b""]))
        answer = line.recv(4096)
        assert answer[9:12] in {b"101", b"400", b"403", b"405", b"426", b"431", b"404"} or not answer
        if answer[9:12] == b"101":
            line.sendall(frame(CLOSE, struct.pack(">H", 1000)))
        with suppress(ConnectionResetError):
            while line.recv(4096):
                pass


def plays_on(board):
    """Somebody else, at the same time, notices nothing."""

    async def play():
        async with board.player("instant-win") as client:
            return "error" not in await client.play()

    return asyncio.run(play())


@pytest.mark.promise("P24")
@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_bytes_that_are_no_websocket_end_cleanly(board, data):
    raw = Raw(board)
    raw.say(data)
    assert set(codes(raw.end())) <= {1000, 1002, 1005, 1007, 1009, 4400}


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


def resident(board) -> int:
    """KiB of memory of the server."""
    status = Path(f"/proc/{board.site.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


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
