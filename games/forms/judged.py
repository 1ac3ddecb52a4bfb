"""What is wrong with settings as they were typed, each thing at its field, and the settings if nothing is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from games.forms.described import Ask, Game, described


class Problem(NamedTuple):
    """`code` is a key of `words`; its sentence takes the values."""

    code: str
    values: Mapping[str, Any] = {}


Problems = dict[str, Problem]  # by field path, "settings" for what no field alone has done


def judge(mechanic: Game, typed: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    """The settings, and what keeps them from being settings."""
    problems: Problems = {}
    settings = block(described(mechanic), typed, "settings", problems)
    if not problems:
        try:
            msgspec.convert(settings, mechanic)
        except msgspec.ValidationError as refused:
            problems["settings"] = Problem("refused", {"sentence": str(refused)})
    return settings, problems


def block(asks: Iterable[Ask], typed: Mapping[str, Any], path: str, problems: Problems) -> dict[str, Any]:
    """What is left out takes its default."""
    found = {}
    for ask in asks:
        value = one(ask, typed.get(ask.name, ...), f"{path}.{ask.name}", problems)
        if value is not ...:
            found[ask.name] = value
    return found


def one(ask: Ask, value: Any, path: str, problems: Problems) -> Any:
    if value is ... and not ask.required:
        return ...
    if value is None or value is ... or (value == "" and not allows_nothing(ask)):
        return nothing(ask, path, problems)
    match ask.kind:
        case "whole" | "number":
            return number(ask, value, path, problems)
        case "text" | "long" | "id":
            return text(ask, value, path, problems)
        case "choice":
            return chosen(ask, value, path, problems)
        case "list":
            return listed(ask, value, path, problems)
        case "block":
            return block(ask.fields, known(ask, value), path, problems)
        case "union":
            return branched(ask, value, path, problems)
        case "week":
            return week(ask, value, path, problems)
    return value


def allows_nothing(ask: Ask) -> bool:
    return ask.kind in ("text", "long") and not ask.empty and ask.least == 0


def nothing(ask: Ask, path: str, problems: Problems) -> Any:
    if not ask.empty:
        problems[path] = Problem("number_missing" if ask.kind in ("whole", "number") else "missing")
    return None


def number(ask: Ask, value: Any, path: str, problems: Problems) -> Any:
    if not isinstance(value, int | float):
        problems[path] = Problem("no_number")
    elif ask.low is not None and value < ask.low:
        problems[path] = Problem("too_low", {"low": ask.low})
    elif ask.high is not None and value > ask.high:
        problems[path] = Problem("too_high", {"high": ask.high})
    return value


def text(ask: Ask, value: Any, path: str, problems: Problems) -> Any:
    bare = value.strip()
    if len(bare) < ask.least:
        return nothing(ask, path, problems)
    if ask.longest and len(bare) > ask.longest:
        problems[path] = Problem("too_long", {"most": ask.longest, "count": len(bare) - ask.longest})
    elif ask.pattern and not re.search(ask.pattern, bare):
        problems[path] = Problem("wrong_letters")
    return bare


def chosen(ask: Ask, value: Any, path: str, problems: Problems) -> Any:
    if value not in dict(ask.choices):
        problems[path] = Problem("no_choice")
    return value


def listed(ask: Ask, value: Any, path: str, problems: Problems) -> list[Any]:
    if len(value) < ask.least:
        problems[path] = Problem("too_few", {"least": ask.least})
    elif ask.longest and len(value) > ask.longest:
        problems[path] = Problem("too_many", {"most": ask.longest})
    return [block(ask.fields, each, f"{path}.{place}", problems) for place, each in enumerate(named(ask, value))]


def named(ask: Ask, blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each with an id that no other has: one that was given stays, for what is sold or printed may carry it."""
    own = next((each.name for each in ask.fields if each.kind == "id"), None)
    if own is None:
        return list(blocks)
    taken = {each[own] for each in blocks if each.get(own)}
    found: list[Mapping[str, Any]] = []
    for each in blocks:
        name = each.get(own) or free(called(ask.fields, each), taken)
        taken.add(name)
        found.append({**each, own: name})
    return found


def known(ask: Ask, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A block that stands alone is called as its field."""
    own = next((each.name for each in ask.fields if each.kind == "id"), None)
    return value if own is None or value.get(own) else {**value, own: ask.name}


def called(asks: Iterable[Ask], each: Mapping[str, Any]) -> str:
    """A short name from the first text of the block."""
    words = next((each.get(ask.name) for ask in asks if ask.kind == "text"), "") or ""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:30] or "item"


def fold(words: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(sign))


def free(name: str, taken: Iterable[str]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, 10_000))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def branched(ask: Ask, value: Mapping[str, Any], path: str, problems: Problems) -> Any:
    parts = next((parts for tag, _, parts in ask.branches if tag == value.get(ask.tag)), None)
    if parts is None:
        problems[path] = Problem("no_choice")
        return value
    return {ask.tag: value[ask.tag], **block(parts, value, path, problems)}


def week(ask: Ask, value: Any, path: str, problems: Problems) -> Any:
    if len(value) != ask.longest or not all(isinstance(each, int) and each >= (ask.low or 0) for each in value):
        problems[path] = Problem("bad_week")
    return value
