"""The budgets of the architecture beside what was measured. Nothing fails here: a benchmark informs, the suite asserts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.rows import Row, ratio
from tools.console import paint


class Budget(NamedTuple):
    """`one` over `other` in `figure`; at least or at most `accepted`, and `goal` beyond."""

    figure: str
    one: dict[str, Any]
    other: dict[str, Any]
    sign: str
    accepted: float
    goal: float | None = None


class Bound(NamedTuple):
    """A figure of So-Buzz alone."""

    figure: str
    where: dict[str, Any]
    accepted: float
    goal: float | None = None


OURS = {"system": "sobuzz"}
HUB = {"system": "hub"}  # the same fan-out, without a game behind it


def of_fanout(rows: Sequence[Row]) -> Iterator[Budget]:
    for sockets in sorted({row["sockets"] for row in rows}):
        one, piped = ({"sockets": sockets, "mode": mode} for mode in ("one", "pipelined"))
        yield Budget("us_per_event", OURS | one, {"system": "socket.io"} | one, "≤", 0.6)
        yield Budget("us_per_event", OURS | one, {"system": "picows"} | one, "≤", 1.5, 1.0)
        yield Budget("deliveries_per_second", OURS | piped, {"system": "ws"} | piped, "≥", 1.3)
        yield Budget("us_per_event", HUB | one, {"system": "socket.io"} | one, "≤", 0.6)
        yield Budget("us_per_event", HUB | one, {"system": "picows"} | one, "≤", 1.5, 1.0)
        yield Budget("deliveries_per_second", HUB | piped, {"system": "ws"} | piped, "≥", 1.3, 2.0)
        yield Budget("frames_per_second", OURS | piped, {"system": "ws"} | piped, "≥", 1.3)  # without what our batches merge


def of_plays(rows: Sequence[Row]) -> Iterator[Budget]:
    base = {"database": "postgresql", "mode": "closed"}
    for players in sorted({row["players"] for row in rows if row["players"]}):
        for processes in sorted({row["processes"] for row in rows if row["system"] == "sobuzz"}):
            ours = OURS | base | {"players": players, "processes": processes}
            yield Budget("plays_per_second", ours, {"system": "tutorial", "players": players} | base, "≥", 40, 60)
            yield Budget("plays_per_second", ours, {"system": "pgbench"} | base, "≥", 1.0, 1.2)


BUDGETS = {"fanout": of_fanout, "plays": of_plays}
BOUNDS = {
    "plays": [Bound("p99_ms", OURS | {"players": 1000, "mode": "closed"}, 300, 150)],
    "connections": [Bound("kib_per_socket", OURS, 40), Bound("seconds_until_back", OURS | {"sockets": 5000}, 30)],
}


def lines(bench: str, rows: Sequence[Row]) -> list[str]:
    budgets = BUDGETS[bench](rows) if bench in BUDGETS else ()
    compared = [line for budget in budgets if (line := compare(budget, rows))]
    return [*compared, *(line for bound in BOUNDS.get(bench, ()) for line in check(bound, rows))]


def compare(budget: Budget, rows: Sequence[Row]) -> str | None:
    found = ratio(rows, budget.figure, budget.one, budget.other)
    if found is None:
        return None
    where = " · ".join(str(value) for name, value in budget.one.items() if name not in ("system", "database"))
    text = f"  {budget.one['system']} {budget.figure}: {found:.2f} × {budget.other['system']} ({where})"
    return judged(text, holds(found, budget.sign, budget.accepted), budget.sign, budget.accepted, budget.goal)


def check(bound: Bound, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if bound.where.items() <= row.items() and bound.figure in row:
            text = f"  {bound.figure}: {row[bound.figure]:.1f} ({row['database']})"
            yield judged(text, row[bound.figure] <= bound.accepted, "≤", bound.accepted, bound.goal)


def holds(found: float, sign: str, wanted: float) -> bool:
    return found <= wanted if sign == "≤" else found >= wanted


def judged(text: str, good: bool, sign: str, accepted: float, goal: float | None) -> str:
    beyond = f", goal {sign} {goal:g}" if goal is not None else ""
    return paint(f"{text:<72} accepted {sign} {accepted:g}{beyond}", "green" if good else "red")
