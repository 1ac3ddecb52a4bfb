"""A document as a list of blocks; its canonical text is what is hashed, kept and printed."""

import hashlib
from collections.abc import Iterable
from typing import Literal

import msgspec

MARKS = {"title": "# ", "heading": "## ", "item": "- ", "version": "", "paragraph": ""}


class Block(msgspec.Struct, frozen=True):
    kind: Literal["title", "version", "heading", "paragraph", "item"]
    text: str


def text(blocks: Iterable[Block]) -> str:
    """A line per block and an empty line before what is no item: readable as it is, and the same bytes everywhere."""
    lines: list[str] = []
    for block in blocks:
        if lines and block.kind != "item":
            lines.append("")
        lines.append(f"{MARKS[block.kind]}{' '.join(block.text.split())}")
    return "\n".join(lines) + "\n"


def fingerprint(blocks: Iterable[Block]) -> str:
    """What `sha256sum` says of the text."""
    return hashlib.sha256(text(blocks).encode()).hexdigest()


def substance(blocks: Iterable[Block]) -> list[Block]:
    """Without the line that numbers it: two versions that differ in nothing else are one."""
    return [block for block in blocks if block.kind != "version"]
