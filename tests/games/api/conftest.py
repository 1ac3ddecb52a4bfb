"""A visitor with a cookie jar, and short ways to what he can ask."""

import json

import pytest
from django.test import Client

from games import api
from games.limits import Buckets
from tenants import domains


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    domains.forget()


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    """Each test has the whole bucket."""
    monkeypatch.setattr(api, "JOINS", Buckets(rate=5, burst=300))


class Visitor(Client):
    def ask(self, what, tenant="colibri", game="win", **body):
        return self.send(f"/api/v1/t/{tenant}/games/{game}/{what}", json.dumps(body))

    def send(self, path, body, **more):
        return self.post(path, body, content_type="application/json", **more)

    def join(self, nickname="Ana", **more):
        return self.ask("join", nickname=nickname, **more)


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def stranger():
    return Visitor()
