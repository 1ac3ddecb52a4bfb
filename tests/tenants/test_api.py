"""Tokens of the API: how one gets one, and what it opens."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tenants import scope
from tenants.models import ApiToken, Member, User

pytestmark = pytest.mark.urls("tests.tenants.doors")
GOOD = {"email": "owner@demo.test", "password": "so-buzz-demo"}


def ask(client: Client, **fields: object) -> tuple[int, dict]:
    answer = client.post("/api/v1/tokens", {**GOOD, **fields}, content_type="application/json")
    return answer.status_code, answer.json()


def contacts(client: Client, token: str) -> tuple[int, object]:
    answer = client.get("/api/v1/contacts", headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def test_a_token_opens_its_tenant(site: SimpleNamespace, client: Client) -> None:
    status, answer = ask(client)
    assert status == 201
    assert contacts(client, answer["token"]) == (200, ["ana@example.com"])
    assert scope.peek() is None


def test_only_a_digest_is_kept(site: SimpleNamespace, client: Client) -> None:
    secret = ask(client)[1]["token"]
    with scope.platform():
        (row,) = ApiToken.objects.values().all()
    assert secret not in str(row)
    assert len(secret) > 40


@pytest.mark.parametrize("token", ["", "x", "sobuzz_" + "a" * 43, "é", "a" * 5000])
def test_anything_else_opens_nothing(site: SimpleNamespace, client: Client, token: str) -> None:
    assert contacts(client, token)[0] == 401


@pytest.mark.parametrize("end", ["expired", "not a member", "not active", "revoked"])
def test_a_token_ends_with_what_it_stood_for(site: SimpleNamespace, client: Client, end: str) -> None:
    token = ask(client)[1]["token"]
    assert contacts(client, token)[0] == 200
    with scope.tenant(site.demo.pk):
        if end == "expired":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        if end == "not a member":
            Member.objects.all().delete()
        if end == "revoked":
            ApiToken.objects.all().delete()
    if end == "not active":
        User.objects.update(is_active=False)
    assert contacts(client, token)[0] == 401


def test_its_use_is_noted_once_an_hour(site: SimpleNamespace, client: Client, django_assert_num_queries) -> None:
    token = ask(client)[1]["token"]
    contacts(client, token)
    with scope.platform():
        first = ApiToken.objects.get().used_at
    contacts(client, token)
    with scope.platform():
        assert ApiToken.objects.get().used_at == first
    assert first is not None


@pytest.mark.promise("P28")
def test_wrong_credentials_share_the_limit_of_the_page(site: SimpleNamespace, client: Client) -> None:
    assert [ask(client, password="not-the-password")[0] for _ in range(6)] == [401] * 5 + [429]
    assert client.post("/console/login/", GOOD).status_code == 429
    unknown = ask(client, email="nobody@demo.test")
    assert unknown[0] == 401
    assert unknown[1]["error"]["code"] == "wrong"


@pytest.mark.parametrize(
    "fields",
    [{"email": None}, {"email": 5}, {"email": "x" * 300}, {"password": "x" * 2000}, {"email": "\ud800"}, {"tenant": 5}],
)
def test_bad_input_is_named(site: SimpleNamespace, client: Client, fields: dict[str, object]) -> None:
    status, answer = ask(client, **fields)
    assert (status, answer["error"]["code"]) == (400, "bad_request")
    assert f"“{next(iter(fields))}”" in answer["error"]["message"]
    assert set(answer) == {"error"}


def test_a_field_that_is_missing_is_named_in_the_language_of_who_asks(site: SimpleNamespace, client: Client) -> None:
    for language, said in (("en", "The field “password” is missing."), ("fr", "Le champ «\u202fpassword\u202f» manque.")):
        answer = client.post(
            "/api/v1/tokens", {"email": "a@b.test"}, content_type="application/json", headers={"accept-language": language}
        )
        assert answer.json() == {"error": {"code": "bad_request", "message": said}}


@pytest.mark.parametrize("body", [b"{", b"[]", b"5", b"", b"\xff", b"[" * 5000])
def test_what_is_no_object_is_told(site: SimpleNamespace, client: Client, body: bytes) -> None:
    answer = client.post("/api/v1/tokens", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_without_a_token_the_door_says_what_it_wants(site: SimpleNamespace, client: Client) -> None:
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic x"}):
        answer = client.get("/api/v1/contacts", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")


def test_nul_is_a_wrong_address_and_no_error(site: SimpleNamespace, client: Client) -> None:
    assert ask(client, email="owner\0@demo.test")[0] == 401


@pytest.mark.parametrize("name", ["a\0b", "a\nb", "x" * 81, "\x7f", "\ud800"])
def test_a_token_has_a_name_that_can_be_read(site: SimpleNamespace, client: Client, name: str) -> None:
    assert ask(client, name=name)[0] == 400
    assert ask(client, name=" Kiosque d’entrée ")[0] == 201
    with scope.platform():
        assert ApiToken.objects.get().name == "Kiosque d’entrée"


def test_with_several_spaces_one_has_to_be_named(site: SimpleNamespace, client: Client) -> None:
    with scope.tenant(site.other.pk):
        Member.objects.create(user=site.owner, role="analyst")
    assert ask(client)[1]["error"]["code"] == "which_tenant"
    assert contacts(client, ask(client, tenant="other")[1]["token"]) == (200, ["zoe@example.com"])


@pytest.mark.promise("P20")
def test_a_space_of_others_looks_like_none(site: SimpleNamespace, client: Client) -> None:
    assert ask(client, tenant="other") == ask(client, tenant="no-such")
    assert ask(client, tenant="other")[1]["error"]["code"] == "no_tenant"
