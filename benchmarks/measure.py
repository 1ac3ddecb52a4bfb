"""What processes cost and what latencies were: read from /proc, so it costs what is measured nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PROC = Path("/proc")


def stat(pid: int, file: str = "stat") -> list[str]:
    """The fields after the name, which may itself hold blanks and brackets: field 3 of proc(5) is the first."""
    return (PROC / str(pid) / file).read_text().rpartition(")")[2].split()


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of all threads of these processes so far, those that have ended included."""
    return sum(sum(map(int, stat(pid)[11:13])) for pid in pids) / TICK


def loop_seconds(pids: Iterable[int]) -> float:
    """Of their main threads alone, where event loops run: what is left is threads that talk to a database."""
    return sum(sum(map(int, stat(pid, f"task/{pid}/stat")[11:13])) for pid in pids) / TICK


def rss_kib(pids: Iterable[int]) -> float:
    return sum(int(stat(pid)[21]) for pid in pids) * PAGE / 1024


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int(stat(int(entry.name))[1]), []).append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, look = [], [pid]
    while look:
        found.append(look.pop())
        look += parents.get(found[-1], [])
    return sorted(found)


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed."""
    if not sorted_values:
        return 0.0
    rank = max(1, -(-len(sorted_values) * round(share * 1000) // 1000))
    return sorted_values[rank - 1]


def milliseconds(seconds: Iterable[float]) -> dict[str, float]:
    """Median, 99th percentile and the worst."""
    ordered = sorted(seconds)
    return {f"{name}_ms": round(percentile(ordered, share) * 1000, 2) for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}


def machine() -> dict[str, object]:
    """Where this was measured: figures of two machines are not to be compared, ratios are."""
    model = next((line.partition(":")[2].strip() for line in (PROC / "cpuinfo").read_text().splitlines() if "model name" in line), "?")
    return {
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def versions(*packages: str) -> dict[str, str]:
    return {package: metadata.version(package) for package in packages}
