"""The sign-in with a password: its page, its limits, its silence about who exists."""

import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.test import Client

from tenants import hashers, scope, sessions, signin, throttle
from tenants.models import Member, User

pytestmark = pytest.mark.urls("tests.tenants.doors")
LOGIN = "/console/login/"
GOOD = {"email": "owner@demo.test", "password": "so-buzz-demo"}
WRONG = {**GOOD, "password": "not-the-password"}
ARGON2 = ["tenants.hashers.Argon2"]


@pytest.fixture(autouse=True)
def _hosts(settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


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


def test_a_planted_session_is_worth_nothing_after_sign_in(site: SimpleNamespace, client: Client) -> None:
    client.get("/console/")
    client.session["x"] = 1
    before = client.session
    before.save()
    client.cookies["session"] = before.session_key
    client.post(LOGIN, GOOD)
    assert client.session.session_key != before.session_key


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


@pytest.mark.parametrize(
    ("idle", "whole", "lasts"), [(29 * 60, 0, True), (31 * 60, 0, False), (0, 11.9 * 3600, True), (0, 12.1 * 3600, False)]
)
def test_a_sign_in_lasts_half_an_idle_hour_and_twelve_in_all(
    site: SimpleNamespace, client: Client, idle: float, whole: float, lasts: bool
) -> None:
    client.post(LOGIN, GOOD)
    session = client.session
    session[sessions.SEEN] -= idle
    session[sessions.SINCE] -= whole or idle
    session.save()
    key = session.session_key
    assert (sessions.user_of(key) is not None) is lasts
    assert (client.get("/console/").status_code == 200) is lasts
    assert client.session.session_key == key if lasts else not client.session.get(sessions.SINCE)


def test_being_there_is_noted_but_not_at_each_page(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    session = client.session
    session[sessions.SEEN] -= 20 * 60
    session.save()
    client.get("/console/")
    seen = client.session[sessions.SEEN]
    assert time.time() - seen < 60
    client.get("/console/")
    assert client.session[sessions.SEEN] == seen


def test_a_socket_reads_the_session_and_leaves_it_alone(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    key = client.session.session_key
    assert sessions.user_of(key) == site.owner
    for nobody in (None, "", "x" * 32, "../../etc"):
        assert sessions.user_of(nobody) is None
    User.objects.get(pk=site.owner.pk)
    site.owner.set_password("another-long-one")
    site.owner.save()
    assert sessions.user_of(key) is None


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
    settings.PASSWORD_HASHERS = ARGON2
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


@pytest.mark.promise("P28")
def test_argon2_has_the_measured_price(figure: Callable[[str, float], None], settings) -> None:
    settings.PASSWORD_HASHERS = ARGON2
    encoded = make_password("so-buzz-demo")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda _: hashers.Argon2().verify("so-buzz-demo", encoded), range(40)))
    figure("password checks/s", 40 / (time.perf_counter() - begun))


def test_never_more_than_four_hashes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = [], []

    def slow(self: object, password: str, encoded: str) -> bool:
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()
        return True

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", slow)
    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(lambda _: hashers.Argon2().verify("a", "b"), range(32)))
    assert max(most) == hashers.AT_ONCE


def test_a_queue_that_is_too_long_says_so_and_costs_no_try(site: SimpleNamespace, client: Client, settings, monkeypatch) -> None:
    settings.PASSWORD_HASHERS = ARGON2
    monkeypatch.setattr(hashers, "PATIENCE", 0.001)
    for _ in range(hashers.AT_ONCE):
        hashers.gate.acquire()
    try:
        answers = [client.post(LOGIN, {**GOOD, "email": "nobody@demo.test"}) for _ in range(7)]
    finally:
        for _ in range(hashers.AT_ONCE):
            hashers.gate.release()
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0]["Retry-After"] == "6"


def test_a_password_never_enters_longer_than_allowed(site: SimpleNamespace, rf) -> None:
    with pytest.raises(signin.Refused, match="wrong"):
        signin.sign_in(rf.post("/"), "owner@demo.test", "x" * 129)
    with pytest.raises(signin.Refused, match="wrong"):
        signin.sign_in(rf.post("/"), "owner\0@demo.test", "so-buzz-demo")
