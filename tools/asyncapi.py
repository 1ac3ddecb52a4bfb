"""The AsyncAPI 3 document of the sockets."""

from __future__ import annotations

from typing import Any

import msgspec

from tools.spoken import HEARD, SENT, SOCKETS, everything, meaning, word  # isort: skip
from games.mechanic import Command
from realtime import codec, protocol


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
