"""What one worker asked and heard, a JSON line each, written before and after the call: a crash of the worker leaves it whole.

Kinds of lines: `invoke` (asked), `ok` (answered), `fail` (refused: it has not happened), `info` (nobody knows).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple


class Line(NamedTuple):
    at: float  # wall time
    who: str
    kind: str
    what: str
    ref: str
    value: Any


class History:
    def __init__(self, folder: Path, who: str) -> None:
        self.who = who
        self.file = os.open(folder / f"{who}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, kind: str, what: str, ref: str = "", value: Any = None) -> None:
        """One write: a line is there, or it is not."""
        line = json.dumps([time.time(), self.who, kind, what, ref, value], ensure_ascii=False)
        os.write(self.file, f"{line}\n".encode())

    def close(self) -> None:
        os.close(self.file)


def read(folder: Path) -> list[Line]:
    """All histories together, in the order of their times."""
    lines = (Line(*json.loads(text)) for file in sorted(folder.glob("*.jsonl")) for text in file.read_text().splitlines())
    return sorted(lines, key=lambda line: line.at)


def of(lines: Iterable[Line], *kinds: str, what: str | None = None) -> list[Line]:
    return [line for line in lines if line.kind in kinds and what in (None, line.what)]
