"""Bytes to frames and back: JSON and MessagePack, the same maps. Hostile input ends here (decision 21).

What comes in is read by parsers that show a name that stands twice, and is plain: maps with words for names, lists, texts, finite
numbers that JavaScript can hold too, true, false, null. What goes out is written by the fastest encoder.
"""

import json
from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import Any, NamedTuple, NoReturn

import msgpack  # type: ignore[import-untyped]
import msgspec

from games.lifecycle import Admit
from games.mechanic import Command, Tick
from games.registry import MECHANICS
from games.ruleset import LIFECYCLE_COMMANDS
from realtime.protocol import Asked, Hello, Pong, Resume

LARGEST = 8 * 1024
DEEPEST = 8
LARGEST_NUMBER = 2**53 - 1
LONGEST_REF = 36


class Bad(Exception):
    """Not a frame at all: the socket closes with 4400."""


class Refused(Exception):
    """A frame with a ref, but no command of this game: a reply says the code."""

    def __init__(self, ref: str, code: str) -> None:
        super().__init__(code)
        self.ref, self.code = ref, code


class Codec(NamedTuple):
    """One of the two ways to write a frame."""

    name: str
    subprotocol: str
    binary: bool
    encode: Callable[[Any], bytes]
    decode: Callable[[bytes], Any]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(*_: Any) -> NoReturn:
    raise ValueError("not plain")


_reader = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse)


def _read_json(body: bytes) -> Any:
    return _reader.decode(body.decode())


def _read_msgpack(body: bytes) -> Any:
    return msgpack.unpackb(body, strict_map_key=True, object_pairs_hook=_once, ext_hook=_refuse)


JSON = Codec("json", "sobuzz.v1.json", False, msgspec.json.encode, _read_json)
MSGPACK = Codec("msgpack", "sobuzz.v1.msgpack", True, msgspec.msgpack.encode, _read_msgpack)
CODECS = (JSON, MSGPACK)


def choose(offered: list[str]) -> tuple[Codec, str | None] | None:
    """The first subprotocol that we speak; JSON where none is offered; None when none of theirs is ours."""
    if not offered:
        return JSON, None
    for name in offered:
        for codec in CODECS:
            if codec.subprotocol == name:
                return codec, name
    return None


def parse(codec: Codec, body: bytes, binary: bool) -> dict[str, Any]:
    """A message of a socket as a map with a word `t`. Raises Bad."""
    if binary is not codec.binary:
        raise Bad("wrong kind of message")
    if len(body) > LARGEST:
        raise Bad("too large")
    try:
        found = codec.decode(body)
    except (ValueError, RecursionError, OverflowError) as error:
        raise Bad("not decodable") from error
    if not isinstance(found, dict) or not isinstance(found.get("t"), str) or not plain(found):
        raise Bad("not a frame")
    return found


def plain(value: Any, deep: int = DEEPEST) -> bool:
    """Nothing but what both codings and every client can hold, and not too deep."""
    kind = type(value)
    if kind is str:
        return bool(value.isascii()) or not any("\ud800" <= sign <= "\udfff" for sign in value)
    if kind is int:
        return bool(-LARGEST_NUMBER <= value <= LARGEST_NUMBER)
    if kind is dict:
        return deep > 0 and all(type(name) is str and plain(name) and plain(each, deep - 1) for name, each in value.items())
    if kind is list:
        return deep > 0 and all(plain(each, deep - 1) for each in value)
    return value is None or kind is bool or (kind is float and isfinite(value))


ASKED: Any = Hello | Resume | Pong


def asked(frame: dict[str, Any]) -> Asked | None:
    """Hello, resume and pong; None when it is a command. Raises Bad when its fields are not right.

    An operator's command is called `resume` too: it has a ref, and the frame has none.
    """
    if frame["t"] not in {"hello", "resume", "pong"} or (frame["t"] == "resume" and "ref" in frame):
        return None
    try:
        found: Asked = msgspec.convert(frame, ASKED)
    except msgspec.ValidationError as error:
        raise Bad(str(error)) from error
    return found


def ref_of(frame: dict[str, Any]) -> str:
    ref = frame.get("ref")
    if not isinstance(ref, str) or not 0 < len(ref) <= LONGEST_REF or not ref.isprintable():
        raise Bad("a command needs a ref of 1 to 36 characters")
    return ref


UNASKED = (Tick, Admit)  # the actor's own: of the time, and of a hello whose player is proved


@cache
def all_commands_of(kind: str) -> dict[str, type[Command]]:
    """What a letter may ask of a game of this kind, by its word."""
    found = [*LIFECYCLE_COMMANDS, *getattr(MECHANICS[kind].types()[1], "__args__", (MECHANICS[kind].types()[1],))]
    return {command.__struct_config__.tag: command for command in found if command not in UNASKED}


@cache
def commands_of(kind: str) -> dict[str, type[Command]]:
    """The same as far as a socket may send it: what is the system's is not among them."""
    return {word: command for word, command in all_commands_of(kind).items() if command.role != "system"}


def command(kind: str, frame: dict[str, Any]) -> tuple[str, Command]:
    """The ref and the command, strictly. Raises Bad without a ref, Refused without a command."""
    ref = ref_of(frame)
    wanted = commands_of(kind).get(frame["t"])
    if wanted is None:
        raise Refused(ref, "unknown_command")
    try:
        return ref, msgspec.convert({name: value for name, value in frame.items() if name != "ref"}, wanted)
    except (msgspec.ValidationError, OverflowError) as error:
        raise Refused(ref, "bad_command") from error
