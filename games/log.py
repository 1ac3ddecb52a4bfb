"""An event with its envelope, as the log has it, and how it is read after years (decision 20)."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias, get_args

import msgspec

from games.mechanic import Event, Mechanic, Role
from games.ruleset import LIFECYCLE_EVENTS, Ruleset


class Logged(msgspec.Struct, frozen=True):
    seq: int
    at: float  # when its command reached us, wall time
    role: Role
    by: int  # number of the player, or id of the member, or 0
    ref: str  # the client's name for his command; repeats are known by it (decision 22)
    event: Event


Row: TypeAlias = tuple[int, float, Role, int, str, str, int, str]  # the same as it is stored: kind, version and JSON for the event


def decoder_of(mechanic: Mechanic[Any, Any, Any]) -> msgspec.json.Decoder[Event]:
    return reader_of(type(mechanic))[0]


@cache
def reader_of(mechanic: type[Mechanic[Any, Any, Any]]) -> tuple[msgspec.json.Decoder[Event], dict[str, int]]:
    """What decodes the events of a game as they are now, and the version of each kind."""
    union: Any = mechanic.types()[2]
    for kind in LIFECYCLE_EVENTS:
        union = union | kind
    return msgspec.json.Decoder(union), {str(kind.__struct_config__.tag): kind.version for kind in get_args(union)}


def decoded(ruleset: Ruleset, rows: Iterable[Row]) -> Iterator[Logged]:
    """Raises msgspec.DecodeError. Only what is older than its class takes the way through `upcast`."""
    decoder, versions = reader_of(type(ruleset.mechanic))
    decode = decoder.decode
    for seq, at, role, by, ref, kind, version, data in rows:
        if version < versions.get(kind, version + 1):
            data = msgspec.json.encode(ruleset.upcast(kind, version, msgspec.json.decode(data))).decode()
        yield Logged(seq, at, role, by, ref, decode(data))
