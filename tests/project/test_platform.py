"""Who hosts the platform lands on a page that leads on, and nobody else sees it."""

import pytest
from django.test import Client

from games.models import Game
from tenants import domains, scope
from tenants.models import Member, Tenant, User
from tests.games.published import published

LOGIN = "/console/login/"


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    domains.forget()


@pytest.fixture
def tenants(db):
    made = [Tenant.objects.create(slug=slug, name=slug.title()) for slug in ("colibri", "verger")]
    for slug in ("one", "two"):
        published(made[0], slug)
    with scope.tenant(made[0].pk):
        Game.objects.filter(slug="one").update(phase="open")
    return made


@pytest.fixture
def operator(tenants):
    return User.objects.create_user("operator@platform.test", "so-buzz-demo", is_staff=True)


def enter(email: str, **headers: str) -> Client:
    client = Client(headers=headers)
    assert client.post(LOGIN, {"email": email, "password": "so-buzz-demo"}).status_code == 302
    return client


def test_signing_in_leads_to_the_spaces_with_their_games_and_on_to_their_pages(operator):
    answer = enter(operator.email).get("/console/", follow=True)
    assert answer.redirect_chain[-1][0] == "/console/platform/"
    page = answer.content.decode()
    assert "colibri · 2 games · 1 running" in page
    assert "verger · 0 games" in page
    for slug in ("colibri", "verger"):
        assert f'href="/t/{slug}/"' in page
        assert Client().get(f"/t/{slug}/").status_code == 200


def test_it_speaks_french(operator):
    page = enter(operator.email, accept_language="fr").get("/console/platform/").content.decode()
    assert "colibri · 2 jeux · 1 en cours" in page


def test_however_many_spaces_there_are_it_asks_as_often(operator, django_assert_max_num_queries):
    Tenant.objects.bulk_create(Tenant(slug=f"t{number}", name=f"T {number:03}") for number in range(50))
    client = enter(operator.email)
    with django_assert_max_num_queries(9):
        page = client.get("/console/platform/?page=2").content.decode()
    assert page.count('class="door-space"') == 20
    assert 'href="?page=3"' in page
    assert client.get("/console/platform/?page=x%00").status_code == 200


@pytest.mark.promise("P20")
def test_nobody_else_sees_it(tenants):
    owner = User.objects.create_user("owner@colibri.test", "so-buzz-demo")
    with scope.tenant(tenants[0].pk):
        Member.objects.create(user=owner, role="owner")
    answer = enter(owner.email).get("/console/platform/")
    assert answer.status_code == 403
    assert b"Verger" not in answer.content
    assert Client().get("/console/platform/")["Location"] == "/console/login/?next=/console/platform/"


def test_who_works_for_a_space_too_finds_both(operator, tenants):
    for tenant in tenants:
        with scope.tenant(tenant.pk):
            Member.objects.create(user=operator, role="owner")
    client = enter(operator.email)
    assert 'href="/console/platform/"' in client.get("/console/choose/").content.decode()
    assert 'href="/console/choose/"' in client.get("/console/platform/").content.decode()
