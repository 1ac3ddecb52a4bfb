"""How long a sign-in lasts, and what a socket can learn from its cookie."""

import time
from types import SimpleNamespace

import pytest
from django.test import Client

from tenants import sessions
from tenants.models.user import User
from tests.tenants.doors import GOOD, LOGIN

pytestmark = pytest.mark.urls("tests.tenants.doors")


def test_a_planted_session_is_worth_nothing_after_sign_in(site: SimpleNamespace, client: Client) -> None:
    client.get("/console/")
    client.session["x"] = 1
    before = client.session
    before.save()
    client.cookies["session"] = before.session_key
    client.post(LOGIN, GOOD)
    assert client.session.session_key != before.session_key


def user_of(key: str) -> User | None:
    return sessions.users_of({key}).get(key)


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
    assert (user_of(key) is not None) is lasts
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


def test_an_open_socket_is_somebody_who_is_there_like_a_page_that_asks_again(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    session, key = client.session, client.session.session_key
    for _ in range(4):
        session[sessions.SEEN] -= 20 * 60
        session.save()
        assert user_of(key) == site.owner
        session = client.session
        assert time.time() - session[sessions.SEEN] < 60
    session[sessions.SINCE] -= 12 * 3600
    session.save()
    assert user_of(key) is None


def test_a_socket_does_not_bring_back_who_has_signed_out_meanwhile(site: SimpleNamespace, client: Client, monkeypatch) -> None:
    client.post(LOGIN, GOOD)
    session, key = client.session, client.session.session_key
    session[sessions.SEEN] -= 20 * 60
    session.save()
    unchanged = sessions._unchanged

    def meanwhile(*given: object) -> bool:
        client.post("/console/logout/")
        return unchanged(*given)

    monkeypatch.setattr(sessions, "_unchanged", meanwhile)
    user_of(key)
    assert not sessions.SessionStore(key).exists(key)
    assert user_of(key) is None


def test_a_socket_learns_whose_session_it_is(site: SimpleNamespace, client: Client) -> None:
    client.post(LOGIN, GOOD)
    key = client.session.session_key
    assert user_of(key) == site.owner
    for nobody in ("", "x" * 3000, "x" * 32, "../../etc", "\0" * 32, "é" * 32):
        assert user_of(nobody) is None
    site.owner.set_password("another-long-one")
    site.owner.save()
    assert user_of(key) is None


@pytest.mark.parametrize("key", [r'"\000\000\000\000\000\000\000\000\000"', "../../../etc/passwd", "x" * 3000])
@pytest.mark.parametrize("path", ["/console/", LOGIN, "/console/choose/"])
def test_a_cookie_that_is_no_session_is_nobodys(db: None, path: str, key: str) -> None:
    answer = Client(headers={"cookie": f"session={key}"}).get(path)
    assert answer.status_code == (200 if path == LOGIN else 302)
