"""`make test`: the whole suite on PostgreSQL, Redis and Chromium, then what touches the database again on SQLite and in memory.

`ARGS="-k join"` goes to both runs.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from project.words import ROOT
from tests.servers import browser
from tools.console import paint

RESULTS = Path("var/results")
COUNTS = ("failures", "errors", "skipped")


def run(database: str, *options: str) -> tuple[int, dict[str, float]]:
    report = RESULTS / f"{database}.xml"
    report.unlink(missing_ok=True)
    arguments = [*options, f"--junitxml={report}", *shlex.split(os.environ.get("ARGS", ""))]
    environment = {**os.environ, "TEST_DATABASE": database, "PYTHONFAULTHANDLER": "1"}
    print(paint(f"--- {database} ---", "bold"), flush=True)
    code = subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, env=environment, check=False).returncode
    return code, counts(report)


def counts(report: Path) -> dict[str, float]:
    if not report.exists():
        return dict.fromkeys(("tests", "time", *COUNTS), 0)
    suite = next(ElementTree.parse(report).iter("testsuite"))
    return {name: float(suite.get(name, 0)) for name in ("tests", "time", *COUNTS)}


def summary(rows: list[dict[str, float]]) -> str:
    """Worded as pytest words its last line."""
    total = {name: sum(row[name] for row in rows) for name in rows[0]}
    passed = total["tests"] - sum(total[name] for name in COUNTS)
    parts = [(total["failures"], "failed"), (passed, "passed"), (total["skipped"], "skipped"), (total["errors"], "errors")]
    told = ", ".join(f"{number:.0f} {word}" for number, word in parts if number or word == "passed")
    return f"{told} in {total['time']:.1f}s"


def main() -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    if problem := browser.prepare():
        print(problem)
        return 1
    runs = [run("postgresql"), run("sqlite", "--touching-database")]
    good = all(code in (0, 5) for code, _ in runs) and runs[0][0] == 0
    line = f"===== {summary([row for _, row in runs])} (PostgreSQL and SQLite) ====="
    print(paint(line, "green" if good else "red"))
    return not good


if __name__ == "__main__":
    sys.exit(main())
