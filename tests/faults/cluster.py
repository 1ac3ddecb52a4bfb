"""So-Buzz as several processes on one database, each to be killed, frozen, asked to leave and started again.

Two shapes: *embedded* is one process with the engine inside, SQLite or PostgreSQL, no Redis. *Grown* is web processes, engine
processes and a Redis of its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.core import signing

from tests.faults.final import Final, final
from tests.faults.part import ROOT, START, Part
from tests.faults.stock import device
from tests.servers import process, redis


class Cluster:
    def __init__(self, folder: Path, database: str, webs: int = 1, engines: int = 0, switches: str = "", **settings: str) -> None:
        self.folder, self.database = folder, database
        self.histories = folder / "histories"
        self.histories.mkdir()
        self.redis = grown_redis() if engines else None
        own = {
            "DEMO": "1",
            "DATABASE_URL": database,
            "VAR_DIR": str(folder),
            "HOST": "127.0.0.1",
            "PYTHONWARNINGS": "",
            "LOG_LEVEL": "INFO",
        }
        own |= {"REDIS_URL": self.redis.url, "REDIS_PREFIX": folder.name} if self.redis else {}
        self.environment = {**process.environment(), **own, **settings}
        if not self.redis:
            self.environment.pop("REDIS_URL", None)
        self.webs = [Part(self, f"web{number}", "serve") for number in range(webs)]
        self.engines = [Part(self, f"engine{number}", "engine") for number in range(engines)]
        for part in self.parts:
            part.switches = switches

    @property
    def parts(self) -> list[Part]:
        return [*self.engines, *self.webs]

    def start(self) -> Cluster:
        if self.redis:
            self.redis.start()
        for part in self.parts:
            part.launch()
        for part in self.webs:
            part.wait()
        return self

    def stop(self) -> None:
        for part in self.parts:
            if part.alive:
                part.thaw()
                part.signal(signal.SIGTERM)
        for part in self.parts:
            if part.process:
                process.stop(part.process, signal.SIGTERM, grace=10)
        if self.redis:
            self.redis.stop()

    # What is asked of it from beside

    def run(self, *arguments: str) -> str:
        environment = {**self.environment, "SWITCHES": ""}
        command = [sys.executable, *START, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def execute(self, statement: str) -> list[Any]:
        """A statement in the cluster's own PostgreSQL database, with the platform's eyes."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("SELECT set_config('app.tenant', 'platform', false)")
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def owner(self) -> Part:
        """The engine that owns the shards; the name of an owner has its process in it (decision 74)."""
        [(owner,)] = self.execute("SELECT DISTINCT owner FROM games_lease WHERE owner <> ''")
        return next(engine for engine in self.engines if engine.process and str(engine.process.pid) in owner.split("."))

    def game(self, slug: str, settings: dict[str, Any], players: int = 0, **more: Any) -> Stage:
        made = json.loads(self.run("stock", json.dumps({"slug": slug, "settings": settings, "players": players, **more})))
        return Stage(self, slug, **made)

    def invariants(self) -> str:
        """Raises with the sentences when something does not hold."""
        return self.run("check_invariants")

    def complaints(self) -> list[str]:
        lines = [line for part in self.parts for line in part.said().splitlines()]
        return [line for line in lines if "Traceback" in line or " ERROR " in line or " CRITICAL " in line]


class Stage:
    """One game of a cluster, and how its people prove who they are."""

    def __init__(self, cluster: Cluster, slug: str, tenant: int, number: int, line: str) -> None:
        self.cluster, self.slug, self.tenant, self.number, self.line = cluster, slug, tenant, number, line

    def cookie(self, player: int) -> str:
        """As the join page gives it: the tests and their processes have one key."""
        value = {"device": device(self.number, player), "seats": {self.number: (player, self.line)}}
        return f"player_{self.tenant}={signing.dumps(value, salt=f'sobuzz.device.{self.tenant}')}"

    def final(self) -> Final:
        return final(self.cluster.database, self.slug)


def grown_redis() -> redis.Redis:
    place = redis.binary()
    assert place, "no Redis"
    return redis.Redis(place)


def on_sqlite() -> bool:
    return os.environ.get("TEST_DATABASE") == "sqlite"
