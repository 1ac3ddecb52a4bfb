"""Handshakes that are none: each is answered, and none leaves a line open."""

import socket
import struct
from contextlib import suppress

import pytest

from tests.realtime.sockets.raw import CLOSE, PATH, frame

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
