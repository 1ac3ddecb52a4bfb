"""Who may enter: roles, tenants, and the scope that is open inside."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tenants import scope
from tenants.models import Member
from tests.tenants.doors import GOOD, LOGIN

pytestmark = pytest.mark.urls("tests.tenants.doors")


@pytest.fixture
def signed_in(site: SimpleNamespace, client: Client) -> Client:
    client.post(LOGIN, GOOD)
    return client


def become(site: SimpleNamespace, role: str) -> None:
    with scope.tenant(site.demo.pk):
        Member.objects.filter(user=site.owner).update(role=role)


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("editor", 200), ("analyst", 403), ("moderator", 403)])
def test_a_door_for_editors_lets_editors_and_owners_in(site: SimpleNamespace, signed_in: Client, role: str, status: int) -> None:
    become(site, role)
    assert signed_in.get("/console/editors/").status_code == status


def test_a_role_that_changes_changes_at_once(site: SimpleNamespace, signed_in: Client) -> None:
    assert signed_in.get("/console/editors/").status_code == 200
    become(site, "analyst")
    assert signed_in.get("/console/editors/").status_code == 403


def test_who_is_no_member_any_more_is_out_at_once(site: SimpleNamespace, signed_in: Client) -> None:
    assert signed_in.get("/console/").status_code == 200
    with scope.tenant(site.demo.pk):
        Member.objects.all().delete()
    assert signed_in.get("/console/")["Location"].startswith("/console/choose/")


@pytest.mark.promise("P20")
def test_inside_the_scope_is_open_and_outside_it_is_not(site: SimpleNamespace, signed_in: Client) -> None:
    assert signed_in.get("/console/").json()["contacts"] == ["ana@example.com"]
    assert signed_in.get("/console/lazy/").content == b"ana@example.com"
    assert scope.peek() is None
