"""The database: there, whole, walled, on time, and safe in its settings."""

import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, InterfaceError

from games.store.lookup import database_time
from project.doctor.findings import Finding, Look
from project.doctor.settings import told

CONNECTING = 5  # seconds
DRIFT, APART = 0.5, 2.0  # seconds; from the second on games stand still (decision 6)
FEW_CONNECTIONS, FULL = 60, 0.8

# What a commit that was confirmed depends on, and what it must be.
SAFE = {
    "synchronous_commit": ({"on", "remote_apply", "remote_write"}, "Commits are confirmed before they are safe."),
    "fsync": ({"on"}, "A power cut may destroy the database."),
    "full_page_writes": ({"on"}, "A power cut may destroy the database."),
    "default_transaction_isolation": ({"read committed"}, "Commits of several games would fail each other."),
    "TimeZone": ({"UTC"}, "Days would begin at another hour."),
}
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}


class Unreachable(Exception):
    """Nothing else can be said of it."""


def asked(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def reached() -> None:
    """Raises Unreachable. A doctor does not wait for ever."""
    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"].setdefault("connect_timeout", CONNECTING)
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as problem:
        raise Unreachable(str(problem)) from problem


def there() -> Iterator[Finding]:
    reached()
    begun = time.perf_counter()
    version = asked("SELECT sqlite_version()") if settings.SQLITE else asked("SHOW server_version")
    took = (time.perf_counter() - begun) * 1000
    name = "SQLite" if settings.SQLITE else "PostgreSQL"
    yield Finding("ok", "database", f"{name} {version.split()[0]} answers in {took:.1f} ms.")


def unapplied() -> list[str]:
    executor = MigrationExecutor(connection)
    return [f"{migration.app_label}.{migration.name}" for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrated() -> Iterator[Finding]:
    reached()
    missing = unapplied()
    if missing:
        yield Finding("fail", "migrations", f"{len(missing)} are missing, the first is {missing[0]}.", "Run: manage.py migrate")
    else:
        yield Finding("ok", "migrations", "All are applied.")


def walls() -> Iterator[Finding]:
    reached()
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    for message in found:
        yield told(message, "walls")
    if found:
        return
    if settings.SQLITE:
        yield Finding("ok", "walls", "On SQLite the code alone keeps tenants apart; on PostgreSQL the database does too.")
    elif not unapplied():
        yield Finding("ok", "walls", f"Row-level security binds the role {asked('SELECT current_user')} on every table of a tenant.")


def clock() -> Iterator[Finding]:
    reached()
    before = time.time()
    offset = database_time() - (before + time.time()) / 2
    says = f"The database's clock and this machine's are {abs(offset):.2f} s apart."
    if abs(offset) > APART:
        yield Finding("fail", "clock", says, "Start time synchronisation (chrony, systemd-timesyncd) on both.")
    elif abs(offset) > DRIFT:
        yield Finding("warn", "clock", says, f"Above {APART:.0f} s a jump stops the games: look after time synchronisation.")
    else:
        yield Finding("ok", "clock", says)


def safe() -> Iterator[Finding]:
    reached()
    find: Callable[[], Iterator[Finding]] = pragmas if settings.SQLITE else options
    yield from find()


def pragmas() -> Iterator[Finding]:
    wrong = {name: found for name, wanted in PRAGMAS.items() if (found := asked(f"PRAGMA {name}")) != wanted}
    for name, found in wrong.items():
        yield Finding(
            "fail", "safety", f"PRAGMA {name} is {found}, not {PRAGMAS[name]}.", "Move the file to a local disk; networks break WAL."
        )
    if not wrong:
        yield Finding("ok", "safety", "WAL, synchronous=FULL and foreign keys are on.")


def options() -> Iterator[Finding]:
    wrong = {name: found for name, (wanted, _) in SAFE.items() if (found := asked(f"SHOW {name}")) not in wanted}
    for name, found in wrong.items():
        wanted, why = SAFE[name]
        yield Finding("fail", "safety", f"{name} is {found}. {why}", f"Set {name} to {sorted(wanted)[0]} in PostgreSQL.")
    if not wrong:
        yield Finding("ok", "safety", "Commits are confirmed when they are safe (synchronous_commit, fsync, full_page_writes).")
    yield from room()


def room() -> Iterator[Finding]:
    most, used = (
        int(asked("SHOW max_connections")),
        int(asked("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")),
    )
    says = f"{used} of {most} connections are in use."
    if used > most * FULL:
        yield Finding("fail", "connections", says, "Raise max_connections, or end who holds them: the next ones are refused.")
    elif most < FEW_CONNECTIONS:
        yield Finding("warn", "connections", says, f"Raise max_connections to {FEW_CONNECTIONS} or more: a web process may want 25.")
    else:
        yield Finding("ok", "connections", says)


DATABASE = (
    Look("database", there),
    Look("migrations", migrated),
    Look("walls", walls),
    Look("clock", clock),
    Look("safety", safe),
)
