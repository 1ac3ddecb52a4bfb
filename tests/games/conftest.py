"""A tenant, another beside it, and a game that runs."""

import pytest

from games.models import Game
from tenants.models import Tenant
from tests.games.published import published


@pytest.fixture
def tenant(db: None) -> Tenant:
    return Tenant.objects.create(slug="colibri", name="Colibri")


@pytest.fixture
def other(db: None) -> Tenant:
    return Tenant.objects.create(slug="verger", name="Verger")


@pytest.fixture
def game(tenant: Tenant) -> Game:
    return published(tenant)
