"""The back end: each statement runs in its own scope, whatever happened on the connection before."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import scope
from tenants.models import Contact
from tenants.postgresql.base import DatabaseWrapper
from tests.tenants.sql import OneSession, raw

COPY = "COPY (SELECT email FROM tenants_contact) TO STDOUT"
STEPS = st.lists(st.sampled_from(["demo", "other", "platform", "none", "save", "undo", "keep", "fail", "break", "set"]), max_size=30)

pytestmark = [pytest.mark.postgresql, pytest.mark.promise("P20")]


def test_a_rollback_leaves_no_scope_behind(committed: SimpleNamespace) -> None:
    with scope.tenant(committed.other.pk):
        assert raw() == ["zoe@example.com"]
    with scope.tenant(committed.demo.pk):
        with transaction.atomic():
            assert raw() == ["ana@example.com"]
            transaction.set_rollback(True)
        assert raw() == ["ana@example.com"]  # PostgreSQL went back to the other tenant: it has to be told again
    assert raw() == []


def test_a_rollback_to_a_savepoint_leaves_no_scope_behind(committed: SimpleNamespace) -> None:
    with scope.tenant(committed.other.pk), transaction.atomic():
        assert raw() == ["zoe@example.com"]
        with scope.tenant(committed.demo.pk):
            with transaction.atomic():
                assert raw() == ["ana@example.com"]
                transaction.set_rollback(True)
            assert raw() == ["ana@example.com"]
        assert raw() == ["zoe@example.com"]


@pytest.mark.parametrize(
    "statement", ["ROLLBACK TO SAVEPOINT here", "  rollback to here", "RESET ALL", "SET app.tenant = ''", "DISCARD TEMP"]
)
def test_undoing_by_hand_is_noticed(committed: SimpleNamespace, statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SAVEPOINT here")
        with scope.tenant(committed.demo.pk):
            assert raw() == ["ana@example.com"]
            cursor.execute(statement)
            assert raw() == ["ana@example.com"]


def test_a_swallowed_error_leaves_no_scope_behind(committed: SimpleNamespace) -> None:
    """The commit of a failed transaction is a rollback, and PostgreSQL does not say so."""
    with scope.tenant(committed.other.pk):
        assert raw() == ["zoe@example.com"]
    with transaction.atomic(), scope.tenant(committed.demo.pk):
        assert raw() == ["ana@example.com"]
        with pytest.raises(DatabaseError):
            raw("SELECT 1 / 0")
    with scope.tenant(committed.demo.pk):
        assert raw() == ["ana@example.com"]


def test_a_new_connection_knows_nothing_of_the_old_one(committed: SimpleNamespace) -> None:
    with scope.tenant(committed.demo.pk):
        assert raw() == ["ana@example.com"]
        connection.close()
        assert raw() == ["ana@example.com"]
    connection.close()
    assert raw() == []


def test_a_connection_from_a_pool_is_told_before_its_first_statement(committed: SimpleNamespace) -> None:
    own = connection.copy(alias="pooled")
    own.settings_dict["OPTIONS"] = {**own.settings_dict["OPTIONS"], "pool": True}
    own._connection_pools["pooled"] = OneSession(own)
    seen = []
    for number in (committed.demo.pk, committed.other.pk, None):
        with scope.tenant(number) if number else nullcontext(), own.cursor() as cursor:
            cursor.execute("SELECT email FROM tenants_contact")
            seen.append(cursor.fetchall())
        own.close()
    own.close_pool()
    assert seen == [[("ana@example.com",)], [("zoe@example.com",)], []]


def test_a_cursor_that_crosses_scopes_follows_them(site: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        for tenant, seen in ((site.demo, "ana@example.com"), (site.other, "zoe@example.com")):
            with scope.tenant(tenant.pk):
                cursor.execute("SELECT email FROM tenants_contact")
                assert cursor.fetchall() == [(seen,)]


def test_copy_is_under_the_wall_too(site: SimpleNamespace) -> None:
    with scope.tenant(site.other.pk):
        assert raw() == ["zoe@example.com"]
    with (
        scope.tenant(site.demo.pk),
        connection.cursor() as cursor,
        cursor.copy("COPY (SELECT email FROM tenants_contact) TO STDOUT") as copy,
    ):
        assert b"".join(bytes(part) for part in copy) == b"ana@example.com\n"


def test_the_scope_is_told_only_when_it_changes(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    execute = psycopg.Connection.execute
    monkeypatch.setattr(psycopg.Connection, "execute", lambda self, sql, *rest: (told.append(bytes(sql)), execute(self, sql, *rest))[1])
    raw("SELECT 1")
    for _ in range(3):
        with scope.tenant(site.demo.pk):
            raw("SELECT 1")
            list(Contact.objects.all())
    with scope.platform():
        raw("SELECT 1")
    assert told == [b"SET app.tenant = ''", f"SET app.tenant = '{site.demo.pk}'".encode(), b"SET app.tenant = 'platform'"]


@given(STEPS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_each_statement_sees_its_own_scope(site: SimpleNamespace, steps: list[str]) -> None:
    """Scopes, savepoints, rollbacks and errors in any order, on one connection that remembers."""
    seen = {"demo": ["ana@example.com"], "other": ["zoe@example.com"], "platform": ["ana@example.com", "zoe@example.com"], "none": []}
    opened = {
        "demo": lambda: scope.tenant(site.demo.pk),
        "other": lambda: scope.tenant(site.other.pk),
        "platform": scope.platform,
        "none": nullcontext,
    }
    savepoints: list[str] = []
    now = "none"
    for step in steps:
        now = step if step in seen else now
        with opened[now]():
            disturb(step, savepoints)
            assert raw() == seen[now]


def disturb(step: str, savepoints: list[str]) -> None:
    if step == "save":
        savepoints.append(str(transaction.savepoint()))
    elif step == "undo" and savepoints:
        transaction.savepoint_rollback(savepoints.pop())
    elif step == "keep" and savepoints:
        transaction.savepoint_commit(savepoints.pop())
    elif step == "fail":
        with pytest.raises(DatabaseError), transaction.atomic():
            raw("SELECT 1 / 0")
    elif step == "break":
        broken = transaction.savepoint()
        with pytest.raises(DatabaseError):
            raw("SELECT 1 / 0")
        transaction.savepoint_rollback(broken)
    elif step == "set":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL app.tenant = 'platform'")


@pytest.mark.control("P20")
def test_a_back_end_that_does_not_forget_is_found_out(committed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test of random steps is for: without forgetting, a rolled back scope stays."""
    monkeypatch.setattr(DatabaseWrapper, "told", property(lambda self: self.__dict__.get("kept"), remember), raising=False)
    with scope.tenant(committed.other.pk):
        assert raw() == ["zoe@example.com"]
    with scope.tenant(committed.demo.pk):
        with transaction.atomic():
            assert raw() == ["ana@example.com"]
            transaction.set_rollback(True)
        assert raw() == ["zoe@example.com"]


def remember(self: DatabaseWrapper, value: str | None) -> None:
    self.__dict__["kept"] = self.__dict__.get("kept") if value is None else value


def test_a_thousand_changes_of_scope_are_cheap(site: SimpleNamespace, figure: Callable[[str, float], None]) -> None:
    def seconds(numbers: tuple[int, int]) -> float:
        begun = time.perf_counter()
        for number in numbers * 500:
            with scope.tenant(number), connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        return time.perf_counter() - begun

    seconds((site.demo.pk, site.other.pk))
    steady, changing = seconds((site.demo.pk, site.demo.pk)), seconds((site.demo.pk, site.other.pk))
    figure("us per change of scope", (changing - steady) * 1000)
    assert changing - steady < 1.0
