"""How the pages that are written from the code are put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def filled(template: Path, parts: Mapping[str, str]) -> str:
    """The template with `<name>` replaced by each part."""
    text = template.read_text()
    for name, part in parts.items():
        text = text.replace(f"<{name}>", part)
    return text
