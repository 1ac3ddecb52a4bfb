"""Who hosts the platform lands on a page that leads on, and nobody else sees it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from games.models import Game, Lease
from games.store.lookup import database_time
from project import sight
from realtime.letters import Count
from realtime.presence import Presence
from tenants import domains, scope
from tenants.models import Member, Tenant, User
from tests.games.console.test_home import text
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
    page, shown = answer.content.decode(), text(answer)
    assert "Colibri /t/colibri/ 1 live 1 to come" in shown
    assert "Verger /t/verger/ none yet" in shown
    for slug in ("colibri", "verger"):
        assert f'href="/t/{slug}/"' in page
        assert Client().get(f"/t/{slug}/").status_code == 200


def test_it_speaks_french(operator):
    shown = text(enter(operator.email, accept_language="fr").get("/console/platform/"))
    assert "1 en direct 1 à venir" in shown
    assert "Aucun moteur ne tourne" in shown


def test_every_space_says_its_states_its_people_and_who_is_connected(operator, tenants, monkeypatch):
    with scope.tenant(tenants[0].pk):
        Member.objects.create(user=operator, role="owner")
        Game.objects.filter(slug="two").update(phase="paused", numbers=1840)
    presence = Presence("here")
    presence.enter(tenants[0].pk, 1, "a" * 26)
    presence.hear(Count(tenants[0].pk, 2, "b" * 26, "there", 30))
    seen = sight.connected(SimpleNamespace(node=SimpleNamespace(presence=presence)))
    assert seen == {tenants[0].pk: 31}
    monkeypatch.setattr(sight, "connected", lambda house: seen)
    shown = text(enter(operator.email).get("/console/platform/"))
    assert "Colibri /t/colibri/ 1 live 1 paused 1 1,840 31" in shown
    assert "Verger /t/verger/ none yet nobody 0 0" in shown


def test_engines_are_named_with_what_they_own_and_what_nobody_serves(operator, settings):
    settings.ENGINE_SHARDS = 8
    later = database_time() + 60
    for shard, owner in ((0, "boot-1.41.7.ab"), (1, "boot-1.41.7.ab"), (2, "boot-2.9.7.cd"), (5, "boot-1.41.7.ab")):
        Lease.objects.create(shard=shard, owner=owner, until=later)
    Lease.objects.create(shard=6, owner="boot-3.1.1.ef", until=1.0)
    shown = text(enter(operator.email).get("/console/platform/"))
    assert "Process 41 machine boot-1 shards 0–1, 5" in shown
    assert "Process 9 machine boot-2 shard 2" in shown
    assert "4 shards have no engine: their games stand still." in shown
    assert "boot-3" not in shown


def test_what_does_not_run_is_said_with_what_to_do(operator):
    shown = text(enter(operator.email).get("/console/platform/"))
    assert "This process down" in shown
    assert "manage.py doctor says in one line each what is wrong" in shown
    assert "No engine runs, so all games stand still. Start one: manage.py engine" in shown


def test_a_platform_without_spaces_says_how_to_make_one(db):
    User.objects.create_user("operator@platform.test", "so-buzz-demo", is_staff=True)
    shown = text(enter("operator@platform.test").get("/console/platform/"))
    assert "There is no space yet. manage.py demo makes one" in shown


def test_however_many_spaces_there_are_it_asks_as_often(operator, django_assert_max_num_queries):
    Tenant.objects.bulk_create(Tenant(slug=f"t{number}", name=f"T {number:03}") for number in range(50))
    client = enter(operator.email)
    with django_assert_max_num_queries(12):
        page = client.get("/console/platform/?page=2").content.decode()
    assert page.count('class="plat-link"') == 20
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
