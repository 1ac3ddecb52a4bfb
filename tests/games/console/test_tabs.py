"""The frame of a game's pages: the same head and tabs on each, and one of them is open."""

import re

import pytest

from games.console.tabs import TABS
from tests.games.console.test_home import text
from tests.games.console.world import ROLES

PAGES = ("", "players/", "prizes/", "results/", "proof/", "export/")


def at(game, part=""):
    return f"/console/games/{game.public_id}/{part}"


@pytest.mark.parametrize("part", PAGES)
def test_each_page_has_all_tabs_and_says_which_one_is_open(world, part):
    game = world.game(title="Lemons")
    body = world.client().get(at(game, part)).content.decode()
    nav = re.search(r'<nav class="tabs".*?</nav>', body, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)"', nav) == [at(game, each) for each in PAGES]
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == [at(game, part)]
    assert len(PAGES) == len(TABS)
    assert "<h1>Lemons</h1>" in body


@pytest.mark.contract("C12")
@pytest.mark.parametrize("part", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_every_member_may_look(world, role, part):
    assert world.client(role).get(at(world.game(), part)).status_code == 200


@pytest.mark.parametrize("part", PAGES[1:])
def test_a_page_obeys_its_own_strict_policy(world, part):
    game = world.game()
    world.minute(game, 1, plays=3, won=1)
    body = world.client().get(at(game, part)).content.decode()
    assert " style=" not in body
    assert not re.search(r"<script(?![^>]* src=)", body)
    assert not re.search(r" on[a-z]+=", body)


@pytest.mark.parametrize("part", PAGES[1:])
def test_the_pages_are_french_for_the_french(world, part):
    shown = text(world.client(headers={"accept-language": "fr"}).get(at(world.game(), part)))
    assert "Vue d’ensemble Joueurs Lots Résultats Preuve Export" in shown
