"""So-Buzz under test: a database of its own, the scene set, its processes started, killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

from benchmarks import measure
from tests.servers import postgres, process, redis

ROOT = Path(__file__).resolve().parent.parent
KEYS = {name: f"{name} of the benchmarks and of nothing else" for name in ("SECRET_KEY", "PLATFORM_KEY")}


class Missing(Exception):
    """Something that a row needs is not on this machine; its one sentence is shown and the row left out."""


class Databases:
    """PostgreSQL as in production (fsync and synchronous_commit on), started when first asked for; SQLite in files."""

    def __init__(self) -> None:
        self.folder = process.temporary("bench")
        self.server: postgres.Postgres | None = None
        self.layer: redis.Redis | None = None

    def postgres(self) -> postgres.Postgres:
        if self.server is None:
            place = postgres.binaries()
            if place is None:
                raise Missing("PostgreSQL is not installed: its rows are left out.")
            self.server = postgres.Postgres(place, fast=False)
            self.server.start()
            self.count_statements()
        return self.server

    def count_statements(self) -> None:
        """So that queries can be counted where they arrive; without the extension that figure is left out."""
        assert self.server is not None
        try:
            self.server.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
            self.server.kill()
            self.server.start()
            self.server.execute("CREATE EXTENSION pg_stat_statements")
        except Exception:  # whatever it says: the extension is not there
            self.server.execute("ALTER SYSTEM RESET shared_preload_libraries")

    def redis(self) -> redis.Redis:
        if self.layer is None:
            place = redis.binary()
            if place is None:
                raise Missing("Redis is not installed: rows that need it are left out.")
            self.layer = redis.Redis(place)
            self.layer.start()
        return self.layer

    def url(self, database: str, name: str) -> str:
        if database == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        server = self.postgres()
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} OWNER sobuzz")
        return f"{server.url.rpartition('/')[0]}/{name}"

    def stop(self) -> None:
        for server in (self.server, self.layer):
            if server:
                server.stop()
        process.remove(self.folder)


class House:
    """`with House(...) as house`: the platform with the scene set; `house.scene` says where."""

    def __init__(self, databases: Databases, database: str = "sqlite", apart: bool = False, **scene: int) -> None:
        self.databases, self.database, self.apart, self.wanted = databases, database, apart, scene
        if apart and not list(ROOT.glob("*/management/commands/engine.py")):
            raise Missing("There is no `manage.py engine` yet: the rows of web and engine apart are left out.")
        self.port = process.free_port()
        self.folder = Path(databases.folder) / f"house{self.port}"
        self.folder.mkdir()
        self.log = self.folder / "log"
        self.redis = databases.redis() if apart else None
        place = {"DATABASE_URL": databases.url(database, f"house{self.port}"), "VAR_DIR": str(self.folder), "LOG_LEVEL": "WARNING"}
        if self.redis:
            place |= {"REDIS_URL": self.redis.url, "REDIS_PREFIX": self.folder.name}
        self.environment = process.environment({**KEYS, **place, "PYTHONWARNINGS": ""})
        if not apart:
            self.environment.pop("REDIS_URL", None)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scene: dict[str, Any] = {}

    def __enter__(self) -> House:
        self.run("manage.py", "migrate", "-v0", "--no-input")
        self.scene = json.loads(self.run("-m", "benchmarks.stage", json.dumps(self.wanted)))
        return self.start()

    def __exit__(self, *error: object) -> None:
        for each in self.processes:
            process.stop(each, grace=10)
        if kept := os.environ.get("BENCH_LOG"):
            shutil.copy(self.log, Path(kept) / self.folder.name)
        process.remove(self.folder)

    def run(self, *arguments: str) -> str:
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def start(self, **more: str) -> House:
        engines = [["engine"]] if self.apart else []
        wanted = [*engines, ["serve", "--port", str(self.port)]]
        self.processes = [self.launch(arguments, more) for arguments in wanted]
        process.wait_until(self.is_ready, self.processes[-1], self.log)
        return self

    def launch(self, arguments: list[str], more: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "benchmarks.launch", *arguments]
        return process.spawn(command, cwd=ROOT, log=self.log, env={**self.environment, **more})

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        for each in self.processes:
            process.stop(each, signal.SIGKILL)

    @property
    def pids(self) -> list[int]:
        """All that works for the platform, its Redis too; the database is counted by nobody."""
        own = [each for running in self.processes for each in measure.family(running.pid)]
        return own + ([self.redis.process.pid] if self.redis and self.redis.process else [])

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/play/{self.scene['path']}/"

    def dialect(self) -> dict[str, Any]:
        """What a load client needs to know to speak with it."""
        return {"dialect": "sobuzz", "url": self.url, "key": KEYS["SECRET_KEY"], **self.scene}
