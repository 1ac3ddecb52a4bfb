"""What a person at the terminal sees: one line that moves while something is measured, then tables."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from benchmarks.rows import Row
from tools.console import paint

COLUMNS: dict[str, tuple[str, ...]] = {
    "fanout": (
        "sockets",
        "mode",
        "system",
        "us_per_event",
        "loop_us_per_event",
        "us_per_frame",
        "events_per_frame",
        "deliveries_per_second",
        "p50_ms",
        "p99_ms",
        "client_busy_percent",
    ),
    "plays": (
        "players",
        "database",
        "processes",
        "mode",
        "system",
        "plays_per_second",
        "p50_ms",
        "p99_ms",
        "us_per_play",
        "loop_us_per_play",
    ),
    "connections": ("sockets", "database", "system", "kib_per_socket", "connects_per_second", "seconds_until_back", "queries_per_resume"),
    "actor": ("players", "database", "events", "seconds", "mib", "us_per_command", "plays_per_second"),
}
HEADS = {
    "us_per_event": "µs/event",
    "us_per_frame": "µs/frame",
    "events_per_frame": "events/frame",
    "loop_us_per_event": "of it loop",
    "loop_us_per_play": "of it loop",
    "deliveries_per_second": "deliveries/s",
    "plays_per_second": "plays/s",
    "us_per_play": "CPU µs/play",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "client_busy_percent": "client %",
    "kib_per_socket": "KiB/socket",
    "connects_per_second": "connects/s",
    "seconds_until_back": "all back s",
    "queries_per_resume": "queries/resume",
    "us_per_command": "CPU µs/command",
}


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(bench: str, rows: Sequence[Row]) -> str:
    """The columns in which some row has something to say."""
    if not rows:
        return "nothing was measured"
    names = [name for name in COLUMNS[bench] if any(row.get(name) is not None for row in rows)]
    lines = [[HEADS.get(name, name) for name in names], *([cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    numeric = [any(isinstance(row.get(name), int | float) for row in rows) for name in names]
    laid = [
        "  ".join(text.rjust(width) if right else text.ljust(width) for text, width, right in zip(line, widths, numeric, strict=True))
        for line in lines
    ]
    return "\n".join([paint(laid[0], "bold"), *(line.rstrip() for line in laid[1:])])


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """One line for one measurement, with its time."""
    print(paint(f"  {text:<76}", "dim"), end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    finally:
        sys.stdout.write(paint(f"{time.monotonic() - begun:6.1f} s\n", "dim"))
        sys.stdout.flush()
