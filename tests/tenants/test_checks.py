"""Each dangerous default, broken once: the check names it."""

from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.db import connection

from tenants import checks
from tenants.models import Contact

pytestmark = pytest.mark.urls("tests.tenants.doors")


def found(**kwargs: object) -> set[str]:
    return {message.id for message in run_checks(**kwargs) if message.id and message.id.startswith("tenants.")}


@pytest.fixture(autouse=True)
def _production(settings) -> None:
    settings.DEMO = settings.DEBUG = settings.TESTING = False
    settings.SECURE = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.ALLOWED_HOSTS = ["play.example.com"]
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.1")]
    settings.PASSWORD_HASHERS = ["tenants.hashers.Argon2"]
    settings.MIDDLEWARE = ["tenants.middleware.Domains", *(name for name in settings.MIDDLEWARE if name != "tenants.middleware.Domains")]


def test_a_sound_house_has_nothing_to_say() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("setting", "value", "sign"),
    [
        ("ALLOWED_HOSTS", ["*"], "tenants.E001"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.Argon2PasswordHasher"], "tenants.E002"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher", "tenants.hashers.Argon2"], "tenants.E002"),
        ("DEBUG", True, "tenants.E003"),
        ("SESSION_COOKIE_SECURE", False, "tenants.W004"),
        ("CSRF_COOKIE_SECURE", False, "tenants.W004"),
        ("TRUSTED_PROXIES", [], "tenants.W009"),
        ("MIDDLEWARE", ["django.middleware.common.CommonMiddleware", "tenants.middleware.Domains"], "tenants.E008"),
        ("MIDDLEWARE", ["django.middleware.common.CommonMiddleware"], "tenants.E008"),
    ],
)
def test_each_danger_is_named(settings, setting: str, value: object, sign: str) -> None:
    setattr(settings, setting, value)
    assert found() == {sign}


def test_debug_at_home_is_a_warning(settings) -> None:
    settings.SECURE, settings.DEBUG = False, True
    assert found() == {"tenants.W003"}


def test_the_demo_may_answer_to_every_name_in_the_house(settings) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = True, ["*"], False
    assert found() == set()


def test_a_tenants_rows_without_the_scoped_manager_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.sessions.models import Session

    monkeypatch.setattr(checks, "owned", lambda: [Contact, Session])
    assert [message.obj for message in checks.owners()] == [Session]


@pytest.mark.promise("P20")
def test_the_database_is_checked_too(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(databases=["default"]) == set()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE tenants_contact NO FORCE ROW LEVEL SECURITY")
        assert found(databases=["default"]) == {"tenants.E006"}
    else:
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
        assert found(databases=["default"]) == {"tenants.E007"}
