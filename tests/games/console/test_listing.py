"""The list of games: searched, sorted, a page at a time."""

import pytest

from tests.games.console.test_home import text
from tests.games.console.world import ago


def listed(world, **asked):
    return text(world.client("analyst").get("/console/games/", asked))


def test_every_game_is_there_with_its_state_and_its_numbers(world):
    world.game(title="Lemons", totals={"players": 1840, "plays": 9120, "won": 31})
    shown = listed(world)
    assert "Lemons Instant win" in shown
    assert "Live" in shown
    assert "1,840 9,120 plays 31" in shown


def test_a_title_is_found_by_a_part_of_it(world):
    world.game(title="Lemons"), world.game(title="Cherries")
    shown = listed(world, q="lem")
    assert "Lemons" in shown
    assert "Cherries" not in shown


def test_a_search_without_an_answer_says_what_to_do(world):
    world.game()
    assert "No title contains “<zz>”." in listed(world, q="<zz>").replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    ("order", "titles"), [("title", ["A", "B", "C"]), ("new", ["B", "A", "C"]), ("closes", ["C", "B", "A"]), ("'; --", ["B", "A", "C"])]
)
def test_the_order_can_be_chosen(world, order, titles):
    world.game(title="Game C", closes_at=ago(days=-1))
    world.game(title="Game A", closes_at=ago(days=-3))
    world.game(title="Game B", closes_at=ago(days=-2))
    shown = listed(world, sort=order)
    places = [shown.index(f"Game {title}") for title in titles]
    assert places == sorted(places)


def test_many_games_come_in_pages(world):
    for number in range(30):
        world.game(title=f"Game {number:02}")
    assert "Page 1 of 2" in listed(world, sort="title")
    assert "Game 29" in listed(world, sort="title", page="2")
    assert "Page 2 of 2" in listed(world, page="999")


def test_a_null_byte_in_a_search_is_no_error(world):
    world.game(title="Lemons")
    assert "Lemons" in listed(world, q="lem\0")
