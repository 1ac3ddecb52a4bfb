"""Writes docs/protocol.md and docs/asyncapi.json from the code. With `--check` it writes nothing and fails where they are stale."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

import msgspec  # noqa: E402

from games.mechanic import Command  # noqa: E402
from games.registry import MECHANICS  # noqa: E402
from games.ruleset import LIFECYCLE_COMMANDS, LIFECYCLE_EVENTS  # noqa: E402
from project.words import compile_stale  # noqa: E402
from realtime import codec, protocol, refusals  # noqa: E402

DOCS = Path("docs")
TEMPLATE = Path("tools/protocol.md")

SENT = [protocol.Snapshot, protocol.Events, protocol.Reply, protocol.You, protocol.Presence, protocol.Ping, protocol.Bye]
HEARD = [protocol.Hello, protocol.Resume, protocol.Pong]
SOCKETS = {
    "play": ("/ws/play/{tenant}/{game}/", "Players and spectators of a game."),
    "operate": ("/ws/operate/{tenant}/{game}/", "The people who run a game."),
    "stats": ("/ws/stats/{tenant}/", "The numbers of all games of a tenant."),
}
DUTY = {
    4400: "stop: it is a mistake in the client",
    4409: "stop: the player goes on elsewhere",
    1012: "come back after the delay of `bye`, then resume",
    4408: "back off, then resume",
    4429: "back off, then resume",
    4441: "stop; the player may join again",
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


def fields(kind: type[msgspec.Struct]) -> str:
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    optional = set(schema["properties"]) - set(schema["required"])
    return ", ".join(f"`{name}`{' (optional)' if name in optional else ''}" for name in schema["properties"] if name != "t")


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def frames(kinds: list[Any]) -> str:
    return table(["`t`", "fields", "meaning"], [[f"`{word(kind)}`", fields(kind), meaning(kind)] for kind in kinds])


def command_rows() -> str:
    rows = [[where, f"`{word(kind)}`", kind.role, fields(kind), meaning(kind)] for where, kinds in everything().items() for kind in kinds]
    return table(["game", "`t`", "role", "fields besides `ref`", "meaning"], rows)


def event_rows() -> str:
    """Of everything that may stand in `events`; who sees it is said by the rules of its game."""
    kinds = {"every game": list(LIFECYCLE_EVENTS), **{f"`{kind}`": parts(mechanic.types()[2]) for kind, mechanic in MECHANICS.items()}}
    rows = [[where, f"`{word(kind)}`", fields(kind), meaning(kind)] for where, found in kinds.items() for kind in found]
    return table(["game", "`t`", "fields", "meaning"], rows)


def codes() -> str:
    rows = [[f"`{code}`", refusals.word(code, "en"), refusals.word(code, "fr")] for code in sorted(refusals.SENTENCES)]
    return table(["code", "English", "French"], rows)


def closes() -> str:
    rows = [[str(code), why, DUTY.get(code, "stop")] for code, why in protocol.CLOSE.items()]
    return table(["code", "why", "what the client does"], rows)


def page() -> str:
    parts = {
        "sent": frames(SENT),
        "heard": frames(HEARD),
        "commands": command_rows(),
        "events": event_rows(),
        "codes": codes(),
        "closes": closes(),
        "subprotocols": table(
            ["subprotocol", "messages"], [[f"`{each.subprotocol}`", "binary" if each.binary else "text"] for each in codec.CODECS]
        ),
        "largest": f"{codec.LARGEST // 1024} KiB",
        "ref": str(codec.LONGEST_REF),
    }
    text = TEMPLATE.read_text()
    for name, part in parts.items():
        text = text.replace(f"<{name}>", part)
    return text


# AsyncAPI 3


def schemas(kinds: list[Any]) -> dict[str, Any]:
    _, found = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return found


def with_ref(kind: type[Command]) -> dict[str, Any]:
    """A command as a socket takes it: with the client's own word for it."""
    schema = msgspec.json.schema(kind)
    body = schema["$defs"].pop(kind.__name__)
    body["properties"]["ref"] = {"type": "string", "minLength": 1, "maxLength": codec.LONGEST_REF}
    body["required"] = [*body["required"], "ref"]
    return dict(body)


def message(name: str, kind: Any) -> dict[str, Any]:
    return {"name": name, "summary": meaning(kind), "payload": {"$ref": f"#/components/schemas/{kind.__name__}"}}


def asyncapi() -> dict[str, Any]:
    orders = {kind.__name__: kind for kinds in everything().values() for kind in kinds}
    own = {f"Command{name}": with_ref(kind) for name, kind in orders.items()}
    found = {**{word(kind): message(word(kind), kind) for kind in [*SENT, protocol.Hello, protocol.Pong]}}
    found["resumeFrame"] = message("resume", protocol.Resume)
    found["stats"] = {"name": "stats", "summary": "The numbers of one game, whole values.", "payload": {"type": "object"}}
    for name, kind in orders.items():
        payload = {"$ref": f"#/components/schemas/Command{name}"}
        found[f"command.{word(kind)}"] = {"name": word(kind), "summary": meaning(kind), "payload": payload}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "So-Buzz sockets", "version": "1", "description": "Generated from the code; docs/protocol.md says it in words."},
        "channels": {name: channel(name, sorted(found)) for name in SOCKETS},
        "operations": operations(orders),
        "components": {"schemas": {**schemas([*SENT, *HEARD]), **own}, "messages": found},
    }


def channel(name: str, messages: list[str]) -> dict[str, Any]:
    address, about = SOCKETS[name]
    parameters = {part: {"description": f"The {part}'s word in its address."} for part in ("tenant", "game") if f"{{{part}}}" in address}
    return {
        "address": address,
        "description": about,
        "parameters": parameters,
        "messages": {each: {"$ref": f"#/components/messages/{each}"} for each in messages},
    }


def operations(orders: dict[str, type[Command]]) -> dict[str, Any]:
    """`receive` is what we take, `send` is what we say."""
    says = {name: [word(kind) for kind in SENT] for name in ("play", "operate")}
    says["stats"] = ["stats", "presence", "ping", "bye"]
    takes = {name: ["hello", "pong"] for name in SOCKETS}
    for name, role in (("play", "player"), ("operate", "operator")):
        takes[name] += ["resumeFrame", *(f"command.{word(kind)}" for kind in orders.values() if kind.role == role)]
    both = [("send", says), ("receive", takes)]
    return {f"{action}.{name}": operation(action, name, words[name]) for action, words in both for name in SOCKETS}


def operation(action: str, name: str, messages: list[str]) -> dict[str, Any]:
    there = [{"$ref": f"#/channels/{name}/messages/{each}"} for each in messages]
    return {"action": action, "channel": {"$ref": f"#/channels/{name}"}, "messages": there}


def main(*arguments: str) -> int:
    compile_stale()
    made = {DOCS / "protocol.md": page(), DOCS / "asyncapi.json": json.dumps(asyncapi(), indent=1, ensure_ascii=False) + "\n"}
    stale = [str(path) for path, text in made.items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        if stale:
            print(f"Stale: {', '.join(stale)}. Write them again: .venv/bin/python -m tools.protocol")
        return bool(stale)
    for path, text in made.items():
        path.write_text(text)
    print(f"Wrote {', '.join(stale) or 'nothing new'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
