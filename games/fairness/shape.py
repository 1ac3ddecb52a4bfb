"""Says whether a value that came from outside has the shape it must have."""

import re
from collections.abc import Iterable

LARGEST = 2**53 - 1


class Refused(ValueError):
    """What was published does not hold; the sentence says what."""


class Unreadable(ValueError):
    """There is nothing to judge: a file is missing or is not what its name says."""


def fields(value: object, name: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, object]:
    """An object with these keys and no other: an unknown key may change the meaning of a known one."""
    if not isinstance(value, dict):
        raise Refused(f"{name} must be an object")
    missing = [key for key in required if key not in value]
    if missing:
        raise Refused(f"{name} lacks {missing[0]!r}")
    unknown = sorted(value.keys() - {*required, *optional})
    if unknown:
        raise Refused(f"{name} has the unknown key {unknown[0]!r}")
    return value


def array(value: object, name: str) -> list[object]:
    if not isinstance(value, list | tuple):
        raise Refused(f"{name} must be a list")
    return list(value)


def text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refused(f"{name} must be a text that is not empty")
    return value


def integer(value: object, name: str, low: int = 0, high: int = LARGEST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(f"{name} must be a whole number from {low} to {high}")
    return value


def octets(value: object, name: str, size: int) -> bytes:
    """Bytes written as lower-case hexadecimal, so that every value has one spelling."""
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * size}}}", value, re.ASCII):
        raise Refused(f"{name} must be {2 * size} lower-case hexadecimal digits")
    return bytes.fromhex(value)


def sized(value: bytes, name: str, size: int) -> bytes:
    if len(value) != size:
        raise Refused(f"{name} must be {size} bytes long")
    return value
