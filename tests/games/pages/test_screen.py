"""The big screen, before its script is awake."""

import re

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
