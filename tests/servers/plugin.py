"""Starts what the tests need before Django reads its settings, and stops it at the end, also after Ctrl-C.

An address that is given wins: DATABASE_URL, REDIS_URL. TEST_DATABASE=sqlite runs on a file and the in-memory layer instead, the
way `make run` does; then only tests that touch the database are worth running: `--touching-database`.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator

import pytest

from project import words
from tests.servers import postgres, process, redis

IDLE = ("--help", "-h", "--version", "-V", "--collect-only", "--co", "--fixtures", "--markers")
DATABASE = {"db", "transactional_db", "django_db_setup", "databases"}
running: list = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--touching-database", action="store_true", help="only tests that touch the database")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Iterator[None]:
    """A wrapper runs before pytest-django's own hook, which imports the settings."""
    process.sweep()
    use_keys()
    words.compile_stale()
    if on_sqlite():
        use_sqlite()
    elif not set(IDLE) & set(args) and "PYTEST_XDIST_WORKER" not in os.environ:
        start()
    return (yield)


def use_keys() -> None:
    """Nothing of a test may land in the developer's own var/."""
    folder = process.temporary("var")
    atexit.register(process.remove, folder)
    os.environ["VAR_DIR"] = str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # servers are started some hundred times: let them compile our code once
    for name in ("SECRET_KEY", "PLATFORM_KEY"):
        os.environ.setdefault(name, f"{name} of the tests and of nothing else at all")


def on_sqlite() -> bool:
    return os.environ.get("TEST_DATABASE") == "sqlite"


def use_sqlite() -> None:
    folder = process.temporary("sqlite")
    atexit.register(process.remove, folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/sobuzz.sqlite3"
    os.environ.pop("REDIS_URL", None)


def start() -> None:
    """Both are launched by the main thread (they die with it) and come up side by side."""
    atexit.register(stop)
    database = None if "DATABASE_URL" in os.environ else own_postgres()
    layer = None if "REDIS_URL" in os.environ else own_redis()
    if database is None:
        refuse_power(os.environ["DATABASE_URL"])
    if layer is not None:
        layer.wait()
        os.environ["REDIS_URL"] = layer.url
    if database is not None:
        database.wait()
        database.welcome()
        os.environ["DATABASE_URL"] = database.url


def own_postgres() -> postgres.Postgres:
    place = postgres.binaries()
    if place is None:
        pytest.exit("No PostgreSQL found. Debian: apt-get install postgresql. Or name one: DATABASE_URL=postgres://...", 4)
    server = postgres.Postgres(place)
    running.append(server)
    server.create()
    server.launch()
    return server


def own_redis() -> redis.Redis:
    place = redis.binary()
    if place is None:
        pytest.exit("No Redis found. Debian: apt-get install redis-server. Or name one: REDIS_URL=redis://...", 4)
    server = redis.Redis(place)
    running.append(server)
    server.launch()
    return server


def refuse_power(url: str) -> None:
    if not url.startswith("sqlite") and postgres.may_bypass(url):
        pytest.exit(f"The role of DATABASE_URL is above row-level security. Make one that is not: {postgres.ROLE}", 4)


def stop() -> None:
    while running:
        running.pop().stop()


def pytest_unconfigure() -> None:
    stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite in memory and threads do not mix: the test database is a file too. A test's transaction lasts as long as the test."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = f"{settings['NAME']}.test"
    else:
        settings["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"


def touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if on_sqlite():
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(pytest.mark.skip(reason="makes sense on PostgreSQL only"))
    if config.getoption("--touching-database"):
        rest = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=rest)
        items[:] = [item for item in items if touches_database(item)]
