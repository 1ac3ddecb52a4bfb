"""A game's overview: its numbers, its last hour, the way from the door to the prize, the ways in."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from games.mechanic import Figure
from games.mechanics.instant_win import InstantWin
from games.models import GameEvent
from games.pages import times
from games.registry import MECHANICS
from tenants import scope
from tests.games.console.test_home import text
from tests.games.console.world import ago


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
    world.minute(played, 0, plays=6, players=2)
    world.minute(played, 1, plays=3, won=2)
    shown = text(world.client().get(at(played)))
    assert re.search(r"Plays 9 \+6 this minute 3 the minute before", shown)
    assert re.search(r"Prizes won 2 Last one .* ago", shown)
    assert re.search(r"Players 4 \+2 this minute 0 the minute before", shown)
    assert "98 of 100 left" in shown


@pytest.mark.contract("C5")
def test_the_funnel_counts_people_not_presses(world, played):
    shown = text(world.client().get(at(played))).split("From the door to the prize")[1]
    assert shown.startswith(" People, each counted once")
    assert re.search(r"Gave a name 5 Came in 4 80% Played 3 75% Won 2 67%", shown)


def test_home_overview_and_table_mean_the_same_minute(world, played):
    world.minute(played, 0, plays=6)
    world.minute(played, 1, plays=159)
    client = world.client()
    assert "6 plays this minute" in text(client.get("/console/"))
    shown = text(client.get(at(played)))
    assert re.search(r"\+6 this minute 159 the minute before", shown)
    assert re.search(r"New players \d\d:\d\d 6 0 0 \d\d:\d\d 159 0 0", shown)


def test_a_mechanic_of_tomorrow_is_counted_in_its_own_words(world, monkeypatch):
    class Picks(InstantWin, frozen=True):
        title = "Picks"
        figures = (Figure("picks", "Picked", ("{count} pick", "{count} picks")),)

    monkeypatch.setitem(MECHANICS, "picks", Picks)
    game = world.game(kind="picks", totals={"picks": 1840, "players": 2})
    world.minute(game, 0, picks=12)
    client = world.client()
    assert "12 picks this minute" in text(client.get("/console/"))
    assert "1,840 picks –" in text(client.get("/console/games/"))
    shown = text(client.get(at(game)))
    assert re.search(r"Picked 1,840 \+12 this minute", shown)
    assert re.search(r"Picked per minute Picked See as a table", shown)
    assert re.search(r"Minute Picked New players \d\d:\d\d 12 0 ", shown)
    assert not any(word in shown for word in ("Plays", "Prizes won"))


RUNS = {"en": ("this minute", "What remains", "Where people come in", "4 in the game so far"), "fr": ("cette minute", "Ce qui reste")}
STATES = {
    ("waiting", "en"): {"Prepare", "It has not opened yet.", "this minute", "What can be won", "Where people come in", RUNS["en"][-1]},
    ("open", "en"): {"Host live", *RUNS["en"]},
    ("paused", "en"): {"Resume", *RUNS["en"]},
    ("ended", "en"): {"Log and players", "Final number", "What was not won", "Where people came in", "4 took part", "over since"},
    ("waiting", "fr"): {"Préparer", "Il n’a pas encore ouvert.", "cette minute", "Ce qu’on peut gagner"},
    ("open", "fr"): {"Animer", *RUNS["fr"]},
    ("paused", "fr"): {"Reprendre", *RUNS["fr"]},
    ("ended", "fr"): {"Journal et joueurs", "Chiffre définitif", "Ce qui n’a pas été gagné", "4 ont participé", "terminé depuis"},
}


@pytest.mark.parametrize(("phase", "language"), STATES)
def test_it_speaks_in_the_state_the_game_is_in(world, phase, language):
    game = world.game(phase=phase, totals={"players": 4}, seal={"manifest": {}})
    shown = text(world.client(headers={"accept-language": language}).get(at(game)))
    known = {words for state, spoken in STATES.items() if state[1] == language for words in spoken}
    assert {words for words in known if words in shown} == STATES[phase, language]
    assert (("See the proof" if language == "en" else "Voir la preuve") in shown) == (phase == "ended")


def test_a_game_that_was_closed_before_its_hour_says_when(world):
    game = world.game(phase="ended", closes_at=ago(days=-3))
    world.event(game, 1, "ended", "system", reason="host")
    shown = text(world.client().get(at(game)))
    with scope.tenant(world.demo.pk):
        then = datetime.fromtimestamp(GameEvent.objects.get().at, UTC)
    assert f"over since {times.moment(then, 'Europe/Paris')}" in shown


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
    assert re.search(r"Gave a name 0 Came in 0 Played 0 Won 0 ", shown)


def test_the_ways_in_are_shown(world, played):
    body = world.client().get(at(played)).content.decode()
    assert f"http://testserver/t/demo/{played.slug}/" in body
    assert f"/t/demo/{played.slug}/screen/" in body
    assert f">{played.code}<" in body
    assert "<svg" in body.split('class="qr-tile"')[1]
    assert f"/t/demo/{played.slug}/proof/" not in body  # it has not been sealed


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
