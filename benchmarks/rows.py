"""Rows of results: one shape for all benchmarks, medians of rounds, the file that others read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypedDict

RESULTS = Path(__file__).parent / "results.json"
KEYS = ("bench", "system", "sockets", "players", "database", "processes", "mode")

Row = dict[str, Any]


class Conditions(TypedDict, total=False):
    """Under which a figure was taken; what has no sense for a benchmark stays null."""

    sockets: int | None
    players: int | None
    database: str | None
    processes: str | None
    mode: str | None


def row(bench: str, system: str, conditions: Conditions, figures: dict[str, Any]) -> Row:
    return {**dict.fromkeys(KEYS), "bench": bench, "system": system, **conditions, **figures}


def key(each: Row) -> tuple[Any, ...]:
    return *(each[name] for name in KEYS), each.get("events")


def merged(rows: Iterable[Row]) -> list[Row]:
    """The rounds of one row as one: the median of each number, and how far the rounds lay apart."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for each in rows:
        groups.setdefault(key(each), []).append(each)
    return [together(group) for group in groups.values()]


def together(group: Sequence[Row]) -> Row:
    first = group[0]
    if len(group) == 1:
        return {**first, "rounds": 1}
    numbers = [name for name, value in first.items() if name not in KEYS and isinstance(value, int | float) and not isinstance(value, bool)]
    middle = {name: round(median(each[name] for each in group if name in each), 3) for name in numbers}
    return {**first, **middle, "rounds": len(group), **spread(group)}


def spread(group: Sequence[Row]) -> Row:
    """Lowest and highest of the figure that the budgets are about: a shared machine has bad moments."""
    found: Row = {}
    for name in ("us_per_event", "plays_per_second", "deliveries_per_second"):
        values = [each[name] for each in group if name in each]
        if values:
            found |= {f"{name}_lowest": min(values), f"{name}_highest": max(values)}
    return found


def write(rows: Sequence[Row], file: Path = RESULTS) -> None:
    """Whole or not there. Rows of benchmarks that did not run this time stay: peers are only ever compared within one benchmark."""
    fresh = {each["bench"] for each in rows}
    kept = [each for each in read(file) if each["bench"] not in fresh]
    half = file.with_suffix(".part")
    half.write_text("[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in [*kept, *rows]) + "\n]\n")
    half.replace(file)


def read(file: Path = RESULTS) -> list[Row]:
    return json.loads(file.read_text()) if file.exists() else []


def ratio(rows: Sequence[Row], figure: str, one: dict[str, Any], other: dict[str, Any]) -> float | None:
    """`one` over `other`, under the same conditions: never between two runs."""
    values = [next((each[figure] for each in rows if wanted.items() <= each.items() and figure in each), None) for wanted in (one, other)]
    return values[0] / values[1] if values[0] is not None and values[1] else None
