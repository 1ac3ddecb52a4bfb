"""From a form as browsers send it to settings as they were typed: nothing is judged, nothing is lost."""

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from games.forms.described import Ask

MOST = 200  # blocks of a list, and far more than any mechanic takes
WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
BLANKS = re.compile(r"[\s\u00a0\u202f']")
INDEX = re.compile(r"[0-9]{1,4}")

Sent = Mapping[str, str]


def settings(asks: Iterable[Ask], sent: Sent, before: Mapping[str, Any], path: str = "settings") -> dict[str, Any]:
    """`before` keeps what the form does not ask."""
    found = {}
    for ask in asks:
        value = read(ask, sent, f"{path}.{ask.name}", before.get(ask.name, ...))
        if value is not ...:
            found[ask.name] = value
    return found


def read(ask: Ask, sent: Sent, path: str, before: Any) -> Any:
    match ask.kind:
        case "given":
            return before
        case "check":
            return path in sent
        case "whole":
            return whole(sent.get(path, ""))
        case "number":
            return decimal(sent.get(path, ""))
        case "list":
            return [settings(ask.fields, sent, {}, f"{path}.{place}") for place in places(sent, path)]
        case "block":
            return block(ask, sent, path, before)
        case "union":
            return branch(ask, sent, path)
        case "week":
            return week(sent.get(path, "")) if sent.get(f"{path}.by") == "hand" else None
    return sent.get(path, "")


def places(sent: Sent, path: str) -> list[int]:
    """The numbers of a list's blocks, in their order."""
    after = len(path) + 1
    named = {name[after:].split(".", 1)[0] for name in sent if name.startswith(f"{path}.")}
    return sorted(int(name) for name in named if INDEX.fullmatch(name))[:MOST]


def block(ask: Ask, sent: Sent, path: str, before: Any) -> Any:
    """One that may be left out has a switch."""
    if ask.empty and f"{path}.on" not in sent:
        return None
    return settings(ask.fields, sent, before if isinstance(before, Mapping) else {}, path)


def branch(ask: Ask, sent: Sent, path: str) -> Any:
    chosen = sent.get(f"{path}.{ask.tag}", "")
    parts = next((parts for tag, _, parts in ask.branches if tag == chosen), ())
    return {ask.tag: chosen, **settings(parts, sent, {}, path)} if chosen else None


def whole(text: str) -> int | str | None:
    """ "1 000" is a thousand; what is no number stays as it was typed."""
    bare = BLANKS.sub("", text)
    if not bare:
        return None
    return int(bare) if WHOLE.fullmatch(bare) else text


def decimal(text: str) -> float | int | str | None:
    bare = BLANKS.sub("", text).replace(",", ".")
    if not bare:
        return None
    try:
        value = float(bare)
    except ValueError:
        return text
    return value if isfinite(value) else text


def week(text: str) -> list[Any]:
    return [whole(part) for part in text.split(",")[:MOST]]
