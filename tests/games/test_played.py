"""A crowd plays over real sockets while the server is killed; then every row agrees with the log, and a stranger with the proof."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from games.fairness import verify
from tests.servers.process import spawn, stop
from tests.servers.site import ROOT, Site

LEAST = 200  # plays, more than moments are due: some must lose


def crowd(site: Site, log: Path) -> subprocess.Popen:
    bots = ["--bots", "300", "--rate", "40", "--stay", "4", "--url", site.sockets.removesuffix("/ws")]
    return spawn([sys.executable, "manage.py", "crowd", *bots], cwd=ROOT, log=log, env=site.environment)


def asked(site: Site, path: str, body: dict[str, str] | None = None, **headers: str) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{site.url}{path}", data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def end(site: Site) -> None:
    token = json.loads(asked(site, "/api/v1/tokens", {"email": "owner@demo.test", "password": "so-buzz-demo"}))["token"]
    asked(site, "/api/v1/t/demo/games/instant-win/commands", {"t": "end", "ref": "over"}, Authorization=f"Bearer {token}")


@pytest.mark.fault
@pytest.mark.timeout(150)
@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
@pytest.mark.promise("P4")
def test_what_a_crowd_played_through_two_crashes_holds_and_can_be_checked_by_a_stranger(new_site, tmp_path, figure):
    site = new_site()
    bots = crowd(site, tmp_path / "crowd")
    for seconds in (3, 2):
        with pytest.raises(subprocess.TimeoutExpired):
            bots.wait(seconds)
        site.kill()
        site.start()
    bots.wait(60)
    assert site.manage("check_invariants") == "2 games checked, 0 violations.\n"

    end(site)
    assert site.manage("check_invariants") == "2 games checked, 0 violations.\n"
    with zipfile.ZipFile(io.BytesIO(asked(site, "/t/demo/instant-win/proof.zip"))) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run([sys.executable, "-I", verify.__file__, "moments", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    plays = (tmp_path / "plays.txt").read_text().splitlines()
    won = sum(not line.endswith(" -") for line in plays)
    assert 0 < won < len(plays)
    assert len(plays) >= LEAST
    figure("plays through two crashes", len(plays))
    figure("won", won)
    stop(bots)
