"""Runs JavaScript tests with the node that came with the browser driver, else with the system's."""

import shutil
import subprocess
from pathlib import Path

import playwright
import pytest

BASE = Path(__file__).parent.parent


def node() -> str:
    bundled = Path(playwright.__file__).parent / "driver" / "node"
    found = str(bundled) if bundled.exists() else shutil.which("node")
    return found or pytest.skip("no node: neither the browser driver's nor the system's")


def run(folder: str) -> None:
    """All `*.test.mjs` of a folder; what fails is what pytest shows."""
    files = sorted(str(path) for path in (BASE / folder).glob("*.test.mjs"))
    assert files
    told = subprocess.run(
        [node(), "--test", "--test-reporter=tap", *files], cwd=BASE, capture_output=True, text=True, timeout=50, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
