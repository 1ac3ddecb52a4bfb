"""Child processes that never outlive the tests: own session, own user where root is refused, killed with us."""

from __future__ import annotations

import ctypes
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
PORTS = 10_000, 32_768


def free_port() -> int:
    """Below those that the kernel gives to clients: one of them could sit on it while its server is down."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            port = random.SystemRandom().randrange(*PORTS)
            probe.bind(("127.0.0.1", port))
            return port


def temporary(name: str) -> Path:
    """A folder that the unprivileged user may enter, whatever TMPDIR root has; it bears our number, see `sweep`."""
    folder = Path(tempfile.mkdtemp(prefix=f"sobuzz-{name}-{os.getpid()}-", dir=base()))
    if is_root():
        os.chown(folder, *nobody())
    return folder


def base() -> str:
    return "/tmp" if is_root() else tempfile.gettempdir()


def sweep() -> None:
    """Tests that were killed leave their folders; the next ones take them away."""
    for folder in Path(base()).glob("sobuzz-*-*-*"):
        if not Path(f"/proc/{folder.name.split('-')[-2]}").exists() and sys.platform == "linux":
            remove(folder)


def is_root() -> bool:
    return os.geteuid() == 0


def nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def as_nobody() -> dict:
    """PostgreSQL refuses root: arguments for subprocess that drop to nobody."""
    if not is_root():
        return {}
    user, group = nobody()
    return {"user": user, "group": group, "extra_groups": []}


def dies_with_us(signum: int) -> Callable[[], None] | None:
    """Runs in the child: the kernel sends it `signum` when our main thread ends, also by kill -9. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, signum)

    return prepare


def spawn(command: Sequence[str | Path], *, cwd: Path, log: Path, death: int = signal.SIGKILL, **options) -> subprocess.Popen:
    """Own session: Ctrl-C reaches pytest alone, which then stops the servers in order."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            preexec_fn=dies_with_us(death),
            **options,
        )


def stop(process: subprocess.Popen, signum: int = signal.SIGTERM, grace: float = 5) -> int:
    if process.poll() is None:
        process.send_signal(signum)
    try:
        return process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen, log: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            stop(process)
            raise RuntimeError(f"{process.args[0]} did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.02)


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, **(extra or {})}


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
