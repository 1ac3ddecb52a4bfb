"""One process of a cluster: a web process, or an engine. It can be killed, frozen, asked to leave, started again."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers import process

if TYPE_CHECKING:
    from tests.faults.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent.parent
START = ("-m", "tests.faults.start")


class Part:
    def __init__(self, cluster: Cluster, name: str, *arguments: str) -> None:
        self.cluster, self.name, self.arguments = cluster, name, arguments
        self.log = cluster.folder / f"{name}.log"
        self.port = process.free_port()
        self.switches = ""
        self.said_before = 0  # what an earlier life of it left in the log
        self.process: subprocess.Popen | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        environment = {**self.cluster.environment, "PORT": str(self.port), "SWITCHES": self.switches, "PART": self.name}
        self.said_before = len(self.said())
        self.process = process.spawn([sys.executable, *START, *self.arguments], cwd=ROOT, log=self.log, env=environment)

    def start(self) -> Part:
        self.launch()
        self.wait()
        return self

    def wait(self, seconds: float = 40) -> None:
        assert self.process is not None
        process.wait_until(self.ready, self.process, self.log, seconds)

    def ready(self) -> bool:
        if self in self.cluster.engines:
            return "The engine is ready." in self.said()[self.said_before :]
        return self.answer("readyz", 2) == 200

    def answer(self, path: str, timeout: float) -> int:
        """The status of a page; 0 when there is no answer in time."""
        try:
            with urllib.request.urlopen(f"{self.url}/{path}", timeout=timeout) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def signal(self, signum: int) -> None:
        assert self.process is not None
        self.process.send_signal(signum)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def leave(self) -> int:
        """As a deploy asks for."""
        assert self.process is not None
        return process.stop(self.process, signal.SIGTERM, grace=15)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def memory(self) -> float:
        """MiB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024
