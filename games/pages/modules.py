"""The browser modules that a page will need, so that it can fetch them at once instead of one after the other."""

import re
from functools import cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.templatetags.static import static

IMPORT = re.compile(r'^(?:import|export)\b[^;]*?from "(\.[^"]+)"', re.MULTILINE)


@cache
def needed(*entries: str) -> tuple[str, ...]:
    """Addresses of these modules and of all they import, each once. Files do not change while a process lives."""
    found: dict[str, None] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += imports(name)
    return tuple(static(name) for name in found)


def imports(name: str) -> list[str]:
    path = finders.find(name)
    if path is None:
        return []
    folder = PurePosixPath(name).parent
    return [settled(folder / target) for target in IMPORT.findall(Path(str(path)).read_text(encoding="utf-8"))]


def settled(path: PurePosixPath) -> str:
    """Without `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
