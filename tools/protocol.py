"""Writes docs/protocol.md, asyncapi.json and operations.md from the code. With `--check` it writes nothing and fails on stale ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from games.registry import MECHANICS
from games.ruleset import LIFECYCLE_EVENTS
from project.words import compile_stale
from realtime import codec, protocol, refusals
from tools import operations
from tools.asyncapi import asyncapi
from tools.spoken import HEARD, SENT, everything, meaning, parts, word
from tools.tables import filled, table

DOCS = Path("docs")
TEMPLATE = Path("tools/protocol.md")

DUTY = {
    4400: "stop: it is a mistake in the client",
    4409: "stop: the player goes on elsewhere",
    1012: "come back after the delay of `bye`, then resume",
    4408: "back off, then resume",
    4429: "back off, then resume",
    4441: "stop; the player may join again",
}


def fields(kind: type[msgspec.Struct]) -> str:
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    optional = set(schema["properties"]) - set(schema["required"])
    return ", ".join(f"`{name}`{' (optional)' if name in optional else ''}" for name in schema["properties"] if name != "t")


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
    return filled(TEMPLATE, parts)


def main(*arguments: str) -> int:
    compile_stale()
    made = {
        DOCS / "protocol.md": page(),
        DOCS / "asyncapi.json": json.dumps(asyncapi(), indent=1, ensure_ascii=False) + "\n",
        DOCS / "operations.md": operations.page(),
    }
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
