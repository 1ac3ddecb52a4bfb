"""What a token was made for, and that it never may more than its member at this moment."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tenants import scope, tokens
from tenants.models import ApiToken, Member, User
from tenants.rights import Shown, rights
from tests.tenants.doors import GOOD

pytestmark = pytest.mark.urls("tests.tenants.doors")


def make(client: Client, **fields: object) -> tuple[int, dict]:
    answer = client.post("/api/v1/tokens", {**GOOD, **fields}, content_type="application/json")
    return answer.status_code, answer.json()


def numbers(client: Client, token: str) -> tuple[int, object]:
    answer = client.get("/api/v1/numbers", headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


@pytest.mark.parametrize("scopes", [[], ["watch"], ["operate", "watch"], ["watch", "watch"]])
def test_a_token_opens_what_it_was_made_for_and_without_a_word_all(site: SimpleNamespace, client: Client, scopes: list[str]) -> None:
    token = make(client, scopes=scopes)[1]["token"]
    assert numbers(client, token)[0] == 200
    with scope.platform():
        assert ApiToken.objects.get().scopes == sorted(set(scopes))


def test_a_token_that_was_made_for_something_else_is_told_so(site: SimpleNamespace, client: Client) -> None:
    status, answer = numbers(client, make(client, scopes=["operate"])[1]["token"])
    assert (status, answer["error"]["code"]) == (403, "out_of_scope")


@pytest.mark.parametrize("scopes", [["everything"], "watch", [5], ["watch"] * 50, ["watch\0"]])
def test_a_scope_that_is_none_is_refused(site: SimpleNamespace, client: Client, scopes: object) -> None:
    status, answer = make(client, scopes=scopes)
    assert (status, answer["error"]["code"]) == (400, "bad_request")
    assert "“scopes" in answer["error"]["message"]


@pytest.fixture
def held(site: SimpleNamespace) -> SimpleNamespace:
    with scope.tenant(site.demo.pk):
        row, _secret = ApiToken.issue(site.owner, scopes=["watch"])
    return SimpleNamespace(**vars(site), token=row)


def holder(held: SimpleNamespace, tenant: object = None, token: int | None = None) -> tokens.Holder | None:
    shown = Shown((tenant or held.demo).pk, member=held.member.pk, token=held.token.pk if token is None else token)
    with scope.platform():
        found = rights([shown]).get(shown)
    return found and found.holder


def test_who_stands_behind_a_ticket_is_read_from_the_rows(held: SimpleNamespace) -> None:
    assert holder(held) == ("owner", ["watch"])
    assert holder(held, token=0) == ("owner", [])
    assert holder(held, tenant=held.other) is None
    assert holder(held, token=held.token.pk + 1) is None
    with scope.tenant(held.demo.pk):
        Member.objects.update(role="analyst")
        ApiToken.objects.update(scopes=["operate"])
    assert holder(held) == ("analyst", ["operate"])


@pytest.mark.parametrize("end", ["expired", "withdrawn", "not a member", "not active", "another's"])
def test_a_holder_ends_with_token_account_and_membership(held: SimpleNamespace, end: str) -> None:
    with scope.tenant(held.demo.pk):
        if end == "expired":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        if end == "withdrawn":
            ApiToken.objects.all().delete()
        if end == "not a member":
            Member.objects.all().delete()
        if end == "another's":
            ApiToken.objects.update(user=held.stranger)
    if end == "not active":
        User.objects.update(is_active=False)
    assert holder(held) is None
