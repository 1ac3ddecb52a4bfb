"""The sign-in with a password: its limits, and its silence about who exists."""

import re
import statistics
import time
from collections.abc import Callable
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from django.core import signing
from django.test import Client

from tenants import signin, throttle
from tests.tenants.doors import GOOD, LOGIN, WRONG

pytestmark = pytest.mark.urls("tests.tenants.doors")


@pytest.mark.promise("P28")
def test_after_five_wrong_tries_the_account_rests(site: SimpleNamespace, client: Client) -> None:
    answers = [client.post(LOGIN, WRONG).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    locked = client.post(LOGIN, GOOD)
    assert locked.status_code == 429
    assert 0 < int(locked["Retry-After"]) <= 901
    assert "Try again in 15 minutes" in locked.content.decode()


@pytest.mark.promise("P28")
def test_the_lock_is_soft(site: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        client.post(LOGIN, WRONG)
    later = time.time() + 15 * 60
    monkeypatch.setattr(throttle.time, "time", lambda: later)
    assert client.post(LOGIN, GOOD).status_code == 302


@pytest.mark.promise("P28")
def test_an_account_that_does_not_exist_answers_alike(site: SimpleNamespace) -> None:
    def answers(email: str) -> list[tuple[int, str]]:
        client = Client()
        given = [client.post(LOGIN, {"email": email, "password": "not-the-password"}) for _ in range(7)]
        return [(answer.status_code, bare(answer.content.decode(), email)) for answer in given]

    assert answers("owner@demo.test") == answers("nobody@demo.test")


def bare(page: str, email: str) -> str:
    """A page without what differs in each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, ""))


@pytest.mark.promise("P28")
def test_an_address_has_thirty_tries_a_minute(site: SimpleNamespace, client: Client) -> None:
    answers = [client.post(LOGIN, {"email": f"n{number}@demo.test", "password": "x"}).status_code for number in range(31)]
    assert answers == [422] * 30 + [429]
    assert client.post(LOGIN, GOOD, REMOTE_ADDR="10.0.0.9").status_code == 302


@pytest.mark.promise("P28")
def test_behind_a_proxy_a_stranger_uses_up_his_own_tries_alone(site: SimpleNamespace, client: Client, settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    for number in range(31):
        client.post(LOGIN, {"email": f"n{number}@demo.test", "password": "x"}, headers={"x-forwarded-for": "198.51.100.1"})
    assert client.post(LOGIN, GOOD, headers={"x-forwarded-for": "6.6.6.6, 198.51.100.1"}).status_code == 429
    assert client.post(LOGIN, GOOD, headers={"x-forwarded-for": "198.51.100.2"}).status_code == 302


def test_right_ones_do_not_count_so_an_office_may_share_an_address(site: SimpleNamespace) -> None:
    assert {Client().post(LOGIN, GOOD).status_code for _ in range(35)} == {302}


@pytest.mark.promise("P28")
def test_a_stranger_cannot_lock_the_owner_out(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    client.post("/console/logout/")
    for number in range(6):
        Client().post(LOGIN, WRONG, REMOTE_ADDR=f"10.0.0.{number}")
    assert Client().post(LOGIN, GOOD).status_code == 429
    assert client.post(LOGIN, GOOD).status_code == 302


def test_a_known_browser_is_limited_as_well(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    client.post("/console/logout/")
    assert [client.post(LOGIN, WRONG).status_code for _ in range(6)][-1] == 429
    client.cookies["known"] = signing.dumps({"browser": "x", "accounts": []}, salt="of something else")
    assert client.post(LOGIN, GOOD).status_code == 302  # counted as a stranger, who has his own tries left


@pytest.mark.control("P28")
def test_without_the_count_guessing_goes_on(site: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "take", lambda *_: throttle.Try("", 0.0))
    monkeypatch.setattr(throttle, "give_back", lambda *_: None)
    assert [client.post(LOGIN, WRONG).status_code for _ in range(40)] == [422] * 40


@pytest.mark.promise("P28")
def test_the_same_work_is_done_for_who_does_not_exist(site: SimpleNamespace, settings, figure: Callable[[str, float], None]) -> None:
    settings.PASSWORD_HASHERS = ["tenants.hashers.Argon2"]
    site.owner.set_password("so-buzz-demo")
    site.owner.save()

    def milliseconds(email: str) -> float:
        spent = []
        for number in range(4):
            begun = time.perf_counter()
            Client().post(LOGIN, {"email": email, "password": "not-the-password"}, REMOTE_ADDR=f"10.1.{len(email)}.{number}")
            spent.append((time.perf_counter() - begun) * 1000)
        return statistics.median(spent)

    milliseconds("warm@demo.test")
    known, unknown = milliseconds("owner@demo.test"), milliseconds("nobody@demo.test")
    figure("ms a wrong sign-in takes", known)
    figure("of it when nobody is there", unknown / known)
    assert 0.5 < unknown / known < 2


def test_a_password_never_enters_longer_than_allowed(site: SimpleNamespace, rf) -> None:
    with pytest.raises(signin.Refused, match="wrong"):
        signin.sign_in(rf.post("/"), "owner@demo.test", "x" * 129)
    with pytest.raises(signin.Refused, match="wrong"):
        signin.sign_in(rf.post("/"), "owner\0@demo.test", "so-buzz-demo")
