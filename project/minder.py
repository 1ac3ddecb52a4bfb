"""Minds one command for a parent: starts it in a session of its own, again when it dies, and ends it when the parent is gone.

Run as `python -m project.minder COMMAND...` with a pipe as standard input. The pipe's end is the parent's end, however it came, by
Ctrl-C or `kill -9`. Then only the command itself gets SIGTERM (django-q2 must stop its own children), and after a grace its whole group
is killed.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

GRACE = 5.0
BACK_OFF = (1.0, 30.0)
LOOK = 0.2


class Minder:
    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.pause = BACK_OFF[0]
        self.parent = selectors.DefaultSelector()
        self.parent.register(sys.stdin, selectors.EVENT_READ)

    def run(self) -> None:
        while not self.parent_gone(0):
            begun = time.monotonic()
            child = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)
            while child.poll() is None and not self.parent_gone(LOOK):
                pass
            end(child)
            self.wait_before_next(time.monotonic() - begun)

    def parent_gone(self, seconds: float) -> bool:
        """The parent never writes: readable means closed."""
        return bool(self.parent.select(seconds))

    def wait_before_next(self, lived: float) -> None:
        self.pause = BACK_OFF[0] if lived > BACK_OFF[1] else min(self.pause * 2, BACK_OFF[1])
        self.parent_gone(self.pause)


def end(child: subprocess.Popen[bytes]) -> None:
    """SIGTERM to the one process, then SIGKILL to all that is left of its session."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


class Minded:
    """The parent's side: `with Minded(command):` runs it as long as the block, or this process, lives."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = [sys.executable, "-m", "project.minder", *command]

    def __enter__(self) -> "Minded":
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)
        return self

    def __exit__(self, *error: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    Minder(sys.argv[1:]).run()
