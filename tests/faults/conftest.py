"""Clusters on databases of their own: `cluster("sqlite")` embedded, `cluster("postgresql", webs=2, engines=2)` grown."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import get_commands

from tests.faults.cluster import Cluster, on_sqlite
from tests.servers import faketime, postgres, process
from tests.servers.site import Databases

numbers = itertools.count(1)


@pytest.fixture(scope="session")
def stock() -> Iterator[Callable[[str], Databases]]:
    """Prepared databases of both kinds, each made when the first test wants it."""
    made: dict[str, Databases] = {}
    folder = process.temporary("faults")

    def of(kind: str) -> Databases:
        if kind not in made:
            url = f"sqlite:///{folder}/own" if kind == "sqlite" else os.environ["DATABASE_URL"]
            made[kind] = Databases(url, folder)
        return made[kind]

    yield of
    for each in made.values():
        if not each.sqlite:
            each.drop()
    process.remove(folder)


@pytest.fixture
def cluster(stock: Callable[[str], Databases], request: pytest.FixtureRequest) -> Iterator[Callable[..., Cluster]]:
    """Started clusters of this test; what they said is shown when it fails."""
    made: list[Cluster] = []

    def make(kind: str = "postgresql", *, start: bool = True, database: str | None = None, **given) -> Cluster:
        if kind == "postgresql" and on_sqlite():
            pytest.skip("needs PostgreSQL")
        if given.get("engines") and "engine" not in get_commands():
            pytest.skip("needs manage.py engine")
        name = f"f{next(numbers)}"
        databases = stock(kind)
        folder = Path(databases.folder) / f"{os.getpid()}{name}"
        folder.mkdir()
        made.append(Cluster(folder, database or databases.new(name), **given))
        return made[-1].start() if start else made[-1]

    yield make
    for each in made:
        each.stop()
        for part in each.parts:
            print(f"----- {part.name}\n{part.said()[-3000:]}")


class Crashable(NamedTuple):
    """A PostgreSQL that may be killed, frozen, and shown another time."""

    server: postgres.Postgres
    databases: Databases
    hands: faketime.Hands | None

    def new(self) -> str:
        return self.databases.new(f"c{next(numbers)}")


@pytest.fixture(scope="session")
def crashable() -> Iterator[Crashable]:
    place = postgres.binaries()
    if on_sqlite() or place is None:
        pytest.skip("needs a PostgreSQL of its own")
    folder = process.temporary("crashable")
    library = faketime.prepare()
    hands = faketime.Hands(library, folder / "hands") if library else None
    server = postgres.Postgres(place, fast=False, environment=hands.environment if hands else None)
    server.start()
    yield Crashable(server, Databases(server.url, folder), hands)
    server.stop()
    process.remove(folder)
