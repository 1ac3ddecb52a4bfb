"""Many sockets that do nothing: what one costs in memory, how fast they come, and how long until all are back after a kill -9.

So-Buzz's sockets show a ticket, which is used up in the database, and get a snapshot; the peers' are let in as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks import load
from benchmarks.fanout import PEERS, last_line
from benchmarks.house import Databases, House, Missing
from benchmarks.plan import Plan
from benchmarks.rows import Row, row
from benchmarks.table import say, step

COUNTED = """SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
             WHERE d.datname = %s AND s.query !~* %s"""
CONTROL = "^ *(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)"


def run(plan: Plan, databases: Databases) -> Iterator[Row]:
    for database in ("postgresql", "sqlite"):
        if plan.choose(["sobuzz"]):
            yield from attempt(plan, f"sobuzz · {database}", partial(ours, plan, databases, database))
    for name in plan.choose(PEERS):
        yield from attempt(plan, name, partial(theirs, plan, databases, name))


def attempt(plan: Plan, name: str, measured: Any) -> list[Row]:
    try:
        with step(f"connections · {plan.idle} sockets · {name}"):
            found: list[Row] = measured()
            return found
    except Missing as missing:
        say(f"  {missing}")
    except RuntimeError as broken:
        say(f"  broke off: {last_line(broken)}")
    return []


def ours(plan: Plan, databases: Databases, database: str) -> list[Row]:
    with House(databases, database, players=plan.idle + 1) as house:
        talk = load.Talk("join", system=house.dialect(), sockets=plan.idle, pids=house.pids, storm=True)
        talk.hear()
        before = statements(databases, house)
        house.kill()
        house.start()
        found = talk.end()
        asked = statements(databases, house) - before
    if before:
        found["queries_per_resume"] = round(asked / plan.idle, 2)
    where: Any = {"sockets": plan.idle, "players": plan.idle, "database": database, "processes": "one"}
    return [row("connections", "sobuzz", where, found)]


def theirs(plan: Plan, databases: Databases, name: str) -> list[Row]:
    with PEERS[name](databases) as peer:
        found = load.put("join", system=peer.dialect(), sockets=plan.idle, pids=peer.pids, storm=False)
    return [row("connections", name, {"sockets": plan.idle, "processes": "one"}, found)]


def statements(databases: Databases, house: House) -> int:
    """All that PostgreSQL was asked for this database so far, but for the words that only begin and end transactions; 0: not counted."""
    import psycopg

    if house.database != "postgresql":
        return 0
    try:
        with psycopg.connect(f"postgres://postgres@127.0.0.1:{databases.postgres().port}/postgres") as connection:
            return int(connection.execute(COUNTED, (f"house{house.port}", CONTROL)).fetchone()[0])  # type: ignore[index]
    except psycopg.Error:
        return 0
