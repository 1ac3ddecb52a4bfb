"""Bytes that are no WebSocket, and floods: a clean end, no traceback, and others notice nothing."""

import asyncio
import os
import struct
from random import Random

import pytest

from tests.realtime.sockets.raw import CLOSE, CONT, FIN_BINARY, FIN_CONT, FIN_TEXT, HELLO, PING, PONG, Raw, codes, frame, plays_on, resident

SHAPES = {
    "unmasked": frame(FIN_TEXT, HELLO, mask=None),

from tests.realtime.sockets.raw import CONT, FIN_TEXT, HELLO, PATH, PING, PONG, SHAPES, Raw, codes, frame, plays_on, resident

        await client.hello()
    async with asyncio.timeout(10):
        while open_files() > before + 2:
            await asyncio.sleep(0.05)









