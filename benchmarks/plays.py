"""Plays that are decided, stored and answered: from the socket through a commit and back.

Next to So-Buzz: the consumer one writes first (`database_sync_to_async`, a transaction for each play), and `pgbench -N` on the same
PostgreSQL, which is what the database does alone. Everything durable: fsync and synchronous_commit on, SQLite with synchronous=FULL.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import product
from typing import Any

from benchmarks import load
from benchmarks.house import ROOT, Databases, House, Missing
from benchmarks.peers import running
from benchmarks.plan import Plan
from benchmarks.rows import Row, row
from benchmarks.table import say, step
from tests.servers import process

SHARE = 0.7  # of the closed loop's plays a second: the open loop's rate
CLIENTS = 8
SCALE = 10

Case = tuple[str, str, str]  # system, database, processes
CASES: tuple[Case, ...] = (
    ("sobuzz", "postgresql", "one"),
    ("sobuzz", "sqlite", "one"),
    ("sobuzz", "postgresql", "web+engine"),
    ("tutorial", "postgresql", "one"),
    ("tutorial-persistent", "postgresql", "one"),
    ("tutorial", "sqlite", "one"),
)


def run(plan: Plan, databases: Databases) -> Iterator[Row]:
    cases = [case for case in CASES if plan.choose([case[0]])]
    for number in range(plan.rounds):
        for players, case in product(plan.players, cases):
            name = f"{players} players · {' · '.join(case)} · round {number + 1} of {plan.rounds}"
            yield from attempt(name, partial(played, plan, databases, case, players))
        if plan.choose(["pgbench"]):
            yield from attempt(f"pgbench -N -c {CLIENTS} · round {number + 1} of {plan.rounds}", partial(pgbench, plan, databases))


def attempt(name: str, measured: Callable[[], list[Row]]) -> list[Row]:
    try:
        with step(f"plays · {name}"):
            return measured()
    except Missing as missing:
        say(f"  {missing}")
    except RuntimeError as broken:
        say(f"  broke off: {str(broken).strip().splitlines()[-1]}")
    return []


def played(plan: Plan, databases: Databases, case: Case, players: int) -> list[Row]:
    system, database, processes = case
    found = []
    with start(databases, case, players) as running_system:
        asked = {"players": players, "seconds": plan.seconds, "system": running_system.dialect(), "pids": running_system.pids}
        closed = load.put("play", mode="closed", first=1, **asked)
        open_ = load.put("play", mode="open", first=players + 1, rate=max(1.0, closed["plays_per_second"] * SHARE), **asked)
        for mode, figures in (("closed", closed), ("open", open_)):
            where: Any = {"players": players, "sockets": players, "database": database, "processes": processes, "mode": mode}
            found.append(row("plays", system, where, figures))
    return found


def start(databases: Databases, case: Case, players: int) -> AbstractContextManager[Any]:
    """With twice the players: the open loop's have not played yet."""
    system, database, processes = case
    if system == "sobuzz":
        return House(databases, database, apart=processes == "web+engine", players=2 * players)
    return tutorial(databases, database, 2 * players, persistent=system == "tutorial-persistent")


def tutorial(databases: Databases, database: str, players: int, persistent: bool) -> running.Peer:
    url = databases.url(database, f"tutorial{process.free_port()}")
    given = {"DATABASE_URL": url, "CONN_MAX_AGE": "600" if persistent else "0"}
    scene = [sys.executable, "-m", "benchmarks.peers.tutorial.scene", str(players)]
    subprocess.run(scene, cwd=ROOT, env=process.environment(given), check=True)
    peer = running.tutorial(databases, "uvicorn", "memory", "/game/", **given)
    peer.spoken = "tutorial"
    return peer


def pgbench(plan: Plan, databases: Databases) -> list[Row]:
    """`-N`: an update, a select and an insert in a transaction."""
    server = databases.postgres()
    url = databases.url("postgresql", "pgbench")
    tool = str(server.bin / "pgbench")
    subprocess.run([tool, "-i", "-q", "-s", str(SCALE), url], check=True, capture_output=True)
    load = [tool, "-N", "-n", "-c", str(CLIENTS), "-T", str(round(plan.seconds + 1)), url]
    done = subprocess.run(load, check=True, capture_output=True, text=True)
    figures = {name: float(re.search(pattern, done.stdout)[1]) for name, pattern in PGBENCH.items()}  # type: ignore[index]
    return [row("plays", "pgbench", {"database": "postgresql", "mode": "closed"}, {**figures, "clients": CLIENTS, "scale": SCALE})]


PGBENCH = {"plays_per_second": r"tps = ([\d.]+)", "mean_ms": r"latency average = ([\d.]+)"}
