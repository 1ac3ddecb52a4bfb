"""A tenant's page, his colours, and the way from a code to a game."""

from collections.abc import Callable

import pytest
from django.test import Client

from games.models import Game
from tenants import scope
from tenants.models import Tenant


def test_the_page_shows_running_games_first(client: Client, publish: Callable[..., Game]) -> None:
    for slug, phase in (("over", "ended"), ("soon", "waiting"), ("live", "open"), ("still", "paused")):
        publish(slug, phase=phase, title=slug)
    shown = client.get("/t/colibri/").context["cards"]
    assert [card.game.slug for card in shown] == ["live", "still", "soon", "over"]


def test_a_page_without_games_says_what_to_do(client: Client, tenant: Tenant) -> None:
    assert "Pas encore de jeu." in client.get("/t/colibri/", headers={"accept-language": "fr"}).content.decode()


@pytest.mark.parametrize(
    ("phases", "heading", "said"),
    [
        (["open", "ended"], "On joue\u202f?", "Un jeu en direct"),
        (["paused", "ended"], "On joue\u202f?", "Petite pause"),
        (["waiting", "ended"], "Ça commence bientôt.", "Le prochain jeu ouvre"),
        (["ended"], "C’est fini pour cette fois.", "Merci d’avoir joué."),
    ],
)
def test_the_page_speaks_as_its_liveliest_game_stands(
    client: Client, publish: Callable[..., Game], phases, heading: str, said: str
) -> None:
    for phase in phases:
        publish(phase, phase=phase)
    page = client.get("/t/colibri/", headers={"accept-language": "fr"}).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert said in page
    assert ("L’été.</span>" in page) is (phases[0] in ("open", "paused")), "what a brand says of a game is said while it runs"


def test_a_break_is_not_called_live(client: Client, publish: Callable[..., Game]) -> None:
    publish(phase="paused")
    page = client.get("/t/colibri/", headers={"accept-language": "en"}).content.decode()
    assert "tag-live" not in page
    assert ">Short break</span>" in page


def test_another_tenants_games_are_not_listed(client: Client, publish: Callable[..., Game]) -> None:
    publish("theirs", Tenant.objects.create(slug="verger", name="Verger"))
    assert client.get("/t/colibri/").context["cards"] == []


def test_the_theme_sets_four_properties_and_nothing_else(client: Client, tenant: Tenant) -> None:
    answer = client.get("/t/colibri/theme.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content.decode() == ":root{--brand-1:#0b5d4b;--brand-2:#ff9ec4;--brand-radius:1.3;}\n"
    Tenant.objects.filter(pk=tenant.pk).update(brand_ground="#ffffff")
    assert "--brand-ground:#ffffff;" in client.get("/t/colibri/theme.css").content.decode()


def test_a_code_leads_to_its_game_however_it_is_typed(client: Client, game: Game) -> None:
    spread = f" {game.code[:2].lower()} {game.code[2:]}"
    for path, typed in (("/c/", spread), ("/t/colibri/", spread)):
        answer = client.get(path, {"code": typed})
        assert (answer.status_code, answer["Location"]) == (302, "/t/colibri/ete/")
    assert client.get(f"/c/{game.code}/")["Location"] == "/t/colibri/ete/"


def test_a_code_that_no_game_has_is_kept_in_the_field_with_a_sentence(client: Client, game: Game) -> None:
    for path in ("/c/", "/t/colibri/"):
        answer = client.get(path, {"code": "<ZZ>"}, headers={"accept-language": "fr"})
        assert answer.status_code == 404
        assert 'value="&lt;ZZ&gt;"' in answer.content.decode()
        assert "Aucun jeu n’a ce code." in answer.content.decode()


@pytest.mark.parametrize("path", ["/c/", "/c/?code=", "/c/?code=+"])
def test_who_opens_the_address_of_the_big_screen_before_he_types_has_made_no_mistake(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "aria-invalid" not in answer.content.decode()


def test_a_tenants_page_knows_only_his_own_codes(client: Client, publish: Callable[..., Game]) -> None:
    theirs = publish("theirs", Tenant.objects.create(slug="verger", name="Verger"))
    publish()
    assert client.get("/t/colibri/", {"code": theirs.code}).status_code == 404


def test_the_front_page_tells_whose_games_it_hosts_only_in_the_demo(client: Client, publish: Callable[..., Game], settings) -> None:
    demo = Tenant.objects.create(slug="demo", name="Demo")
    publish("public", demo, title="Public")
    assert client.get("/").context["cards"] == []
    settings.DEMO = True
    assert [card.game.slug for card in client.get("/").context["cards"]] == ["public"]
    assert "Running in the demo" in client.get("/", headers={"accept-language": "en"}).content.decode()
    publish("later", demo, phase="ended")
    with scope.tenant(demo.pk):
        Game.objects.update(phase="ended")
    assert "Running in the demo" not in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_the_chosen_language_is_remembered(client: Client, tenant: Tenant) -> None:
    client.get("/t/colibri/?lang=fr", headers={"accept-language": "en"})
    assert "On joue\u202f?" in client.get("/t/colibri/", headers={"accept-language": "en"}).content.decode()


def test_the_theme_can_be_forced_for_a_look(client: Client, tenant: Tenant) -> None:
    assert 'data-theme="dark"' in client.get("/t/colibri/?theme=dark").content.decode()
    assert "data-theme" not in client.get('/t/colibri/?theme="><script>').content.decode()
