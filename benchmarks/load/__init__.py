"""The load: clients in a process of their own, so that their work is not the server's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 900


class Talk:
    """One load: `hear` waits for a line that it says on its way, `end` for what it measured."""

    def __init__(self, load: str, **asked: Any) -> None:
        self.load = load
        command = [sys.executable, "-m", f"benchmarks.load.{load}"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(asked))
        self.process.stdin.close()
        self.process.stdin = None

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline() or self.end()

    def end(self) -> Any:
        """What went wrong in the load goes wrong here."""
        out, problems = self.process.communicate(timeout=PATIENCE)
        if self.process.returncode:
            raise RuntimeError(f"The load {self.load!r} broke off:\n{problems[-3000:]}")
        return json.loads(out)


def put(load: str, **asked: Any) -> dict[str, Any]:
    """Runs one load to its end and answers what it measured."""
    found: dict[str, Any] = Talk(load, **asked).end()
    return found


def main(run: Any) -> None:
    """The child's side: what is asked on standard input, what was measured on standard output."""
    import gc

    import uvloop

    gc.disable()  # a pause of the client would count as one of the server; it lives for seconds
    answer = uvloop.run(run(json.loads(sys.stdin.read())))
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # thousands of sockets need no farewell
