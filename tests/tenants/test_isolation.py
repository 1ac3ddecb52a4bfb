"""The second wall: PostgreSQL itself, asked with raw SQL and with the first wall taken away."""

from types import SimpleNamespace

import pytest
from django.db import connection, models, transaction
from django.db.utils import IntegrityError, ProgrammingError

from tenants import scope
from tenants.checks import owned
from tenants.isolation import Belongs, Isolate, unprotected
from tenants.models import Consent, Contact
from tests.tenants.sql import change, raw

pytestmark = [pytest.mark.postgresql, pytest.mark.promise("P20")]


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


def test_the_wall_goes_down_and_up_again(site: SimpleNamespace) -> None:
    for operation in (Isolate("tenants_contact"), Belongs("tenants_consent", "contact_id", "tenants_contact")):
        change(*operation.backwards(), *operation.forwards())
        assert type(operation)(*operation.deconstruct()[1]).forwards() == operation.forwards()
    assert unprotected(connection, ["tenants_contact"]) == []


@pytest.mark.control("P20")
def test_a_forgotten_filter_leaks_without_the_wall_and_is_held_by_it(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        contacts = models.QuerySet(Contact)  # the first wall gone, as in a view that goes past it
        assert {row.email for row in contacts} == {"ana@example.com"}, "the wall holds what the manager would have"
        change(*Isolate("tenants_contact").backwards())
        assert {row.email for row in contacts.all()} == {"ana@example.com", "zoe@example.com"}, "without the wall it leaks"
        assert {row.email for row in Contact.objects.all()} == {"ana@example.com"}, "the manager alone still filters"
