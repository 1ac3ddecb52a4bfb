"""The printed rules: made from the settings at publication, hashed, and kept version by version."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from games.models import Game, RulesVersion
from games.papers import versions
from games.papers.document import Block, text
from games.papers.facts import Details
from tenants import scope
from tenants.models import Tenant
from tests.games.published import published

PAGE = "/t/colibri/win/rules/"


def amended(game: Game, **details: object) -> RulesVersion:
    with scope.tenant(game.tenant_id):
        return versions.keep(game, Details(**details))


def test_a_published_game_has_rules_that_say_what_its_settings_say(client: Client, ruled: Game) -> None:
    page = client.get(PAGE).content.decode()
    for words in (
        "Version 1",
        "3 × Mug d’été",
        "1 × Voyage",
        "4 prizes to win",
        "1 play per day",
        "midnight",
        ruled.code,
        ruled.seal["commit"],
    ):
        assert words in page, words
    assert "&lt;b&gt;" in page


def test_they_are_there_in_both_languages(client: Client, ruled: Game) -> None:
    french = client.get(PAGE, HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "Règlement du jeu" in french
    assert "1 participation par jour" in french


def test_the_hash_is_that_of_the_text_as_it_is_downloaded(client: Client, ruled: Game) -> None:
    page = client.get(PAGE).content.decode().replace(" ", "")
    assert hashlib.sha256(client.get(f"{PAGE}1.txt").content).hexdigest() in page


def test_an_amendment_makes_a_version_and_leaves_the_earlier_one_as_it_was(client: Client, ruled: Game) -> None:
    first = client.get(f"{PAGE}1.txt").content
    amended(ruled, organiser="Colibri SAS", address="1 rue d’Été", additions={"en": "One more sentence."})
    page = client.get(PAGE).content.decode()
    assert "Version 2" in page
    assert "Colibri SAS" in page
    assert "One more sentence." in page
    assert client.get(f"{PAGE}1.txt").content == first
    assert "Earlier version" in client.get(f"{PAGE}1/").content.decode()


def test_what_says_nothing_new_makes_no_version(ruled: Game) -> None:
    details = {"organiser": "Colibri SAS"}
    assert amended(ruled, **details).version == amended(ruled, **details).version == 2


def test_a_new_game_takes_over_who_organises_and_no_additions(tenant: Tenant, ruled: Game) -> None:
    amended(ruled, organiser="Colibri SAS", additions={"en": "Only there."})
    other = published(tenant, "next")
    with scope.tenant(tenant.pk):
        row = versions.latest(other)
    assert (row.details["organiser"], row.details["additions"]) == ("Colibri SAS", {})


def test_a_version_exists_once(ruled: Game) -> None:
    with scope.tenant(ruled.tenant_id), pytest.raises(IntegrityError), transaction.atomic():
        RulesVersion.objects.create(game=ruled, version=1, made_at=timezone.now(), blocks={}, hashes={})


def test_another_tenant_does_not_see_them(client: Client, ruled: Game) -> None:
    other = Tenant.objects.create(slug="verger", name="Verger")
    with scope.tenant(other.pk):
        assert not RulesVersion.objects.exists()
    assert client.get("/t/verger/win/rules/").status_code == 404
    with pytest.raises(scope.OutsideScope):
        RulesVersion.objects.count()


@pytest.mark.postgresql
def test_the_database_itself_keeps_them_apart(ruled: Game) -> None:
    other = Tenant.objects.create(slug="verger", name="Verger")
    count = "SELECT count(*) FROM games_rulesversion"
    for owner, found in ((other.pk, 0), (ruled.tenant_id, 1)):
        with scope.tenant(owner), connection.cursor() as cursor:
            cursor.execute(count)
            assert cursor.fetchone() == (found,)


def test_a_game_that_was_never_published_has_none_and_no_link(client: Client, game: Game) -> None:
    assert client.get("/t/colibri/ete/rules/").status_code == 404
    assert "/rules/" not in client.get("/t/colibri/ete/").content.decode()


def test_the_play_page_and_the_proof_lead_to_them(client: Client, ruled: Game) -> None:
    for page in ("", "proof/"):
        assert PAGE in client.get(f"/t/colibri/win/{page}").content.decode()


def test_the_pdf_is_the_same_bytes_each_time(client: Client, ruled: Game) -> None:
    first, second = (client.get(f"{PAGE}1.pdf") for _ in range(2))
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content
    assert b"/Lang (en)" in first.content
    amended(ruled, organiser="Another")
    assert client.get(f"{PAGE}2.pdf").content != first.content


def test_no_text_of_an_editor_can_begin_another_line() -> None:
    assert text([Block("paragraph", "one\n## two\r\n- three")]) == "one ## two - three\n"
