"""A socket without a library, that says what it likes; and what can be seen of a server from outside."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from pathlib import Path

PATH = "/ws/play/demo/instant-win/"
FIN_TEXT, FIN_BINARY, CONT, FIN_CONT, CLOSE, PING, PONG = 0x81, 0x82, 0x00, 0x80, 0x88, 0x89, 0x8A


HELLO = b'{"t":"hello"}'


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
            data = self.line.recv(4096)
            assert data, "the server hung up without an answer"
            answer += data
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


def plays_on(board):
    """Somebody else, at the same time, notices nothing."""

    async def play():
        async with board.player("instant-win") as client:
            return "error" not in await client.play()

    return asyncio.run(play())


def resident(board) -> int:
    """KiB of memory of the server."""
    status = Path(f"/proc/{board.site.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])
