"""The command line teaches: what can be done, what each command is for, and in one sentence what was wrong."""

import os
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import InternalError

from project import shell
from tenants.command import Explained
from tests.docs.pages import PACKAGES
from tests.servers.site import ROOT

OURS = sorted(name for name, app in get_commands().items() if str(app).partition(".")[0] in PACKAGES)


def asked(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    """As somebody does who has just fetched it: no key, nothing set."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEMO", "SECRET_KEY", "PLATFORM_KEY")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**kept, **settings}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def listed() -> str:
    return asked("help").stdout


@pytest.mark.parametrize("how", [[], ["--help"], ["-h"]], ids=["nothing", "--help", "-h"])
def test_whoever_asks_in_whatever_way_gets_the_same_list(listed, how):
    done = asked(*how)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", listed)


def test_ours_come_first_in_groups_a_line_each_with_what_they_are_for(listed):
    own, djangos = listed.split("Django's own")
    for wish, names in shell.GROUPS.items():
        assert f"\n{wish}\n" in own
        for name in names:
            (line,) = re.findall(rf"^  {name} +(\S.*)$", own, re.MULTILINE)
            assert line == load_command_class(get_commands()[name], name).help
    assert {"migrate", "shell", "createsuperuser"} <= set(re.findall(r"[a-z_]+", djangos))
    assert max(len(line) for line in listed.splitlines()) <= 140


def test_no_command_of_ours_is_forgotten():
    assert sorted(name for names in shell.GROUPS.values() for name in names) == OURS


def test_the_first_steps_are_commands_that_exist(listed):
    steps = re.findall(r"manage\.py ([a-z_]+)", " ".join(shell.STEPS))
    assert steps[0] == "up"
    assert set(steps) <= set(get_commands())
    assert listed.index("First steps") < listed.index("Run it")


@pytest.mark.parametrize("name", OURS)
def test_the_help_of_a_command_says_what_it_is_for_with_an_example(name):
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    said = parser.format_help()
    assert re.fullmatch(r"[A-Z][^.]*\.", command.help), "one sentence"
    assert said.index(command.help[:40]) < said.index(f"manage.py {name}", said.index(command.help[:40])) < said.rindex("--version")
    assert all(action.help for action in parser._actions), "each option is explained"
    options = {option for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"(?<!\S)--[a-z-]+", command.examples)) <= options, "what the examples use exists"


def test_verify_explains_itself_though_it_needs_no_settings():
    done = asked("verify", "--help")
    assert done.returncode == 0
    assert "manage.py verify moments FOLDER" in done.stdout


NOWHERE = "postgres://nobody@127.0.0.1:9/nothing"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check_invariants"], 1, "The database cannot be used"),
        (["demo"], 1, "The database cannot be used"),
        (["sync_schedules"], 1, "The database cannot be used"),
        (["crowd"], 1, "The database cannot be used"),
        (["crowd", "--url", "http://127.0.0.1"], 1, "--url is where sockets are opened"),
        (["crowd", "--bots", "many"], 2, "invalid int value"),
        (["serve", "--port", "70000"], 1, "There is no port 70000"),
        (["engine"], 1, "Set REDIS_URL"),
        (["verify"], 2, "say what to verify"),
        (["crwd"], 1, "Did you mean crowd"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_goes_wrong_is_said_in_a_sentence(arguments, code, said, tmp_path):
    done = asked(*arguments, DEMO="1", DATABASE_URL=NOWHERE, REDIS_URL="", VAR_DIR=str(tmp_path))
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line[:1] not in (" ", "u")]) <= 2


def test_a_database_that_was_not_prepared_is_a_sentence_too(tmp_path):
    done = asked("demo", DEMO="1", DATABASE_URL=f"sqlite:///{tmp_path}/empty", VAR_DIR=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "no such table" in done.stderr
    assert "manage.py doctor --at-rest" in done.stderr


class Slow(Explained):
    help, examples, requires_system_checks = "Takes long.", "", []

    def handle(self, *args, **options):
        raise InternalError("terminating connection due to idle-in-transaction timeout\nand more")


def test_a_transaction_that_the_database_ended_is_a_sentence_too():
    with pytest.raises(CommandError, match=r"^The database cannot be used: .* idle-in-transaction timeout\. `manage"):
        call_command(Slow())
