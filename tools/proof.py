"""`make proof`: each promise and contract row with its tests, its negative control and its last figure (decision 58).

Reads what the last runs wrote to var/results, and runs the marked tests first if the code is newer than that. `--fill` keeps what holds.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from typing import Any

from project.words import ROOT
from tools.console import paint

RESULTS = ROOT / "var/results"
ROWS = ROOT / "tests/proof.toml"
MARKED = "promise or contract or control"


@dataclass
class Row:
    name: str
    title: str
    tests: list[dict[str, Any]] = field(default_factory=list)
    controls: list[dict[str, Any]] = field(default_factory=list)

    @property
    def state(self) -> str:
        if any(test["outcome"] == "failed" for test in self.tests + self.controls):
            return "failed"
        return "held" if passed(self.tests) else "open"

    @property
    def figure(self) -> str:
        newest = sorted(self.tests, key=lambda test: int(test["at"]))
        figures = {unit: value for test in newest for unit, value in test["figures"]}
        return ", ".join(f"{value:g} {unit}" for unit, value in figures.items())

    @property
    def shown(self) -> set[str]:
        """What may not be lost again: the row, and its control."""
        found = {self.name} if self.state == "held" else set()
        return found | ({f"{self.name} control"} if found and passed(self.controls) else set())


def passed(tests: list[dict[str, Any]]) -> int:
    return sum(test["outcome"] == "passed" for test in tests)


def rows(declared: dict[str, Any], results: list[dict[str, Any]]) -> list[Row]:
    found = {name: Row(name, title) for kind in ("contract", "promise") for name, title in declared[kind].items()}
    for test in results:
        for name in {*test["promise"], *test["contract"]} - set(test["control"]):
            found[name].tests.append(test)
        for name in test["control"]:
            found[name].controls.append(test)
    return list(found.values())


def results() -> list[dict[str, Any]]:
    """Of the last runs; what one database skips is the other's to show."""
    found = [test for file in sorted(RESULTS.glob("*.json")) for test in json.loads(file.read_text())]
    return [test for test in found if test["outcome"] != "skipped"]


def stale() -> bool:
    files = list(RESULTS.glob("*.json"))
    newest = max((file.stat().st_mtime for file in files), default=0)
    listed = subprocess.run(["git", "ls-files", "*.py", "*.js", "*.html"], cwd=ROOT, capture_output=True, text=True, check=True)
    return any((ROOT / name).exists() and (ROOT / name).stat().st_mtime > newest for name in listed.stdout.split())


def run() -> None:
    for database in ("postgresql", "sqlite"):
        environment = {**os.environ, "TEST_DATABASE": database}
        more = ["--touching-database"] if database == "sqlite" else []
        subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", MARKED, *more], cwd=ROOT, env=environment, check=False)


def table(found: list[Row]) -> str:
    colours = {"held": "green", "failed": "red", "open": "dim"}
    lines = [f"{'row':<5}{'result':<8}{'tests':>8}  {'control':<9}{'what':<62}last figure"]
    for row in found:
        control = f"{passed(row.controls)}/{len(row.controls)}" if row.controls else "-"
        tests = f"{passed(row.tests)}/{len(row.tests)}" if row.tests else "-"
        lines.append(
            f"{row.name:<5}{paint(f'{row.state:<8}', colours[row.state])}{tests:>8}  {control:<9}{row.title:<62}{row.figure}".rstrip()
        )
    return "\n".join(lines)


def fill(shown: set[str]) -> None:
    inside = "".join(f'    "{name}",\n' for name in sorted(shown, key=order))
    ROWS.write_text(re.sub(r"filled = \[.*?\]", f"filled = [\n{inside}]", ROWS.read_text(), count=1, flags=re.DOTALL))


def order(name: str) -> tuple[str, int, str]:
    return name[0], int(name[1:].split()[0]), name


def main(*options: str) -> int:
    if stale():
        run()
    declared = tomllib.loads(ROWS.read_text())
    found = rows(declared, results())
    print(table(found))
    shown = set().union(*(row.shown for row in found))
    if "--fill" in options:
        fill(shown | set(declared["filled"]))
    lost = sorted(set(declared["filled"]) - shown, key=order)
    failed = [row.name for row in found if row.state == "failed"]
    held = sum(row.state == "held" for row in found)
    print(f"\n{held} of {len(found)} rows held, {len(found) - held - len(failed)} open, {len(failed)} failed.")
    if lost:
        print(paint(f"Shown once and not any more: {', '.join(lost)}", "red"))
    return bool(lost or failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:], *shlex.split(os.environ.get("ARGS", ""))))
