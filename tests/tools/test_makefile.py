"""What every target does first: an environment that belongs to another place is thrown away."""

import shutil
import subprocess
import sys

import pytest

from tests.servers.site import ROOT


@pytest.fixture
def checkout(tmp_path):
    """A Makefile with an environment, as far as it looks at one."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    (tmp_path / ".venv/lib/python3.11/site-packages").mkdir(parents=True)
    return tmp_path


def survives(checkout) -> bool:
    subprocess.run(["make", "help"], cwd=checkout, check=True, capture_output=True)
    return (checkout / ".venv").exists()


def name(checkout, place) -> None:
    (checkout / ".venv/lib/python3.11/site-packages/sobuzz.pth").write_text(f"{place}\n")


def test_an_environment_that_knows_its_place_stays(checkout):
    name(checkout, checkout)
    assert survives(checkout)


def test_an_environment_that_is_being_made_stays(checkout):
    assert survives(checkout)


def test_after_a_move_it_is_made_again(checkout):
    name(checkout, checkout / "before")
    assert not survives(checkout)


def test_without_its_python_it_is_made_again(checkout):
    name(checkout, checkout)
    (checkout / ".venv/bin/python").unlink()
    assert not survives(checkout)
