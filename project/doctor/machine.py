"""The machine: what the operating system gives this process."""

import importlib.util
import resource
import shutil
from collections.abc import Iterator

from django.conf import settings

from project.doctor.findings import Finding, Look

SOCKETS = 5_000  # of one web process
BESIDE = 500  # files, connections and pipes that it has open besides
GIB = 1024**3
SCARCE, LITTLE = 1 * GIB, 5 * GIB


def files() -> Iterator[Finding]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= SOCKETS + BESIDE:
        yield Finding("ok", "files", f"A process may open {soft:,} files, enough for {SOCKETS:,} sockets.")
        return
    remedy = f"Raise it: ulimit -n {max(soft, 65_536)}, or LimitNOFILE=65536 in its unit (the hard limit is {hard:,})."
    yield Finding("warn", "files", f"A process may open {soft:,} files: too few for {SOCKETS:,} sockets.", remedy)


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.VAR_DIR).free
    says = f"{free / GIB:,.1f} GiB are free under {settings.VAR_DIR}."
    if free < SCARCE:
        yield Finding("fail", "disk", says, "Make room: a full disk stops every commit.")
    elif free < LITTLE:
        yield Finding("warn", "disk", says, "Make room before an evening with a crowd.")
    else:
        yield Finding("ok", "disk", says)


def loop() -> Iterator[Finding]:
    if importlib.util.find_spec("uvloop"):
        yield Finding("ok", "loop", "uvloop is there.")
    else:
        yield Finding("warn", "loop", "uvloop is missing: sockets cost about twice as much.", "Install requirements/runtime.txt again.")


MACHINE = (Look("files", files), Look("disk", disk), Look("loop", loop))
