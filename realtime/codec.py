"""Bytes to frames and back: JSON and MessagePack, the same maps. Hostile input ends here (decision 21)."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from games.mechanic import Command
from games.registry import MECHANICS
from games.ruleset import LIFECYCLE_COMMANDS
from realtime.protocol import Asked, Hello, Pong, Resume

LARGEST = 8 * 1024
DEEPEST = 8
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


def _text(data: bytes) -> Any:
    return msgspec.json.decode(data)


JSON = Codec("json", "sobuzz.v1.json", False, msgspec.json.encode, _text)
MSGPACK = Codec("msgpack", "sobuzz.v1.msgpack", True, msgspec.msgpack.encode, msgspec.msgpack.decode)
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


def parse(codec: Codec, text: str | None, data: bytes | None) -> dict[str, Any]:
    """A message of a socket as a map with a word `t`. Raises Bad."""
    if (data is None) is codec.binary:
        raise Bad("wrong kind of message")
    body = data if data is not None else (text or "").encode("utf-8", "surrogatepass")
    if len(body) > LARGEST:
        raise Bad("too large")
    try:
        found = codec.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError, TypeError) as error:
        raise Bad("not decodable") from error
    if not isinstance(found, dict) or not isinstance(found.get("t"), str) or _depth(found) > DEEPEST:
        raise Bad("not a frame")
    return found


def _depth(value: Any, left: int = DEEPEST + 1) -> int:
    if left == 0 or not isinstance(value, dict | list):
        return 1
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(each, left - 1) for each in inner), default=0)


ASKED: Any = Hello | Resume | Pong


def asked(frame: dict[str, Any]) -> Asked | None:
    """Hello, resume and pong; None when it is a command. Raises Bad when its fields are not right."""
    if frame["t"] not in {"hello", "resume", "pong"}:
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


@cache
def commands_of(kind: str) -> dict[str, type[Command]]:
    """The commands that a socket may send to a game of this kind, by their word; what is the system's is not among them."""
    found = [*LIFECYCLE_COMMANDS, *getattr(MECHANICS[kind].types()[1], "__args__", (MECHANICS[kind].types()[1],))]
    return {command.__struct_config__.tag: command for command in found if command.role != "system"}


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
