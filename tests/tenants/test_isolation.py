"""The second wall: PostgreSQL itself, asked with raw SQL and with the first wall taken away."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.utils import IntegrityError, ProgrammingError

from tenants import scope
from tenants.checks import owned
from tenants.isolation import Belongs, Isolate, unprotected
from tenants.models import Consent, Contact
from tenants.postgresql.base import DatabaseWrapper

COPY = "COPY (SELECT email FROM tenants_contact) TO STDOUT"

pytestmark = [pytest.mark.postgresql, pytest.mark.promise("P20")]


def change(*statements: str) -> None:
    """Alters tables; what is checked at the end of a transaction is checked now, PostgreSQL insists on it."""
    with connection.cursor() as cursor:
        for statement in ("SET CONSTRAINTS ALL IMMEDIATE", *statements):
            cursor.execute(statement)


def raw(sql: str = "SELECT email FROM tenants_contact ORDER BY email", *params: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def without_manager() -> Iterator[models.QuerySet[Contact]]:
    """The first wall gone, as in a view that goes past it."""
    yield models.QuerySet(Contact)


class OneSession:
    """A pool of a single session, so that everybody gets what somebody else has used."""

    def __init__(self, wrapper: DatabaseWrapper) -> None:
        self.session = wrapper.Database.connect(**wrapper.get_connection_params(), autocommit=True)
        self.session._pool = self

    def open(self) -> None:
        pass

    def getconn(self) -> psycopg.Connection:
        return self.session

    def putconn(self, session: psycopg.Connection) -> None:
        pass

    def close(self) -> None:
        self.session.close()


def test_our_role_is_not_above_the_policies(site: SimpleNamespace) -> None:
    assert raw("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == [False]


def test_every_table_with_a_tenant_has_its_wall(site: SimpleNamespace) -> None:
    assert owned()
    assert unprotected(connection, [model._meta.db_table for model in owned()]) == []


def test_a_table_without_a_wall_or_with_a_hole_is_named(site: SimpleNamespace) -> None:
    assert unprotected(connection, ["tenants_user"]) == [
        "tenants_user has no wall between tenants: add Isolate('tenants_user') to its migration."
    ]
    change("CREATE POLICY hole ON tenants_contact USING (true)")
    assert len(unprotected(connection, ["tenants_contact"])) == 1


def test_without_a_scope_raw_sql_finds_nothing(site: SimpleNamespace) -> None:
    assert raw() == []


def test_in_a_scope_raw_sql_finds_its_rows_alone(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        assert raw() == ["ana@example.com"]
    with scope.tenant(site.other.pk):
        assert raw() == ["zoe@example.com"]
    with scope.platform():
        assert raw() == ["ana@example.com", "zoe@example.com"]
    assert raw() == []


def test_a_row_for_another_tenant_is_refused(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk), connection.cursor() as cursor:
        insert = "INSERT INTO tenants_contact (tenant_id, email, created_at) VALUES (%s, 'x@example.com', now())"
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(insert, [site.other.pk])
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("UPDATE tenants_contact SET tenant_id = %s", [site.other.pk])
        cursor.execute("UPDATE tenants_contact SET email = 'x@example.com' WHERE id = %s", [site.theirs.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM tenants_contact WHERE id = %s", [site.theirs.pk])
        assert cursor.rowcount == 0


def test_a_reference_into_another_tenant_is_refused(committed: SimpleNamespace) -> None:
    with scope.tenant(committed.demo.pk), pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(contact_id=committed.theirs.pk, purpose="news", text_hash="0" * 64)


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


def test_the_wall_goes_down_and_up_again(site: SimpleNamespace) -> None:
    for operation in (Isolate("tenants_contact"), Belongs("tenants_consent", "contact_id", "tenants_contact")):
        change(*operation.backwards(), *operation.forwards())
        assert type(operation)(*operation.deconstruct()[1]).forwards() == operation.forwards()
    assert unprotected(connection, ["tenants_contact"]) == []


@pytest.mark.control("P20")
def test_a_forgotten_filter_leaks_without_the_wall_and_is_held_by_it(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk), without_manager() as contacts:
        assert {row.email for row in contacts} == {"ana@example.com"}, "the wall holds what the manager would have"
        change(*Isolate("tenants_contact").backwards())
        assert {row.email for row in contacts.all()} == {"ana@example.com", "zoe@example.com"}, "without the wall it leaks"
        assert {row.email for row in Contact.objects.all()} == {"ana@example.com"}, "the manager alone still filters"


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
