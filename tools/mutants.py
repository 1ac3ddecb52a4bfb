"""`make mutants`: each safeguard is switched off in a copy of the tree, and the tests that guard it must fail (decision 58).

`ARGS=fence` picks mutants by a part of their name. The unchanged copy is tried first with the same tests: they must pass there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from project.words import ROOT
from tools.console import paint

LIMIT = 120


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    old: str
    new: str
    tests: list[str]
    database: str = "postgresql"


def mutants(wanted: str) -> list[Mutant]:
    listed = tomllib.loads((ROOT / "tests/mutants.toml").read_text())
    found = [Mutant(**entry) for entry in listed.get("mutant", [])]
    return [mutant for mutant in found if wanted in mutant.name]


def copy(target: Path) -> None:
    """What git knows and what is new; never .venv, var or caches."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


@cache
def unchanged_pass(tree: Path, tests: tuple[str, ...], database: str) -> bool:
    """Once for all mutants that name the same tests."""
    return tests_pass(tree, tests, database)


def tests_pass(tree: Path, tests: tuple[str, ...], database: str) -> bool:
    """Exit 1 is the only failure that counts: a selection that finds nothing or does not import proves nothing."""
    environment = {**os.environ, "TEST_DATABASE": database, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    if done.returncode not in (0, 1) or "error" in done.stdout.splitlines()[-1]:
        raise RuntimeError(f"the tests of this mutant do not run:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    return done.returncode == 0


def verdict(tree: Path, mutant: Mutant) -> str:
    """Empty when the mutant was killed, else what is wrong."""
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if text.count(mutant.old) != 1:
        return f"the text to change occurs {text.count(mutant.old)} times in {mutant.file}"
    tests = tuple(mutant.tests), mutant.database
    if not unchanged_pass(tree, *tests):
        return "its tests fail without it too"
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        return "survived: its tests pass without this safeguard" if tests_pass(tree, *tests) else ""
    finally:
        path.write_text(text, encoding="utf-8")


def judge(tree: Path, mutant: Mutant) -> bool:
    print(f"{mutant.name:<44}", end="", flush=True)
    begun = time.monotonic()
    try:
        wrong = verdict(tree, mutant)
    except (RuntimeError, subprocess.TimeoutExpired) as problem:
        wrong = str(problem)
    print(f"{paint(wrong, 'red') if wrong else paint('killed', 'green')}  {time.monotonic() - begun:.1f} s", flush=True)
    return not wrong


def main(wanted: str = "") -> int:
    found = mutants(wanted)
    with tempfile.TemporaryDirectory(prefix="sobuzz-mutants-") as folder:
        tree = Path(folder)
        copy(tree)
        killed = sum(judge(tree, mutant) for mutant in found)
    line = f"make mutants: {killed} of {len(found)} killed"
    print(paint(line, "green" if killed == len(found) else "red"))
    return killed != len(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:], *filter(None, [os.environ.get("ARGS", "")])))
