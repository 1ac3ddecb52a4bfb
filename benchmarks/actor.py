"""The actor of one game: its start from a long log, and what a command costs in a small and in a large crowd.

Measured from outside, by the first who says hello to a sleeping game and by players who play.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import load, measure
from benchmarks.house import Databases, House
from benchmarks.plan import Plan
from benchmarks.rows import Row, row
from benchmarks.table import step

CROWDS = (100, 100_000)
SOCKETS = 50
JOINED = 1000


def run(plan: Plan, databases: Databases) -> Iterator[Row]:
    if not plan.choose(["sobuzz"]):
        return
    for events in (0, plan.events):
        with step(f"actor · start on a log of {events:,} events"):
            yield start(databases, events)
    for number in range(plan.rounds):
        for players in CROWDS:
            with step(f"actor · a command among {players:,} players · round {number + 1} of {plan.rounds}"):
                yield command(plan, databases, players)


def start(databases: Databases, events: int) -> Row:
    """Without a log: what a first hello costs anyway."""
    with House(databases, players=JOINED, joined=JOINED if events else 0, events=events) as house:
        before = measure.rss_kib(house.pids)
        found = load.put("start", system=house.dialect())
        grown = round((measure.rss_kib(house.pids) - before) / 1024, 1)
    where = {"players": JOINED, "database": "sqlite", "processes": "one"}
    return row("actor", "sobuzz", where, {"events": events, **found, "mib": grown})  # type: ignore[arg-type]


def command(plan: Plan, databases: Databases, players: int) -> Row:
    with House(databases, players=players, joined=players, events=0) as house:
        found = load.put("play", mode="closed", first=1, players=SOCKETS, seconds=plan.seconds, system=house.dialect(), pids=house.pids)
    figures = {"us_per_command": found["us_per_play"], "plays_per_second": found["plays_per_second"], "p99_ms": found["p99_ms"]}
    where = {"players": players, "sockets": SOCKETS, "database": "sqlite", "processes": "one", "mode": "closed"}
    return row("actor", "sobuzz", where, figures)  # type: ignore[arg-type]
