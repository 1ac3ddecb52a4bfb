"""Adding, removing and moving the blocks of a list: buttons of the form, done here, so that they work without scripts too."""

from typing import Any

from games.forms.described import Game, described
from games.forms.naming import named
from games.forms.posted import INDEX

VERBS = ("add", "remove", "up", "down")


def is_move(wish: str) -> bool:
    return wish.partition(":")[0] in VERBS


def moved(mechanic: Game, typed: dict[str, Any], wish: str) -> dict[str, Any]:
    """`add:settings.prizes`, `remove:settings.prizes.2`; anything else changes nothing."""
    verb, _, path = wish.partition(":")
    if verb not in VERBS:
        return typed
    parts = path.split(".")
    place = int(parts.pop()) if INDEX.fullmatch(parts[-1]) and verb != "add" else None
    ask, blocks = named(described(mechanic), ".".join(parts[1:])), reached(typed, parts)
    if ask is None or ask.kind != "list" or not isinstance(blocks, list):
        return typed
    if verb == "add":
        blocks.append({part.name: part.default for part in ask.fields})
    elif place is not None and place < len(blocks):
        shift(blocks, verb, place)
    return typed


def reached(typed: Any, parts: list[str]) -> Any:
    for part in parts:
        if isinstance(typed, dict):
            typed = typed.get(part)
        elif isinstance(typed, list) and INDEX.fullmatch(part) and int(part) < len(typed):
            typed = typed[int(part)]
        else:
            return None
    return typed


def shift(blocks: list[Any], verb: str, place: int) -> None:
    block = blocks.pop(place)
    if verb != "remove":
        blocks.insert(max(0, place + (1 if verb == "down" else -1)), block)
