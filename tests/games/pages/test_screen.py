"""The big screen, before its script is awake."""

import re

import pytest
from django.test import Client

from games.models import Game
from games.pages.screen import square


def test_the_screen_shows_the_way_in_without_a_script(client: Client, game: Game) -> None:
    page = client.get("/t/colibri/ete/screen/").content.decode()
    assert re.findall(r'<span aria-hidden="true">(\w)</span>', page) == list(game.code)
    assert "<b>testserver/c</b>" in page
    assert 'class="qr"' in page


def test_the_square_is_the_address_of_the_game(client: Client, game: Game) -> None:
    page = client.get("/t/colibri/ete/screen/").content.decode()
    assert str(square("http://testserver/t/colibri/ete/")) in page


def test_nothing_on_it_needs_a_mouse(client: Client, game: Game) -> None:
    page = client.get("/t/colibri/ete/screen/").content.decode()
    body = page.split("<body", 1)[1].replace('<a class="skip"', "")
    assert "<a " not in body
    assert "<button" not in body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_phones_are_not_sent_to_themselves(client: Client, game: Game, settings, host: str) -> None:
    settings.ALLOWED_HOSTS, settings.NEIGHBOURS_REACH_US_AT = ["*"], lambda: "192.168.1.20"
    page = client.get("/t/colibri/ete/screen/", headers={"host": f"{host}:8001"}).content.decode()
    assert "<b>192.168.1.20:8001/c</b>" in page
    assert str(square("http://192.168.1.20:8001/t/colibri/ete/")) in page


def test_an_address_that_others_know_stays(client: Client, game: Game, settings) -> None:
    settings.NEIGHBOURS_REACH_US_AT = lambda: "192.168.1.20"
    assert "<b>testserver/c</b>" in client.get("/t/colibri/ete/screen/").content.decode()


def test_without_a_network_the_screen_shows_what_there_is(client: Client, game: Game, settings) -> None:
    settings.ALLOWED_HOSTS, settings.NEIGHBOURS_REACH_US_AT = ["*"], lambda: None
    page = client.get("/t/colibri/ete/screen/", headers={"host": "127.0.0.1:8001"}).content.decode()
    assert "<b>127.0.0.1:8001/c</b>" in page


def test_a_server_for_this_machine_alone_says_so(client: Client, game: Game, settings) -> None:
    settings.ALLOWED_HOSTS, settings.NEIGHBOURS_REACH_US_AT = ["*"], None
    page = client.get("/t/colibri/ete/screen/", headers={"host": "localhost:8001"}).content.decode()
    assert "<b>localhost:8001/c</b>" in page
    assert "<code>HOST=0.0.0.0 make run</code>" in page


@pytest.mark.parametrize("network", [None, lambda: "192.168.1.20"])
def test_nobody_is_told_how_to_start_a_server_that_phones_reach(client: Client, game: Game, settings, network) -> None:
    settings.ALLOWED_HOSTS, settings.NEIGHBOURS_REACH_US_AT = ["*"], network
    for host in ["jeu.example", *(["127.0.0.1"] if network else [])]:
        assert "s-hint" not in client.get("/t/colibri/ete/screen/", headers={"host": host}).content.decode()


def test_a_machine_without_a_network_is_told_that_it_has_none(client: Client, game: Game, settings) -> None:
    settings.ALLOWED_HOSTS, settings.NEIGHBOURS_REACH_US_AT = ["*"], lambda: None
    page = client.get("/t/colibri/ete/screen/", headers={"host": "127.0.0.1", "accept-language": "en"}).content.decode()
    assert "No network found" in page
    assert "make run" not in page


def test_the_way_to_the_proof_waits_on_the_page_for_the_end(client: Client, game: Game) -> None:
    page = client.get("/t/colibri/ete/screen/").content.decode()
    assert str(square("http://testserver/t/colibri/ete/proof/")) in page
    assert "<b>testserver/<wbr>t/<wbr>colibri/<wbr>ete/<wbr>proof</b>" in page
