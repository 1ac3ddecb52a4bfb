"""Another tenant's games are not there: each address, each role, byte for byte as if there were none (promise P20)."""

import pytest
from django.urls import reverse

from games.console import overview
from games.console.urls import urlpatterns
from games.models import Game
from tenants import scope
from tests.games.console.world import NOBODY, ROLES

PARTS = {pattern.name: set(pattern.pattern.converters) for pattern in urlpatterns}
OF_A_GAME = [name for name, parts in PARTS.items() if "public_id" in parts]
WHOLE = [name for name in OF_A_GAME if PARTS[name] == {"public_id"}]
TAKING = {"console-handover", "console-substitutes"}  # what is posted to them, and show nothing
PAGES = [name for name in OF_A_GAME if name not in TAKING]
READ = [name for name in WHOLE if name not in TAKING | {"console-papers"}]


def where(name, public_id):
    return reverse(name, kwargs={part: public_id if part == "public_id" else NOBODY for part in PARTS[name]})


def asked(client, address):
    """What only takes something is given nothing."""
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


def test_there_is_something_to_crawl():
    assert {"console-game", "console-figures", "console-live", "console-log", "console-players"} <= set(OF_A_GAME)


@pytest.mark.promise("P20")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OF_A_GAME)
def test_a_game_of_another_tenant_is_word_for_word_no_game(world, name, role):
    crawl(world, name, role)


def crawl(world, name, role):
    theirs, client = world.game(world.other), world.client(role)
    foreign, missing = (asked(client, where(name, public_id)) for public_id in (theirs.public_id, NOBODY))
    assert foreign.status_code == missing.status_code
    assert foreign.status_code in (404, 403)  # 403: the role is refused before the game is looked for
    assert foreign.content == missing.content
    assert theirs.title.encode() not in foreign.content


@pytest.mark.control("P20")
def test_a_page_that_forgets_whose_game_it_is_would_be_caught(world, monkeypatch):
    def careless(public_id: str) -> Game | None:
        with scope.platform():
            return Game.objects.select_related("tenant").filter(public_id=public_id).first() or find(public_id)

    find = overview.find
    monkeypatch.setattr(overview, "find", careless)
    with pytest.raises(AssertionError):
        crawl(world, "console-game", "owner")


@pytest.mark.promise("P20")
def test_the_owner_of_that_game_sees_it(world):
    """The crawl above would also pass if nothing worked at all."""
    theirs = world.game(world.other)
    for name in WHOLE:
        assert asked(world.client("owner", "other"), where(name, theirs.public_id)).status_code in (200, 302), name


@pytest.mark.promise("P20")
def test_lists_and_searches_name_nothing_of_another_tenant(world):
    world.game(world.other, title="Secret orchard")
    for address in ("/console/", "/console/games/", "/console/games/?q=Secret"):
        assert b"orchard" not in world.client().get(address).content


@pytest.mark.promise("P20")
def test_names_of_another_game_s_players_stay_there(world):
    mine, sibling = world.game(), world.game()
    world.player(sibling, 17, "Somebody else")
    world.event(mine, 1, "kicked", "operator", world.members["other", "owner"].pk, player=17)
    told = world.client().get(f"/console/games/{mine.public_id}/live/log/").json()["entries"]
    assert (told[0]["name"], told[0]["by"]) == ("", "")


@pytest.mark.parametrize("name", ["console", "console-games", *PAGES])
def test_strangers_are_sent_to_the_door_and_come_back_where_they_wanted(client, world, name):
    address = where(name, world.game().public_id)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/console/login/?next={address}"


@pytest.mark.parametrize("name", ["console", "console-games", *READ])
def test_nothing_is_kept_in_caches_and_nothing_but_reading_is_possible(world, name):
    address = where(name, world.game().public_id)
    assert "no-store" in world.client().get(address)["Cache-Control"]
    assert world.client().post(address).status_code == 405
