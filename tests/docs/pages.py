"""The pages for people, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("project", "scheduler", "realtime", "games", "tenants")
FOLDERS = (*PACKAGES, "benchmarks", "docs", "tests", "tools")
WRITTEN = {".py", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".json", ".txt", ".in"}
FOREIGN = {"node_modules", "__pycache__"}

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

FENCED = re.compile(r"^```.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
INDENTED = re.compile(r"^ {4}(?! )(.+)$", re.MULTILINE)


def files() -> Iterator[Path]:
    """All that we have written ourselves."""
    for folder in FOLDERS:
        yield from (file for file in (ROOT / folder).rglob("*") if file.suffix in WRITTEN and not FOREIGN & set(file.parts))
    yield from (file for file in ROOT.iterdir() if file.is_file() and (file.suffix in WRITTEN or file.name == "Makefile"))


def commands(text: str) -> list[str]:
    """What a page sets as code, one line each; a span may run over the end of a line."""
    fenced = [line for block in FENCED.findall(text) for line in block.splitlines()]
    rest = FENCED.sub("", text)
    return [" ".join(each.split()) for each in (*fenced, *SPAN.findall(rest), *INDENTED.findall(SPAN.sub("", rest)))]


def section(text: str, title: str) -> str:
    return re.split(r"^## ", text.split(f"## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def names_in_table(text: str) -> list[str]:
    """What the first column of the tables sets as code."""
    return [name for line in re.findall(r"^\|([^|]*`[^|]*)\|", text, re.MULTILINE) for name in SPAN.findall(line)]
