"""What is read from the environment: a wrong value is one sentence, and what is made is made whole."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from project import environment
from tests.servers.site import ROOT


def refused(capsys, ask) -> str:
    with pytest.raises(SystemExit):
        ask()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_proxies_are_addresses_and_networks(monkeypatch):
    monkeypatch.setenv("PROXIES", "10.0.0.1, 10.1.0.0/16,fd00::/8,")
    assert [str(each) for each in environment.networks("PROXIES")] == ["10.0.0.1/32", "10.1.0.0/16", "fd00::/8"]
    assert environment.networks("NONE_OF_THEM") == []


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "10.0.0.256", "*"])
def test_a_proxy_that_is_no_address_stops_the_start(monkeypatch, capsys, text):
    monkeypatch.setenv("PROXIES", text)
    assert text in refused(capsys, lambda: environment.networks("PROXIES"))


HOME = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("host", "demo", "names"),
    [
        ("127.0.0.1", True, HOME),
        ("192.168.1.5", True, [*HOME, "192.168.1.5"]),
        ("192.168.1.5", False, [*HOME, "192.168.1.5"]),
        ("fd00::5", True, [*HOME, "[fd00::5]"]),
        ("0.0.0.0", True, ["*"]),
        ("::", True, ["*"]),
        ("0.0.0.0", False, HOME),
    ],
)
def test_the_address_that_was_asked_for_is_answered(monkeypatch, host, demo, names):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    assert environment.hosts(host, demo) == names
    monkeypatch.setenv("ALLOWED_HOSTS", "play.example.com")
    assert environment.hosts(host, demo) == ["play.example.com"]


# Keys


@pytest.fixture
def var(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "VAR", tmp_path / "var")
    monkeypatch.delenv("SOME_KEY", raising=False)
    return tmp_path / "var"


def test_a_key_is_made_once_and_nobody_else_may_read_it(var):
    made = environment.key("SOME_KEY", demo=True)
    assert len(made) > 60
    assert environment.key("SOME_KEY", demo=True) == made
    assert (var / "some_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in var.iterdir()] == ["some_key"]


def test_who_starts_together_has_one_key(var):
    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(lambda _: environment.key("SOME_KEY", demo=True), range(20)))) == 1


def test_a_start_that_died_while_it_made_a_key_leaves_none(var, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: sys.exit("killed"))
    with pytest.raises(SystemExit):
        environment.key("SOME_KEY", demo=True)
    assert not (var / "some_key").exists()
    monkeypatch.undo()
    monkeypatch.setattr(environment, "VAR", var)
    assert len(environment.key("SOME_KEY", demo=True)) > 60


@pytest.mark.parametrize("text", ["", "\n", "half a key"])
def test_a_key_that_is_not_whole_stops_the_start(var, capsys, text):
    var.mkdir()
    (var / "some_key").write_text(text)
    assert "some_key" in refused(capsys, lambda: environment.key("SOME_KEY", demo=True))
    assert (var / "some_key").read_text() == text, "it is not ours to throw away"


def test_without_git_the_version_is_not_known(tmp_path):
    settings = {**os.environ, "PATH": str(tmp_path)}
    settings.pop("VERSION", None)
    ask = "from project import environment; print(environment.version())"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("unknown\n", "")


# How long the database is waited for


def options(monkeypatch, query="", *words):
    monkeypatch.setenv("DATABASE_URL", f"postgres://so:buzz@db.test:5432/games{query}")
    monkeypatch.setattr(sys, "argv", ["manage.py", *words])
    return environment.database()["OPTIONS"]


def test_nobody_waits_for_the_database_for_ever(monkeypatch):
    found = options(monkeypatch)
    assert (found["connect_timeout"], found["tcp_user_timeout"]) == (3, 5000)
    assert found["options"] == "-c lock_timeout=3s -c idle_in_transaction_session_timeout=10s -c statement_timeout=30s"


def test_a_migration_takes_as_long_as_it_takes(monkeypatch):
    assert options(monkeypatch, "", "migrate")["options"].endswith("-c statement_timeout=0")


def test_what_the_address_says_wins(monkeypatch):
    found = options(monkeypatch, "?sslmode=verify-full&connect_timeout=9&options=-c%20lock_timeout%3D1s")
    assert (found["sslmode"], found["connect_timeout"]) == ("verify-full", 9)
    assert found["options"].endswith("-c statement_timeout=30s -c lock_timeout=1s")


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_has_heard_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("3s", "30s")
