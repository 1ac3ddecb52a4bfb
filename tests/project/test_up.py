"""`manage.py up` is one process tree: it comes up together and goes together, whatever ends it."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.servers import process
from tests.servers.site import ROOT, Site


def family(site: Site) -> list[int]:
    """Every living process of the tree: it was given this site's folder."""
    mark = f"VAR_DIR={site.folder}\0".encode()
    return [int(entry.parent.name) for entry in Path("/proc").glob("[0-9]*/environ") if mark in contents(entry)]


def contents(entry: Path) -> bytes:
    try:
        return entry.read_bytes()
    except OSError:
        return b""


def eventually(condition, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def command_lines(site: Site) -> str:
    return " ".join(contents(Path(f"/proc/{pid}/cmdline")).replace(b"\0", b" ").decode() for pid in family(site))


@pytest.fixture
def up(databases, tmp_path, request):
    site = Site(databases.new(request.node.callspec.id.lower()), tmp_path)
    site.process = process.spawn([sys.executable, "manage.py", "up"], cwd=ROOT, log=site.log, env=site.environment)
    process.wait_until(site.is_ready, site.process, site.log)
    yield site
    site.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda signum: signum.name)
def test_no_process_is_left_whatever_ended_it(up, signum):
    assert eventually(lambda: {"qcluster", "crowd"} <= set(command_lines(up).split()))
    code = process.stop(up.process, signum, grace=20)
    assert eventually(lambda: not family(up)), up.said()
    assert code == (-9 if signum == signal.SIGKILL else 0), up.said()
    assert "Traceback" not in up.said()
    assert "owner@demo.test" in up.said()
