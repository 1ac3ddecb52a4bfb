"""The door of the console: its page, where it leads, and the choice of the space."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tenants import scope
from tenants.models import Member, User
from tests.tenants.doors import GOOD, LOGIN, WRONG

pytestmark = pytest.mark.urls("tests.tenants.doors")


def test_a_member_signs_in_and_lands_in_his_space(site: SimpleNamespace, client: Client) -> None:
    assert client.get(LOGIN).status_code == 200
    answer = client.post(LOGIN, GOOD, follow=True)
    assert answer.json() == {"tenant": "demo", "role": "owner", "contacts": ["ana@example.com"]}


def test_spelling_of_the_address_does_not_matter(site: SimpleNamespace, client: Client) -> None:
    assert client.post(LOGIN, {**GOOD, "email": " Owner@DEMO.test "}).status_code == 302


def test_he_comes_back_to_where_he_wanted_to_go(site: SimpleNamespace, client: Client) -> None:
    answer = client.get("/console/lazy/?a=1")
    assert answer["Location"] == "/console/login/?next=/console/lazy/%3Fa%3D1"
    answer = client.post(LOGIN, {**GOOD, "next": "/console/lazy/?a=1"})
    assert answer["Location"] == "/console/lazy/?a=1"


@pytest.mark.parametrize(
    "next_page", ["https://evil.test/", "//evil.test", "javascript:alert(1)", "\\\\evil.test", "/\\evil.test", "https:evil.test"]
)
def test_but_never_to_another_site(site: SimpleNamespace, client: Client, next_page: str) -> None:
    assert client.post(LOGIN, {**GOOD, "next": next_page})["Location"] == "/console/"


def test_a_wrong_password_keeps_what_was_typed_but_not_the_password(site: SimpleNamespace, client: Client) -> None:
    answer = client.post(LOGIN, {**WRONG, "next": "/console/lazy/"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="owner@demo.test"' in page
    assert 'value="/console/lazy/"' in page
    assert "not-the-password" not in page
    assert "E-mail and password do not go together" in page


def test_the_page_speaks_french(site: SimpleNamespace, client: Client) -> None:
    page = client.post(f"{LOGIN}?lang=fr", WRONG).content.decode()
    assert '<html lang="fr"' in page
    assert "ne vont pas ensemble" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "", "password": ""},
        {"email": "owner", "password": "x"},
        {"email": "a\x00@demo.test", "password": "x"},
        {"email": "owner@demo.test", "password": "x\x00"},
        {"email": "owner@demo.test", "password": "x" * 129},
        {"email": "x" * 10_000, "password": "x" * 10_000},
        {"email": "<script>alert(1)</script>@demo.test", "password": "x"},
    ],
)
def test_bad_input_is_told_and_counts_for_nothing(site: SimpleNamespace, client: Client, fields: dict[str, str]) -> None:
    answer = client.post(LOGIN, fields)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content


def test_a_wrong_method_is_refused(site: SimpleNamespace, client: Client) -> None:
    assert client.put(LOGIN).status_code == 405
    assert client.get("/console/logout/").status_code == 405


def test_a_form_from_elsewhere_is_refused(site: SimpleNamespace) -> None:
    assert Client(enforce_csrf_checks=True).post(LOGIN, GOOD).status_code == 403


def test_who_is_not_active_does_not_enter(site: SimpleNamespace, client: Client) -> None:
    User.objects.filter(pk=site.owner.pk).update(is_active=False)
    assert client.post(LOGIN, GOOD).status_code == 422


def test_signing_out_ends_it(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    assert client.post("/console/logout/")["Location"] == LOGIN
    assert client.get("/console/").status_code == 302


def test_who_is_signed_in_need_not_again(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    assert client.get(f"{LOGIN}?next=/console/lazy/")["Location"] == "/console/lazy/"


def test_with_two_spaces_he_chooses_and_may_change(site: SimpleNamespace, client: Client) -> None:
    with scope.tenant(site.other.pk):
        Member.objects.create(user=site.owner, role="analyst")
    answer = client.post(LOGIN, {**GOOD, "next": "/console/"})
    assert answer["Location"] == "/console/choose/?next=%2Fconsole%2F"
    assert client.get("/console/")["Location"].startswith("/console/choose/")
    page = client.get("/console/choose/").content.decode()
    assert "Demo" in page
    assert "Other" in page
    for tenant in (site.other, site.demo):
        client.post("/console/choose/", {"tenant": tenant.public_id, "next": "/console/"})
        assert client.get("/console/").json()["tenant"] == tenant.slug


@pytest.mark.promise("P20")
def test_a_space_of_others_cannot_be_chosen(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    client.post("/console/choose/", {"tenant": site.other.public_id})
    assert client.get("/console/").json()["tenant"] == "demo"


def test_without_a_space_the_page_says_what_to_do(db: None, client: Client) -> None:
    User.objects.create_user("lost@demo.test", "so-buzz-demo")
    answer = client.post(LOGIN, {"email": "lost@demo.test", "password": "so-buzz-demo"}, follow=True)
    assert "lost@demo.test" in answer.content.decode()
    assert client.get("/console/choose/").status_code == 200
