"""`docs/settings.md` lists what the code reads from the environment, with the defaults it has."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest

from tests.docs.pages import PACKAGES, ROOT, SPAN, names_in_table

PAGE = (ROOT / "docs/settings.md").read_text()
READERS = re.compile(r"(os\.)?(environ|getenv)(\.get|\.pop)?|(given\.)?(env(\.\w+)?|flag|number|choice|networks|secret|key)")
NAME = re.compile(r"[A-Z][A-Z0-9_]+")
SHOWN = """
import json, project.settings as settings
known = {name: value for name, value in vars(settings).items() if name.isupper()}
print(json.dumps(known, default=lambda value: type(value).__name__))
"""


def names_read(code: str) -> set[str]:
    """Names that are asked for: environ.get("X"), environ["X"], "X" in environ, env.str("X"), flag("X"), …"""
    found = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=asked, args=[ast.Constant(value=str(name)), *_]) if READERS.fullmatch(ast.unparse(asked)):
                found.add(name)
            case ast.Subscript(value=asked, slice=ast.Constant(value=str(name))) if READERS.fullmatch(ast.unparse(asked)):
                found.add(name)
            case ast.Compare(left=ast.Constant(value=str(name)), comparators=[asked]) if READERS.fullmatch(ast.unparse(asked)):
                found.add(name)
    return {name for name in found if NAME.fullmatch(name)}


def read() -> set[str]:
    return set().union(*(names_read(file.read_text()) for package in PACKAGES for file in (ROOT / package).rglob("*.py")))


def test_every_variable_that_is_read_is_listed_and_every_listed_one_is_read():
    assert set(names_in_table(PAGE)) == read()
    assert len(names_in_table(PAGE)) == len(read()), "once each"


@pytest.mark.parametrize(
    "code", ["os.environ.get('NEW_ONE', 1)", "os.environ['NEW_ONE']", "'NEW_ONE' in os.environ", "given.env.str('NEW_ONE')"]
)
def test_a_variable_is_noticed_however_it_is_read(code):
    assert names_read(code) == {"NEW_ONE"}


def shown(**environment: str) -> dict:
    """The settings of a process that is given these variables and none besides."""
    kept = {name: os.environ[name] for name in ("PATH", "SECRET_KEY", "PLATFORM_KEY", "VAR_DIR")}
    command = [sys.executable, "-c", SHOWN]
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def promised() -> dict[str, str]:
    """The defaults as the page words them; names that share a row share it in order."""
    rows = [
        (SPAN.findall(names), SPAN.findall(default)) for names, default in re.findall(r"^\|([^|]*`[^|]*)\|([^|]*)\|", PAGE, re.MULTILINE)
    ]
    return {name: value for names, values in rows for name, value in zip(names, values, strict=False)}


def test_the_defaults_are_those_of_the_page():
    settings, default = shown(REDIS_URL="redis://127.0.0.1:1/0"), promised()
    for name in ("HOST", "PORT", "ENGINE_SHARDS", "METRICS_HOST", "METRICS_PORT", "LOG_FORMAT"):
        assert str(settings[name]) == default[name]
    for name in ("DEMO", "SECURE", "DEBUG"):
        assert str(int(settings[name])) == default[name]
    assert settings["LOGGING"]["root"]["level"] == default["LOG_LEVEL"]
    assert settings["CHANNEL_LAYERS"]["default"]["CONFIG"]["prefix"] == default["REDIS_PREFIX"]
    assert settings["SQLITE"]
    assert "InMemory" in shown()["CHANNEL_LAYERS"]["default"]["BACKEND"]


def test_host_names_are_as_the_page_says():
    (row,) = re.findall(r"^\| `ALLOWED_HOSTS`.*$", PAGE, re.MULTILINE)
    *always, own = SPAN.findall(row.split("|")[2])
    assert (shown()["ALLOWED_HOSTS"], own) == (always, "HOST")
    assert shown(HOST="192.0.2.7")["ALLOWED_HOSTS"] == [*always, "192.0.2.7"]
    assert shown(DEMO="1", HOST="0.0.0.0")["ALLOWED_HOSTS"] == ["*"]
    assert shown(ALLOWED_HOSTS="a.test,b.test")["ALLOWED_HOSTS"] == ["a.test", "b.test"]
