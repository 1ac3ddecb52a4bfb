"""One value, one sequence of bytes: the part of RFC 8785 that manifests use, and its hash."""

import hashlib
import json
import unicodedata
from typing import NoReturn

from games.fairness.shape import LARGEST, Refused, Unreadable

DEEPEST = 16


def digest(value: object) -> bytes:
    return hashlib.sha256(encode(value)).digest()


def encode(value: object) -> bytes:
    """Strings, whole numbers, lists and objects: for these, sorted compact JSON is what RFC 8785 prescribes."""
    judge(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def decode(data: bytes, name: str) -> object:
    """Read JSON without its freedoms: a key twice or a number with a point would let two readers see two values."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=lambda pairs: single(pairs, name),
            parse_int=lambda digits: short(digits, name),
            parse_float=lambda digits: unsound(f"{name} has {digits}, which is not a whole number"),
            parse_constant=lambda word: unsound(f"{name} has {word}, which is not a whole number"),
        )
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not readable as JSON") from error
    judge(value, name)
    return value


def judge(value: object, name: str = "the manifest", depth: int = 0) -> None:
    """Raises Refused unless the value is made of what every JSON reader reads alike."""
    if depth > DEEPEST:
        raise Refused(f"{name} is nested too deeply")
    if isinstance(value, str):
        judge_text(value, name)
    elif isinstance(value, list | tuple):
        for item in value:
            judge(item, name, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            judge_key(key, name)
            judge(item, name, depth + 1)
    elif not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{name} has a value that is no text, whole number, list or object")
    elif abs(value) > LARGEST:
        raise Refused(f"{name} has a number of 2^53 or more")


def judge_text(value: str, name: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Refused(f"{name} has a text that is not Unicode")
    if not unicodedata.is_normalized("NFC", value):
        raise Refused(f"{name} has a text that is not in normal form C")


def judge_key(key: object, name: str) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise Refused(f"{name} has a key that is not ASCII")


def single(pairs: list[tuple[str, object]], name: str) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Refused(f"{name} has a key twice")
    return value


def short(digits: str, name: str) -> int:
    # The longest number allowed has 16 digits; Python itself stops reading at some thousands.
    return int(digits) if len(digits) <= 20 else unsound(f"{name} has a number of 2^53 or more")


def unsound(sentence: str) -> NoReturn:
    raise Refused(sentence)
