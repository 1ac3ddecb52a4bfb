"""`make bench`, or `python -m benchmarks [fanout|plays|connections|actor ...]`; `--help` explains."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from benchmarks import actor, connections, fanout, measure, plays, rows, verdict
from benchmarks.house import Databases, Missing
from benchmarks.peers import running
from benchmarks.plan import Plan, read
from benchmarks.rows import Row
from benchmarks.table import say, table
from tests.servers import process
from tools.console import paint

Bench = Callable[[Plan, Databases], Iterator[Row]]
RUN: dict[str, Bench] = {"fanout": fanout.run, "plays": plays.run, "connections": connections.run, "actor": actor.run}
PACKAGES = ("django", "channels", "daphne", "uvicorn", "picows", "msgspec")


def about() -> dict[str, object]:
    """The machine, the versions, the hour: they stand in every row."""
    versions = measure.versions(*PACKAGES)
    with suppress(Missing):
        versions |= running.node_versions()
    return {**measure.machine(), "versions": versions, "at": time.strftime("%Y-%m-%dT%H:%M:%S%z")}


def main() -> int:
    plan = read()
    process.sweep()
    known, databases, results = about(), Databases(), []
    say(paint(f"{known['cpu']}, {known['cores']} cores, Python {known['python']}, load {known['load_before']} before the start", "bold"))
    try:
        for bench in plan.benches:
            say(paint(f"\n{bench}", "bold"))
            found = rows.merged(RUN[bench](plan, databases))
            results += [{**each, "conditions": known} for each in found]
            rows.write(results)
            say(table(bench, found))
            for line in verdict.lines(bench, found):
                say(line)
    except KeyboardInterrupt:
        say("\nEnded before its time; what was measured is kept.")
        return 130
    finally:
        databases.stop()
    say(f"\nWritten to {rows.RESULTS.relative_to(rows.RESULTS.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
