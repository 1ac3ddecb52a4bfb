"""The minder ends what it started, whatever end its parent came to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in sys.argv else signal.SIG_DFL)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
PARENT = """
import sys, time
from project.minder import Minded
with Minded(sys.argv[1:]):
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def eventually(condition) -> bool:
    end = time.monotonic() + 15
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def family(tmp_path):
    """A parent that minds a command which has a child of its own."""
    parents: list[subprocess.Popen] = []

    def start(*more: str) -> tuple[subprocess.Popen, list[int]]:
        note = tmp_path / "pids"
        command = [sys.executable, "-c", PARENT, sys.executable, "-c", STUBBORN, str(note), *more]
        parents.append(subprocess.Popen(command))
        assert eventually(lambda: note.exists() and len(note.read_text().split()) == 2)
        return parents[-1], [int(pid) for pid in note.read_text().split()]

    yield start
    for parent in parents:
        parent.kill()
        parent.wait()


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_a_command_and_its_children_end_with_the_parent(family, signum):
    parent, pids = family()
    parent.send_signal(signum)
    assert eventually(lambda: not any(alive(pid) for pid in pids))


def test_a_command_that_ignores_the_polite_signal_is_killed_after_the_grace(family):
    parent, pids = family("stubborn")
    parent.kill()
    assert eventually(lambda: not any(alive(pid) for pid in pids))


def test_a_command_that_dies_is_started_again(family, tmp_path):
    _, (first, _) = family()
    (tmp_path / "pids").unlink()
    os.kill(first, signal.SIGKILL)
    assert eventually((tmp_path / "pids").exists)
