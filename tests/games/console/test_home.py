"""Home: right without a script, made of real rows, at a price that does not grow with the games."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.games.console.world import ago


def text(response) -> str:
    """What a reader sees, on one line."""
    body = response.content.decode().split("<main", 1)[1]
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body))


def home(world, role="owner", **given):
    response = world.client(role, **given).get("/console/")
    assert response.status_code == 200
    return response


def test_the_headline_counts_the_games_that_are_live(world):
    assert "No game live" in text(home(world))
    world.game()
    assert "One game live" in text(home(world))
    world.game(), world.game(phase="paused"), world.game(phase="ended"), world.game(phase="waiting")
    assert "Two games live" in text(home(world))
    for _ in range(9):
        world.game()
    assert "11 games live" in text(home(world))


@pytest.mark.contract("C5")
def test_the_first_numbers_come_with_the_page(world):
    game = world.game(totals={"players": 1840, "plays": 9120, "won": 31}, stock={"mug": 70, "trip": 1})
    world.minute(game, 0, plays=152, won=3)
    shown = text(home(world))
    assert "1,840 players" in shown
    assert "152 plays this minute" in shown
    assert "31 of 102 won" in shown


def test_french_people_read_french_numbers(world):
    world.game(totals={"players": 1840})
    shown = text(home(world, headers={"accept-language": "fr"}))
    assert "Un jeu en direct" in shown
    assert "1\u202f840 joueurs" in shown
    assert "heure de Paris" in shown


def test_the_sparkline_is_drawn_by_the_server(world):
    game = world.game()
    world.minute(game, 0, plays=4)
    world.minute(game, 1, plays=8)
    heights = re.findall(r'<rect [^>]*height="([\d.]+)"', home(world).content.decode())
    assert heights[-2:] == ["46.0", "23.0"]
    assert set(heights[:-2]) == {"1.5"}
    assert len(heights) == 36


def test_what_needs_doing_is_what_the_games_say(world):
    world.game(title="Stands", phase="paused")
    world.game(title="Ready", phase="waiting", opens_at=None)
    world.game(title="Poor", stock={"mug": 10, "trip": 0})
    shown = text(home(world))
    assert "Stands is paused" in shown
    assert "Ready is ready" in shown
    assert "Mug: 10 of 100 left" in shown
    assert "Trip: all 2 are given" in shown


def test_nothing_to_do_is_said(world):
    world.game()
    assert "Nothing waits for you. The games run by themselves." in text(home(world))


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing waits for you. Coming"), ("fr", "Rien ne vous attend. À venir")])
def test_when_all_games_are_over_nothing_is_said_to_run(world, language, said):
    world.game(phase="ended", closes_at=ago(hours=1))
    shown = text(home(world, headers={"accept-language": language}))
    assert said in shown
    assert not any(word in shown for word in ("run by themselves", "tournent", "stands below", "ci-dessous"))


def test_the_week_says_what_each_game_had_counted_by_then(world):
    one, two = world.game(totals={"plays": 7}), world.game(phase="ended")
    world.minute(one, 0, plays=7)
    body = home(world).content.decode()
    assert f'data-sum="plays" data-value="7" data-before="0" data-bases="{one.public_id}:7 {two.public_id}:0"' in body


def test_only_who_may_host_is_sent_to_the_live_page(world):
    game = world.game(phase="paused")
    live = f"/console/games/{game.public_id}/live/"
    assert live in home(world, "moderator").content.decode()
    assert live not in home(world, "analyst").content.decode()


def test_what_comes_next_is_in_order_and_in_the_future(world):
    world.game(title="Late", closes_at=ago(days=-3))
    world.game(title="Soon", phase="waiting", opens_at=ago(hours=-2), closes_at=ago(days=-2))
    world.game(title="Past", phase="ended", closes_at=ago(hours=1))
    shown = text(home(world))
    order = [shown.index(line) for line in ("Opens: Soon", "Closes: Soon", "Closes: Late")]
    assert order == sorted(order)
    assert "Closes: Past" not in shown


@pytest.mark.contract("C5")
def test_seven_days_are_added_up_and_compared(world):
    game = world.game()
    day = 24 * 60
    world.minute(game, 0, plays=10, players=1)
    world.minute(game, 6 * day, plays=20)
    world.minute(game, 8 * day, plays=25)
    world.minute(game, 15 * day, plays=1000)
    shown = text(home(world)).split("Last seven days")[1]
    assert re.search(r"Plays 30 \+20%", shown)
    assert re.search(r"New players 1 (?!\+)", shown)


def test_a_tenant_without_games_is_told_what_will_be_here(world):
    response = home(world)
    assert "No game yet." in text(response)
    assert "<script" not in response.content.decode()


@pytest.mark.promise("P20")
def test_nothing_of_another_tenant_is_counted_or_named(world):
    theirs = world.game(world.other, title="Secret orchard", totals={"players": 777})
    world.minute(theirs, 1, plays=555)
    world.game()
    shown = text(home(world))
    assert "One game live" in shown
    assert not any(word in shown for word in ("Secret", "777", "555"))


def test_more_games_ask_no_more_of_the_database(world):
    client = world.client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/console/")
        return len([query for query in asked.captured_queries if "set_config" not in query["sql"]])

    world.game()
    queries()
    one = queries()
    for _ in range(8):
        world.minute(world.game(phase="paused", stock={"mug": 1}), 1, plays=3)
    assert queries() == one
    assert one <= 9


def test_the_page_obeys_its_own_strict_policy(world):
    world.game()
    response = home(world)
    body = response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert " style=" not in body
    assert not re.search(r"<script(?![^>]* src=)", body)
    assert not re.search(r" on[a-z]+=", body)
