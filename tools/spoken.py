"""What is said on the sockets, read from the code: frames, commands, and what each means."""

from __future__ import annotations

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

from games.mechanic import Command  # noqa: E402
from games.registry import MECHANICS  # noqa: E402
from games.ruleset import LIFECYCLE_COMMANDS  # noqa: E402
from realtime import protocol  # noqa: E402

SENT = [protocol.Snapshot, protocol.Events, protocol.Reply, protocol.You, protocol.Presence, protocol.Ping, protocol.Bye]
HEARD = [protocol.Hello, protocol.Resume, protocol.Pong]
SOCKETS = {
    "play": ("/ws/play/{tenant}/{game}/", "Players and spectators of a game."),
    "operate": ("/ws/operate/{tenant}/{game}/", "The people who run a game."),
    "stats": ("/ws/stats/{tenant}/", "The numbers of all games of a tenant."),
}


def commands(kinds: Any) -> list[type[Command]]:
    return [kind for kind in kinds if kind.role != "system"]


def parts(union: Any) -> list[Any]:
    return list(getattr(union, "__args__", (union,)))


def of(mechanic: Any) -> list[type[Command]]:
    return commands(parts(mechanic.types()[1]))


def everything() -> dict[str, list[type[Command]]]:
    return {"every game": commands(LIFECYCLE_COMMANDS), **{f"`{kind}`": of(mechanic) for kind, mechanic in MECHANICS.items()}}


def word(kind: Any) -> str:
    return str(kind.__struct_config__.tag)


def meaning(kind: type[Any]) -> str:
    return (kind.__doc__ or "").split("\n\n")[0].replace("\n", " ") if "__doc__" in vars(kind) else ""
