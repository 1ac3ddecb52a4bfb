"""So-Buzz itself as a child process on a database of its own, to be played with, killed and started again.

`site` is one for the whole session, for tests that leave it as they found it; `new_site()` makes as many as a test wants, each with
the demo's data in its own database. Both run on what the tests run on: PostgreSQL and Redis, or SQLite and memory.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.servers import process

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = {
    "uvicorn": ("manage.py", "serve"),
    "daphne": ("-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", "{port}", "project.asgi:application"),
}
BOTH = ["uvicorn", pytest.param("daphne", marks=pytest.mark.postgresql)]  # what a server does is the same on each database
numbers = itertools.count(1)


class Site:
    def __init__(self, database: str, folder: Path, server: str = "uvicorn", **settings: str) -> None:
        self.folder, self.server = folder, server
        self.log = folder / "log"
        self.port = process.free_port()
        name = folder.name
        own = {"DEMO": "1", "DATABASE_URL": database, "VAR_DIR": str(folder), "REDIS_PREFIX": name, "HOST": "127.0.0.1"}
        own |= {"PORT": str(self.port), "PYTHONWARNINGS": "", "LOG_LEVEL": "INFO"}
        self.environment = process.environment({**own, **settings})
        self.process: subprocess.Popen | None = None
        self.engines: list[subprocess.Popen] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sockets(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    def manage(self, *arguments: str, **settings: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env={**self.environment, **settings}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> Site:
        """With Redis the games are hosted by an engine beside the web process, without by the web process itself."""
        command = [sys.executable, *(part.format(port=self.port) for part in SERVERS[self.server])]
        self.process = process.spawn(command, cwd=ROOT, log=self.log, env=self.environment)
        if self.environment.get("REDIS_URL"):
            self.start_engine()
        process.wait_until(self.is_ready, self.process, self.log)
        return self

    def start_engine(self) -> subprocess.Popen:
        """The first hosts the games; each one more is a spare."""
        self.engines.append(process.spawn([sys.executable, "manage.py", "engine"], cwd=ROOT, log=self.log, env=self.environment))
        return self.engines[-1]

    def is_ready(self) -> bool:
        if not process.accepts(self.port):
            return False
        try:
            # A server without lifespan starts its parts with the first request.
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """All of it, at once."""
        assert self.process is not None
        self.end(signal.SIGKILL, 5)

    def stop(self) -> int:
        """As a deploy does; answers the exit code, the worst of all."""
        return self.end(signal.SIGTERM, 15)

    def end(self, signum: int, grace: float) -> int:
        processes = [*([self.process] if self.process else []), *self.engines]
        self.engines = []
        return max((abs(process.stop(each, signum, grace)) for each in processes), default=0)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def complaints(self) -> list[str]:
        """What a good run never says."""
        return [line for line in self.said().splitlines() if "Traceback" in line or " ERROR " in line or " CRITICAL " in line]


class Databases:
    """Copies of one prepared database: migrated and filled once in a session."""

    def __init__(self, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder
        self.sqlite = base.startswith("sqlite")
        self.template: str | None = None
        self.made: list[str] = []

    def new(self, name: str) -> str:
        if self.template is None:
            self.template = self.prepare()
        if self.sqlite:
            shutil.copy(self.file("template"), self.file(name))
        else:
            self.create(name, f" TEMPLATE {self.named('template')}")
        return self.url(name)

    def prepare(self) -> str:
        if not self.sqlite:
            self.create("template")
        place = self.folder / "template"
        place.mkdir(exist_ok=True)
        site = Site(self.url("template"), place)
        site.manage("migrate", "-v0", "--no-input")
        site.manage("demo", "--since", "60")
        return "template"

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def named(self, name: str) -> str:
        return f"site_{os.getpid()}_{name}"

    def url(self, name: str) -> str:
        if self.sqlite:
            return f"sqlite:///{self.file(name)}"
        return urlunsplit(urlsplit(self.base)._replace(path=f"/{self.named(name)}"))

    def create(self, name: str, more: str = "") -> None:
        self.made.append(name)
        self.execute(f"DROP DATABASE IF EXISTS {self.named(name)}")
        self.execute(f"CREATE DATABASE {self.named(name)}{more}")

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.base, autocommit=True) as connection:
            connection.execute(statement)

    def drop(self) -> None:
        for name in self.made:
            self.execute(f"DROP DATABASE IF EXISTS {self.named(name)} WITH (FORCE)")


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    folder = process.temporary("sites")
    made = Databases(os.environ["DATABASE_URL"], folder)
    yield made
    made.drop()
    process.remove(folder)


@pytest.fixture(scope="session")
def make_site(databases: Databases) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def make(server: str = "uvicorn", **settings: str) -> Site:
        name = f"{server}{next(numbers)}"
        place = databases.folder / name
        place.mkdir()
        sites.append(Site(databases.new(name), place, server, **settings))
        return sites[-1].start()

    yield make
    for site in sites:
        site.stop()


@pytest.fixture(scope="session")
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


@pytest.fixture
def new_site(make_site: Callable[..., Site]) -> Iterator[Callable[..., Site]]:
    """`new_site(server="daphne", SOME_SETTING="1")`, stopped at the end of the test."""
    sites: list[Site] = []

    def make(server: str = "uvicorn", **settings: str) -> Site:
        sites.append(make_site(server, **settings))
        return sites[-1]

    yield make
    for site in sites:
        site.stop()
