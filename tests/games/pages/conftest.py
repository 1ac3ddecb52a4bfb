"""A tenant with two prizes to give, a game for each phase, and a visitor who may read French."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from games.models import Game
from games.publishing import seal
from tenants import domains, scope
from tenants.models import Tenant
from tests.games.published import published

SETTINGS = {"prizes": [{"id": "mug", "label": "Mug <b>d’été</b>", "stock": 2}]}


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    domains.forget()


@pytest.fixture
def tenant(db: None) -> Tenant:
    return Tenant.objects.create(slug="colibri", name="Colibri", tagline="L’été.", brand_1="#0b5d4b", brand_2="#ff9ec4", brand_radius=1.3)


@pytest.fixture
def publish(tenant: Tenant) -> Callable[..., Game]:
    def made(slug: str = "ete", owner: Tenant = tenant, **fields: Any) -> Game:
        hour = timedelta(hours=1)
        usual = {"title": "L’été", "phase": "open", "opens_at": timezone.now() - hour, "closes_at": timezone.now() + 24 * hour}
        with scope.tenant(owner.pk):
            game = Game(tenant=owner, slug=slug, kind="instant_win", settings=SETTINGS, **{**usual, **fields})
            seal(game)
            game.save()
        return game

    return made


@pytest.fixture
def game(publish: Callable[..., Game]) -> Game:
    return publish()


@pytest.fixture
def ruled(tenant: Tenant) -> Game:
    return published(tenant, title="Le grand <b>été</b>")
