"""Writes what each test showed to var/results/<database>.json; `make proof` reads it. `figure("ms", 3.2)` records a number."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path("var/results")
MARKS = ("promise", "contract", "control")
FIGURES: pytest.StashKey[list[list[Any]]] = pytest.StashKey()
results: dict[str, dict[str, Any]] = {}
collected: set[str] = set()


def file() -> Path:
    return FOLDER / f"{os.environ.get('TEST_DATABASE', 'postgresql')}.json"


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str, float], None]:
    def record(unit: str, value: float) -> None:
        request.node.stash.setdefault(FIGURES, []).append([unit, round(value, 3)])

    return record


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.when == "call" or report.outcome != "passed":
        marks = {name: sorted({mark.args[0] for mark in item.iter_markers(name)}) for name in MARKS}
        figures = item.stash.get(FIGURES, [])
        results[item.nodeid] = {"test": item.nodeid, "outcome": report.outcome, "at": int(time.time()), "figures": figures, **marks}
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    collected.update(item.nodeid for item in items)


@contextmanager
def alone() -> Iterator[None]:
    """Parts of the suite run side by side and end when they like."""
    folder = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def still_there(test: str, whole: bool) -> bool:
    """A test that another run showed; not one that has gone from a file which this run has read."""
    path = test.split("::")[0]
    read = whole and any(each.startswith(f"{path}::") for each in collected)
    return test in collected if read else Path(path).exists()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run of a part keeps what other runs showed."""
    if not results:
        return
    whole = not any("::" in argument for argument in session.config.args)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with alone():
        earlier = json.loads(file().read_text()) if file().exists() else []
        kept = [row for row in earlier if row["test"] not in results and still_there(row["test"], whole)]
        fresh = file().with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(kept + list(results.values()), indent=1))
        fresh.replace(file())
