"""The play page, before its script is awake."""

import json
import re

import pytest
from django.test import Client

from games.joining import Joining, join
from games.models import Game
from tenants import identity, scope
from tenants.identity import Device
from tenants.models import Tenant

PAGE = "/t/colibri/ete/"


def seated(client: Client, game: Game, name: str = "Ana") -> None:
    """As the entrance leaves it: a player, and his cookie."""
    device = Device()
    with scope.tenant(game.tenant_id):
        player, _ = join(game, Joining(name, device.device))
    value = identity._sign({"device": device.device, "players": {game.pk: player.number}}, f"device.{game.tenant_id}")
    client.cookies[identity.cookie_name(game.tenant_id)] = value


def test_the_entrance_has_one_field_and_one_button(client: Client, game: Game) -> None:
    page = client.get(PAGE).content.decode()
    assert page.count("<input") == 1
    assert page.count('type="submit"') == 1
    assert 'data-known="no"' in page


def test_a_player_who_comes_back_is_known_and_does_not_see_the_entrance(client: Client, game: Game) -> None:
    seated(client, game)
    page = client.get(PAGE).content.decode()
    assert 'data-known="yes"' in page
    assert '<section id="join" class="scene" data-state="open" hidden>' in page


def test_what_the_page_carries_of_the_mechanic_is_what_everyone_may_see(client: Client, game: Game) -> None:
    page = client.get(PAGE)
    assert json.loads(page.context["beginning"])["left"] == 2
    for hidden in (game.seal["witness"]["secrets"][0], "traffic", bytes(game.key).hex()):
        assert hidden not in page.content.decode()


def test_nothing_on_the_page_is_written_inline(client: Client, game: Game) -> None:
    for path in (PAGE, f"{PAGE}screen/", f"{PAGE}proof/", "/t/colibri/", "/"):
        page = client.get(path)
        assert "style=" not in page.content.decode().replace("font-style=", "")
        assert "<script>" not in page.content.decode()
        assert "'unsafe" not in page["Content-Security-Policy"]


def test_text_of_an_editor_stays_text(client: Client, publish) -> None:
    publish(headline="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(PAGE).content.decode()


def test_a_name_that_was_sent_before_the_script_was_awake_is_still_there(client: Client, game: Game) -> None:
    page = client.get(PAGE, {"nickname": 'Zoé" onfocus="x'}).content.decode()
    assert 'value="Zoé&quot; onfocus=&quot;x"' in page


def test_a_game_that_is_over_has_no_entrance(client: Client, publish) -> None:
    publish(phase="ended")
    page = client.get(PAGE, headers={"accept-language": "fr"}).content.decode()
    assert "C’est fini." in page
    assert 'data-when="waiting open paused" hidden' in page
    assert 'href="/t/colibri/ete/proof/"' in page.split('<section id="join"')[1].split("</section>")[0]


def spoken(page: str) -> str:
    """What the entrance says before the script is awake: of each part with states only the one that is not hidden."""
    entrance = page.split('<section id="join"')[1].split("</section>")[0]
    return re.sub(r"<(p|span)[^>]* hidden>.*?</\1>", "", entrance, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("phase", "said", "unsaid"),
    [
        ("open", ["Live game", ">Play<"], ["Short break", "Opens", "Take my place"]),
        ("paused", ["Short break", "The clock is stopped for everyone.", "Take my place"], ["Live game", "Opens", ">Play<"]),
        ("waiting", ["Opens", "Take your place now", "Take my place"], ["Live game", "Short break", ">Play<"]),
    ],
)
def test_the_entrance_speaks_in_the_state_of_the_game(client: Client, publish, phase: str, said: list[str], unsaid: list[str]) -> None:
    publish(phase=phase)
    page = spoken(client.get(PAGE, headers={"accept-language": "en"}).content.decode())
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []


def test_a_page_is_in_the_language_of_its_reader_and_the_title_in_the_games(client: Client, game: Game) -> None:
    english, french = (client.get(PAGE, headers={"accept-language": code}).content.decode() for code in ("en", "fr"))
    assert '<html lang="en"' in english
    assert '<html lang="fr"' in french
    assert "Your first name" in english
    assert "Votre prénom" in french
    assert 'lang="fr">L’été</h1>' in english


def test_hours_are_told_in_the_zone_of_the_tenant_and_the_zone_is_named(client: Client, game: Game) -> None:
    assert "heure de Paris" in client.get(PAGE, headers={"accept-language": "fr"}).content.decode()


def test_all_modules_that_the_page_will_need_are_asked_for_at_once(client: Client, game: Game) -> None:
    modules = client.get(PAGE).context["modules"]
    assert "/static/games/play.js" in modules
    assert "/static/realtime/letters.js" in modules
    assert "/static/games/mechanics/instant_win/ticket.js" in modules
    assert len(set(modules)) == len(modules)


@pytest.mark.parametrize("path", ["/t/colibri/other/", "/t/nobody/ete/", "/t/colibri/other/screen/", "/t/nobody/ete/proof/", "/t/nobody/"])
def test_what_is_not_there_is_not_found(client: Client, game: Game, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_game_of_another_tenant_is_not_found_under_this_one(client: Client, publish) -> None:
    publish("theirs", Tenant.objects.create(slug="verger", name="Verger"))
    assert client.get("/t/verger/theirs/").status_code == 200
    assert client.get("/t/colibri/theirs/").status_code == 404
