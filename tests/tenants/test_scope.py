"""The scope, and the managers that refuse to guess it."""

import asyncio
from types import SimpleNamespace

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import ObjectDoesNotExist

from tenants import scope
from tenants.checks import owned
from tenants.models import Consent, Contact, Member, Tenant
from tenants.models.base import ScopedManager

pytestmark = pytest.mark.promise("P20")


def test_no_scope_no_answer() -> None:
    assert scope.peek() is None
    with pytest.raises(scope.OutsideScope):
        scope.current()


def test_scopes_nest_and_come_back_also_after_an_error() -> None:
    with scope.tenant(1):
        with scope.platform():
            assert scope.current() is scope.PLATFORM
        with pytest.raises(ZeroDivisionError), scope.tenant(2):
            1 / 0  # noqa: B018
        assert scope.current() == 1
    assert scope.peek() is None


@pytest.mark.parametrize("wrong", [0, -1, None, "1", True])
def test_only_a_number_of_a_tenant_opens_a_scope(wrong: object) -> None:
    with pytest.raises(scope.OutsideScope), scope.tenant(wrong):  # type: ignore[arg-type]
        pass


async def test_a_scope_follows_await_and_threads_but_not_its_neighbours() -> None:
    async def ask(number: int) -> tuple[object, object]:
        with scope.tenant(number):
            await asyncio.sleep(0)
            return scope.current(), await sync_to_async(scope.current)()

    assert await asyncio.gather(ask(1), ask(2), ask(3)) == [(1, 1), (2, 2), (3, 3)]
    assert scope.peek() is None


def test_outside_a_scope_every_way_to_rows_raises(site: SimpleNamespace) -> None:
    ways = [
        lambda: Contact.objects.all(),
        lambda: Contact.objects.count(),
        lambda: Contact.objects.filter(pk=1).exists(),
        lambda: Contact.objects.create(email="x@example.com"),
        lambda: Contact.objects.bulk_create([Contact(email="x@example.com")]),
        lambda: Contact._base_manager.all(),
        lambda: site.mine.save(),
        lambda: site.mine.delete(),
        lambda: site.mine.refresh_from_db(),
        lambda: site.mine.consents.all(),
        lambda: Contact.objects.none(),
    ]
    for way in ways:
        with pytest.raises(scope.OutsideScope):
            way()


def test_inside_a_scope_only_its_rows_exist(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        assert list(Contact.objects.all()) == [site.mine]
        assert Contact.objects.filter(pk=site.theirs.pk).count() == 0
        assert Contact.objects.filter(pk=site.theirs.pk).update(email="taken@example.com") == 0
        assert Contact.objects.filter(pk=site.theirs.pk).delete()[0] == 0
        with pytest.raises(ObjectDoesNotExist):
            Contact.objects.get(pk=site.theirs.pk)
    with scope.platform():
        assert Contact.objects.count() == 2


def test_a_new_row_belongs_to_the_scope(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        assert Contact.objects.create(email="new@example.com").tenant == site.demo
        assert Contact.objects.bulk_create([Contact(email="bulk@example.com")])[0].tenant_id == site.demo.pk
        assert site.mine.consents.create(purpose="news", text_hash="0" * 64).tenant_id == site.demo.pk


def test_a_row_of_another_tenant_is_not_touched(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        ways = [
            lambda: Contact.objects.create(tenant=site.other, email="x@example.com"),
            lambda: Contact.objects.bulk_create([Contact(tenant=site.other, email="x@example.com")]),
            lambda: site.theirs.save(),
            lambda: site.theirs.delete(),
            lambda: Contact.objects.filter(pk=site.mine.pk).update(tenant=site.other),
        ]
        for way in ways:
            with pytest.raises(scope.OutsideScope):
                way()


def test_a_reference_to_another_tenants_row_finds_nothing(site: SimpleNamespace) -> None:
    with scope.tenant(site.other.pk):
        consent = Consent.objects.create(contact=site.theirs, purpose="news", text_hash="0" * 64)
    with scope.tenant(site.demo.pk):
        fresh = Consent(pk=consent.pk, contact_id=site.theirs.pk)
        with pytest.raises(ObjectDoesNotExist):
            fresh.contact  # noqa: B018
        assert list(site.theirs.consents.all()) == []


def test_a_query_does_not_outlive_its_scope(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        lazy = Contact.objects.order_by("pk")
    with pytest.raises(scope.OutsideScope):
        list(lazy)
    with scope.tenant(site.other.pk), pytest.raises(scope.OutsideScope):
        lazy.count()


def test_what_was_read_stays_readable(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk):
        rows = Contact.objects.all()
        assert len(rows) == 1
    assert [row.email for row in rows] == ["ana@example.com"]


def test_every_model_with_a_tenant_has_the_scoped_managers() -> None:
    assert {Member, Contact, Consent} <= set(owned())
    for model in owned():
        assert isinstance(model._default_manager, ScopedManager), model
        assert isinstance(model._base_manager, ScopedManager), model


def test_a_tenant_has_no_way_back_to_its_rows() -> None:
    """No reverse name, so no join from a table without a tenant into one that has one."""
    assert not [field.name for field in Tenant._meta.get_fields() if field.auto_created and not field.concrete and field.name.strip("+")]
