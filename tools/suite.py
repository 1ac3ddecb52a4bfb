"""`make test`: the whole suite on PostgreSQL, Redis and Chromium, and what touches the database again on SQLite and in memory.

It runs in parts, JOBS at a time (default: a job for each core, two at most), each with servers of its own. `ARGS="-k join"` goes to all
parts; `ARGS=tests/games` runs that alone, on both databases.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree

from project.words import ROOT
from tests.servers import browser
from tools.console import paint

RESULTS = Path("var/results")
COUNTS = ("failures", "errors", "skipped")
NOTHING = 5  # pytest's word for a selection without tests
BIG = ("faults", "realtime", "e2e", "games")  # folders that are parts of their own, longest first
out = Lock()


@dataclass(frozen=True)
class Part:
    name: str
    database: str
    options: tuple[str, ...]

    @property
    def report(self) -> Path:
        return RESULTS / f"{self.database}-{self.name}.xml"


def parts(arguments: list[str]) -> list[Part]:
    """Longest first, so that all jobs end together; no test is in two parts, none in no part."""
    if any(not each.startswith("-") and Path(each.split("::")[0]).exists() for each in arguments):
        return [Part("chosen", "postgresql", ()), Part("chosen", "sqlite", ("--touching-database",))]
    big = [Part(name, "postgresql", (f"tests/{name}",)) for name in BIG]
    rest = Part("rest", "postgresql", tuple(f"--ignore=tests/{name}" for name in BIG))
    return [big[0], Part("all", "sqlite", ("--touching-database",)), *big[1:], rest]


def run(part: Part, arguments: list[str]) -> int:
    """Says each line of pytest as it comes, with the name of the part before it."""
    part.report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", *part.options, f"--junitxml={part.report}", *arguments]
    environment = {**os.environ, "TEST_DATABASE": part.database, "PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            with out:
                print(paint(f"{part.database:<10} {part.name:<8} ", "dim") + line, end="", flush=True)
    return process.returncode


def counts(report: Path) -> dict[str, float]:
    if not report.exists():
        return dict.fromkeys(("tests", *COUNTS), 0)
    suite = next(ElementTree.parse(report).iter("testsuite"))
    return {name: float(suite.get(name, 0)) for name in ("tests", *COUNTS)}


def summary(rows: list[dict[str, float]], seconds: float) -> str:
    """Worded as pytest words its last line."""
    total = {name: sum(row[name] for row in rows) for name in rows[0]}
    passed = total["tests"] - sum(total[name] for name in COUNTS)
    numbers = [(total["failures"], "failed"), (passed, "passed"), (total["skipped"], "skipped"), (total["errors"], "errors")]
    told = ", ".join(f"{number:.0f} {word}" for number, word in numbers if number or word == "passed")
    return f"{told} in {seconds:.1f}s"


def good(codes: list[int]) -> bool:
    """Parts may find nothing to run, but not all of them."""
    return set(codes) <= {0, NOTHING} and 0 in codes


def side_by_side(jobs: int, chosen: list[Part], arguments: list[str]) -> list[int]:
    with ThreadPoolExecutor(jobs) as pool:
        try:
            return list(pool.map(lambda part: run(part, arguments), chosen))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def main() -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    if problem := browser.prepare():
        print(problem)
        return 1
    start, arguments = time.monotonic(), shlex.split(os.environ.get("ARGS", ""))
    chosen, jobs = parts(arguments), int(os.environ.get("JOBS", min(2, os.cpu_count() or 1)))
    codes = side_by_side(jobs, chosen, arguments)
    line = summary([counts(part.report) for part in chosen], time.monotonic() - start)
    print(paint(f"===== {line} (PostgreSQL and SQLite) =====", "green" if good(codes) else "red"))
    return not good(codes)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
