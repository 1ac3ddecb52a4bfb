"""A game's overview: its numbers, its last hour, the way from the door to the prize, the ways in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.games.console.test_home import text


def at(game, more=""):
    return f"/console/games/{game.public_id}/{more}"


@pytest.fixture
def played(world):
    """Five came to the door, four came in, three played, two won."""
    game = world.game(totals={"players": 4, "plays": 9, "won": 2}, stock={"mug": 98, "trip": 2}, seq=7)
    for number in range(1, 6):
        world.player(game, number, f"Player {number}")
    for seq, player in enumerate((1, 2, 3, 4), 1):
        world.event(game, seq, "joined", by=player, player=player)
    for seq, player in enumerate((1, 1, 2, 3), 5):
        world.event(game, seq, "lost", by=player, player=player)
    world.award(game, 1, unit=0)
    world.award(game, 2, unit=1)
    return game


@pytest.mark.contract("C5")
def test_the_counters_come_with_the_page(world, played):
    world.minute(played, 1, plays=6, players=2)
    shown = text(world.client().get(at(played)))
    assert re.search(r"Plays 9 \+6 last minute", shown)
    assert re.search(r"Prizes won 2 Last one .* ago", shown)
    assert re.search(r"Players 4 \+2 last minute", shown)
    assert "98 of 100 left" in shown


@pytest.mark.contract("C5")
def test_the_funnel_counts_people_not_presses(world, played):
    shown = text(world.client().get(at(played))).split("From the door to the prize")[1]
    assert re.search(r"Gave a name 5 Came in 4 80% Played 3 75% Won 2 67%", shown)


def test_the_funnel_can_be_asked_again(world, played):
    answer = world.client().get(at(played, "figures/")).json()
    assert [(step["name"], step["value"], step["rate"]) for step in answer["steps"]] == [
        ("named", 5, None), ("came", 4, 80), ("played", 3, 75), ("won", 2, 67),
    ]  # fmt: skip
    assert answer["last_win"]


def test_the_last_hour_is_a_table_before_it_is_a_chart(world, played):
    world.minute(played, 2, plays=159, won=2)
    world.minute(played, 90, plays=777)
    shown = text(world.client().get(at(played)))
    assert re.search(r"\d\d:\d\d 159 2 0", shown)
    assert "777" not in shown


def test_a_game_that_nobody_has_seen_has_honest_zeros(world):
    shown = text(world.client().get(at(world.game(phase="waiting", opens_at=None, closes_at=None))))
    assert "None yet" in shown
    assert "Nobody has played in the last hour." in shown
    assert "100 of 100 left" in shown


def test_the_ways_in_are_shown(world, played):
    body = world.client().get(at(played)).content.decode()
    assert f"http://testserver/t/demo/{played.slug}/" in body
    assert f"/t/demo/{played.slug}/screen/" in body
    assert f">{played.code}<" in body
    assert "<svg" in body.split('class="qr-tile"')[1]
    assert "/proof/" not in body  # it has not been sealed


def test_the_host_is_offered_the_live_page_and_the_analyst_is_not(world, played):
    assert at(played, "live/") in world.client("moderator").get(at(played)).content.decode()
    assert at(played, "live/") not in world.client("analyst").get(at(played)).content.decode()


def test_more_people_and_minutes_ask_no_more_of_the_database(world, played):
    client = world.client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(at(played))
        return len([query for query in asked.captured_queries if "set_config" not in query["sql"]])

    queries()
    few = queries()
    for number in range(6, 30):
        world.player(played, number, "More")
        world.minute(played, number, plays=1)
        world.award(played, number, unit=number)
    assert queries() == few
    assert few <= 10
