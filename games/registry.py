"""Finds the mechanics: each module in games/mechanics/ holds one, and is named as its kind."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from games import mechanics
from games.mechanic import Mechanic


def _mechanic_in(name: str) -> type[Mechanic[Any, Any, Any]]:
    module = import_module(f"{mechanics.__name__}.{name}")
    (found,) = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Mechanic) and thing.__module__ == module.__name__
    ]
    return found


MECHANICS: dict[str, type[Mechanic[Any, Any, Any]]] = {
    module.name: _mechanic_in(module.name) for module in iter_modules(mechanics.__path__)
}


def choices() -> list[tuple[str, str]]:
    """For the model field: a callable, so that a new mechanic needs no migration."""
    return [(kind, mechanic.title or kind) for kind, mechanic in MECHANICS.items()]
