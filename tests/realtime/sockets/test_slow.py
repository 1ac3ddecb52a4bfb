"""Readers who do not read: cut off, cheap, and no harm to anybody."""

import asyncio
import os
import struct
from random import Random

import pytest

from tests.realtime.sockets.raw import CLOSE, CONT, FIN_BINARY, FIN_CONT, FIN_TEXT, HELLO, PING, PONG, Raw, codes, frame, plays_on, resident

SHAPES = {
    "unmasked": frame(FIN_TEXT, HELLO, mask=None),

from tests.realtime.sockets.raw import CONT, FIN_TEXT, HELLO, PATH, PING, PONG, SHAPES, Raw, codes, frame, plays_on, resident


