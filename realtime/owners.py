"""The names under which engines own shards, and what can be known of an owner on the same machine.

A process that was killed cannot give its leases up. Who starts on the same machine need not wait until they end: the kernel says
that no such process is there any more. Of another machine, or where that is not known, nothing is concluded.
"""

import os
import secrets
import socket
from pathlib import Path

PROC = Path("/proc")
STARTED = 19  # place of the start time in /proc/<pid>/stat, counted behind the name of the command


def own() -> str:
    """Machine, process, and a word by chance: nobody comes back under an old name."""
    return f"{machine()}.{os.getpid()}.{started(os.getpid())}.{secrets.token_hex(4)}"


def machine() -> str:
    """This boot of this machine, and its view of processes: a container beside us has another."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text()[:8]
        return f"{boot}-{(PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return f"{socket.gethostname()[:20]}-unknown"


def started(pid: int) -> str | None:
    """When a process began, in ticks since the boot; empty when it has ended and waits for its parent; None when nothing can be read."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return "" if fields[0] in {"Z", "X"} else fields[STARTED]


def gone(owner: str) -> bool:
    """True only when it is certain."""
    parts = owner.split(".")
    if len(parts) != 4 or parts[0] != machine() or not parts[2]:
        return False
    began = started(int(parts[1]))
    return began != parts[2] if began is not None else not exists(int(parts[1]))


def exists(pid: int) -> bool:
    """Asked of the kernel itself: /proc may hide the processes of others."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
