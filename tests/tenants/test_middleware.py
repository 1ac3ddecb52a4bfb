"""What every request passes: domains of tenants, and the language."""

from types import SimpleNamespace

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.tenants.doors")


@pytest.fixture(autouse=True)
def _house(settings) -> None:
    rest = [name for name in settings.MIDDLEWARE if name != "tenants.middleware.Domains"]
    settings.MIDDLEWARE = ["tenants.middleware.Domains", *rest]
    settings.ALLOWED_HOSTS = ["testserver"]


def test_a_verified_domain_serves_its_tenants_pages(site: SimpleNamespace, client: Client) -> None:
    for path in ("/t/other/", "/api/v1/t/other/echo"):
        answer = client.get(path, headers={"host": "jeu.other.test"})
        assert (answer.status_code, answer.content[:14]) == (200, b"jeu.other.test")


@pytest.mark.parametrize(
    "path", ["/t/demo/", "/console/", "/console/login/", "/echo/", "/api/v1/t/demo/echo", "/t/other", "/t/other/../demo/"]
)
def test_and_nothing_else(site: SimpleNamespace, client: Client, path: str) -> None:
    assert client.get(path, headers={"host": "jeu.other.test"}).status_code == 404


def test_its_root_leads_to_its_tenant(site: SimpleNamespace, client: Client) -> None:
    answer = client.get("/", headers={"host": "jeu.other.test:8000"})
    assert (answer.status_code, answer["Location"]) == (302, "/t/other/")


@pytest.mark.parametrize("host", ["soon.other.test", "evil.test", "jeu.other.test.evil.test", "", "a b", "jeu.other.test@evil.test"])
def test_other_names_are_refused(site: SimpleNamespace, client: Client, host: str) -> None:
    assert client.get("/t/other/", headers={"host": host}).status_code == 400


def test_a_form_on_the_tenants_domain_passes_the_check_of_its_origin(site: SimpleNamespace) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrf"] = "a" * 32
    for origin, status in (("http://jeu.other.test", 200), ("http://evil.test", 403)):
        answer = browser.post("/t/other/", headers={"host": "jeu.other.test", "origin": origin, "x-csrftoken": "a" * 32})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "language"),
    [
        ("", "", "", "en"),
        ("", "", "fr-CA,fr;q=0.9", "fr"),
        ("", "", "de,fr;q=0.5,en;q=0.4", "fr"),
        ("", "", "de", "en"),
        ("", "en", "fr", "en"),
        ("?lang=fr", "en", "en", "fr"),
        ("?lang=xx", "", "fr", "fr"),
        ("?lang=", "xx", "fr", "fr"),
        ("", "", "x" * 100_000, "en"),
    ],
)
def test_a_person_reads_his_language(db: None, client: Client, query: str, cookie: str, accept: str, language: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get(f"/echo/{query}", headers={"accept-language": accept})
    assert answer.content == f"testserver {language}".encode()
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


def test_a_language_once_chosen_stays(db: None, client: Client) -> None:
    client.get("/echo/?lang=fr")
    assert client.get("/echo/", headers={"accept-language": "en"}).content == b"testserver fr"
