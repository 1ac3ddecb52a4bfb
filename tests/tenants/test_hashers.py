"""The price of a password, and the gate that keeps it bounded."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tenants import hashers
from tests.tenants.doors import GOOD, LOGIN

pytestmark = pytest.mark.urls("tests.tenants.doors")
ARGON2 = ["tenants.hashers.Argon2"]


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
