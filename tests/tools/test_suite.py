"""`make test` runs the suite in parts side by side; nothing is left out and nothing hidden."""

import json
import subprocess
import sys

import pytest

from tests.servers.site import ROOT
from tools import suite

COUNTED = '<testsuites><testsuite tests="5" failures="{}" errors="0" skipped="2"/></testsuites>'


def test_every_folder_of_tests_is_in_one_part():
    chosen = [part for part in suite.parts(["-k", "join"]) if part.database == "postgresql"]
    folders = {f"tests/{folder.name}" for folder in (ROOT / "tests").iterdir() if folder.is_dir()}
    named = [option for part in chosen for option in part.options if option.startswith("tests/")]
    ignored = [option.removeprefix("--ignore=") for part in chosen for option in part.options if option.startswith("--ignore=")]
    assert sorted(named) == sorted(ignored)
    assert len(set(named)) == len(named)
    assert set(named) <= folders


def test_sqlite_sees_all_that_touches_the_database():
    assert [part.options for part in suite.parts([]) if part.database == "sqlite"] == [("--touching-database",)]


def test_who_names_files_gets_them_once_on_each_database():
    assert [(part.database, part.options) for part in suite.parts(["-x", "tests/test_servers.py::test_one"])] == [
        ("postgresql", ()),
        ("sqlite", ("--touching-database",)),
    ]


@pytest.mark.parametrize(
    ("codes", "well"), [([0, 0], True), ([0, 5], True), ([5, 5], False), ([0, 1], False), ([0, 4], False), ([], False)]
)
def test_one_part_that_fails_or_none_that_runs_fails_the_suite(codes, well):
    assert suite.good(codes) is well


def test_the_summary_adds_up_what_the_parts_say(tmp_path):
    for number, failures in enumerate((0, 1)):
        (tmp_path / f"{number}.xml").write_text(COUNTED.format(failures))
    rows = [suite.counts(tmp_path / f"{name}.xml") for name in ("0", "1", "never written")]
    assert suite.summary(rows, 12.34) == "1 failed, 5 passed, 4 skipped in 12.3s"


def test_parts_that_end_together_keep_each_others_results(tmp_path):
    """What `make proof` reads: eight parts of one database write it at once."""
    program = (
        "import sys, types; from tests.servers import record\n"
        "name = f'tests/test_servers.py::{sys.argv[1]}'\n"
        "record.results[name] = {'test': name}; record.collected.add(name)\n"
        "record.pytest_sessionfinish(types.SimpleNamespace(config=types.SimpleNamespace(args=['tests::one'])))\n"
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_servers.py").touch()
    command = [sys.executable, "-c", program]
    running = [subprocess.Popen([*command, str(number)], cwd=tmp_path) for number in range(8)]
    assert [process.wait(30) for process in running] == [0] * 8
    (written,) = (tmp_path / "var/results").glob("*.json")
    assert len(json.loads(written.read_text())) == 8
