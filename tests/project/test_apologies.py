"""What people and programs are told when the platform itself fails."""

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

handler500 = "project.apologies.failed"
PROBLEMS = {"lost": OperationalError, "closed": InterfaceError, "twice": IntegrityError, "ours": RuntimeError}


def fail(request: HttpRequest, problem: str) -> HttpResponse:
    raise PROBLEMS[problem]("a word that nobody may read")


urlpatterns = [path("pages/<slug:problem>/", fail), path("api/v1/<slug:problem>", fail)]
pytestmark = pytest.mark.urls(__name__)


def ask(address: str, **headers: str):
    return Client(raise_request_exception=False, headers=headers).get(address)


@pytest.fixture(autouse=True)
def _quiet(settings, caplog):
    settings.ALLOWED_HOSTS = ["testserver"]
    yield
    caplog.clear()


@pytest.mark.promise("P13")
@pytest.mark.parametrize("problem", ["lost", "closed"])
def test_without_its_database_the_platform_says_when_to_come_back(problem):
    answer = ask(f"/pages/{problem}/")
    assert answer.status_code == 503
    assert 2 <= int(answer["Retry-After"]) <= 5
    assert answer["Refresh"] == answer["Retry-After"]
    answer = ask(f"/api/v1/{problem}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")


@pytest.mark.parametrize("problem", ["twice", "ours"])
def test_a_mistake_of_ours_shows_nothing_of_the_inside(problem):
    for address in (f"/pages/{problem}/", f"/api/v1/{problem}"):
        answer = ask(address)
        assert answer.status_code == 500
        assert b"nobody may read" not in answer.content
    assert answer.json()["error"]["code"] == "internal"


def test_they_are_told_in_their_language():
    assert "base de données" in ask("/pages/lost/", accept_language="fr").content.decode()
