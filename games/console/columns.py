"""A chart of columns as plain values for an SVG: its numbers with a point, whatever the reader's language writes."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from babel.numbers import format_decimal
from django.utils.translation import get_language

WIDE, HIGH = 800, 240
LEFT, TOP, BASE = 44, 12, 214
NAMED = 5  # columns whose label is written below
LINES = 4  # of the grid, about
AIR = 0.18  # of a column's place


class Column(NamedTuple):
    x: str
    y: str
    width: str
    height: str
    words: str


class Mark(NamedTuple):
    """A line of the grid, or a name below a column."""

    place: str
    words: str
    side: str = "middle"


class Chart(NamedTuple):
    columns: list[Column]
    lines: list[Mark]
    names: list[Mark]
    peak: str  # the highest column in words


def drawn(values: Sequence[tuple[str, float]], unit: str = "") -> Chart | None:
    """None where there is nothing to draw."""
    if not any(value for _, value in values):
        return None
    highest = max(values, key=lambda each: each[1])
    step = stride(highest[1]) if unit else max(1, stride(highest[1]))  # nobody plays half a time
    top = step * math.ceil(highest[1] / step)
    wide = (WIDE - LEFT) / len(values)
    made = [
        column(place * wide + LEFT, wide, value / top, f"{label}: {written(value, unit)}") for place, (label, value) in enumerate(values)
    ]
    lines = [Mark(f"{BASE - (BASE - TOP) * each * step / top:.1f}", written(each * step, unit)) for each in range(round(top / step) + 1)]
    return Chart(made, lines, named(values, wide), f"{highest[0]}: {written(highest[1], unit)}")


def column(x: float, wide: float, share: float, words: str) -> Column:
    height = (BASE - TOP) * share
    return Column(f"{x + wide * AIR / 2:.2f}", f"{BASE - height:.2f}", f"{min(wide * (1 - AIR), 48):.2f}", f"{height:.2f}", words)


def named(values: Sequence[tuple[str, float]], wide: float) -> list[Mark]:
    """A few of them, evenly: the first begins at the edge and the last ends there, so that none is cut."""
    last = len(values) - 1
    places = sorted({round(each * last / (NAMED - 1)) for each in range(NAMED)})
    sides = {0: "start", last: "end"} if last else {0: "start"}
    return [Mark(f"{place(each, wide, sides.get(each)):.1f}", values[each][0], sides.get(each, "middle")) for each in places]


def place(number: int, wide: float, side: str | None) -> float:
    return {"start": LEFT + number * wide, "end": float(WIDE)}.get(side or "", LEFT + (number + 0.5) * wide)


def stride(highest: float) -> float:
    """1, 2 or 5, and so many zeros."""
    rough = highest / LINES
    power = 10.0 ** math.floor(math.log10(rough))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= rough)


def written(value: float, unit: str) -> str:
    number = format_decimal(value, "#,##0.#", locale=get_language())
    return f"{number}\u202f{unit}" if unit and get_language() == "fr" else f"{number}{unit}"
