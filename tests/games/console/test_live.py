"""The live page and what it asks besides its socket: the log with names, the players by name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from games.console import log
from games.mechanics.instant_win import InstantWin
from tests.games.console.world import ROLES


def at(game, more=""):
    return f"/console/games/{game.public_id}/live/{more}"


@pytest.mark.contract("C12")
@pytest.mark.parametrize("part", ["", "log/", "players/"])
@pytest.mark.parametrize("role", ROLES)
def test_hosting_is_for_those_who_may_host(world, role, part):
    answer = world.client(role).get(at(world.game(), part))
    assert answer.status_code == (403 if role == "analyst" else 200)


def test_who_may_not_host_is_told_whom_to_ask(world):
    answer = world.client("analyst").get(at(world.game()))
    assert "The owner of the space can give you another role." in answer.content.decode()


def test_the_page_names_the_sockets_of_its_game(world):
    game = world.game(slug="instant-win")
    body = world.client().get(at(game)).content.decode()
    assert 'data-socket="/ws/operate/demo/instant-win/"' in body
    assert "/static/games/mechanics/instant_win.js" in body


# The log


def entries(world, game, role="owner", **asked):
    return world.client(role).get(at(game, "log/"), asked).json()["entries"]


def test_the_log_says_who_did_what(world):
    game = world.game()
    owner, moderator = world.members["demo", "owner"], world.members["demo", "moderator"]
    world.player(game, 17, "Théo94")
    world.event(game, 1, "opened", "system")
    world.event(game, 2, "joined", by=17, player=17)
    world.event(game, 3, "paused", "operator", owner.pk, at=1.0)
    world.event(game, 4, "kicked", "operator", moderator.pk, player=17)
    told = [(entry["seq"], entry["event"]["t"], entry["name"], entry["by"], entry["mine"]) for entry in entries(world, game)]
    assert told == [
        (1, "opened", "", None, False),
        (2, "joined", "Théo94", "", False),
        (3, "paused", "", "Owner Colibri", True),
        (4, "kicked", "Théo94", "Moderator Colibri", False),
    ]


def test_the_log_can_be_asked_between_two_numbers(world):
    game = world.game()
    for seq in range(1, 9):
        world.event(game, seq, "lost", by=1, player=1, until=1.0)
    assert [entry["seq"] for entry in entries(world, game, after="3", until="6")] == [4, 5, 6]
    assert len(entries(world, game, after="x", until="-1")) == 8


def test_what_was_decided_is_found_behind_a_crowd(world, monkeypatch):
    monkeypatch.setattr(log, "LATEST", 5)
    game = world.game()
    world.event(game, 1, "opened", "operator", world.members["demo", "owner"].pk)
    for seq in range(2, 20):
        world.event(game, seq, "lost", by=1, player=1, until=1.0)
    found = entries(world, game)
    assert [entry["seq"] for entry in found] == [1, 15, 16, 17, 18, 19]
    assert found[0]["event"]["t"] == "opened"


def test_an_event_of_years_ago_is_told_as_what_it_is_called_today(world, monkeypatch):
    def upcast(kind, version, data):
        assert (kind, data["t"]) == ("missed", "missed")
        return {"t": "lost", "player": data["who"], "until": 1.0}

    monkeypatch.setattr(InstantWin, "upcast", staticmethod(upcast))
    game = world.game()
    world.player(game, 17, "Théo94")
    world.event(game, 1, "missed", by=17, who=17)
    (entry,) = entries(world, game)
    assert (entry["event"], entry["name"]) == ({"t": "lost", "player": 17, "until": 1.0}, "Théo94")


# The players


def players(world, game, **asked):
    return world.client("moderator").get(at(game, "players/"), asked).json()


def test_players_come_newest_first_a_page_at_a_time(world):
    game = world.game()
    for number in range(1, 41):
        world.player(game, number, f"P{number}")
    first = players(world, game)
    assert [each["player"] for each in first["players"]] == list(range(40, 10, -1))
    assert first["more"] is True
    second = players(world, game, before="11")
    assert [each["player"] for each in second["players"]] == list(range(10, 0, -1))
    assert second["more"] is False


def test_players_are_found_by_name_or_number(world):
    game = world.game()
    for number, name in enumerate(("Ana M.", "Zoé", "ANAÏS", "100%"), 1):
        world.player(game, number, name)
    assert [each["name"] for each in players(world, game, q="ana")["players"]] == ["ANAÏS", "Ana M."]
    assert [each["name"] for each in players(world, game, q="#2")["players"]] == ["Zoé"]
    assert [each["name"] for each in players(world, game, q="%")["players"]] == ["100%"]


@pytest.mark.parametrize("asked", ["\0", "' OR 1=1 --", "9" * 30, "<b>", "\u202e", "#"])
def test_a_strange_search_finds_nothing_and_breaks_nothing(world, asked):
    game = world.game()
    world.player(game, 1, "Ana")
    assert players(world, game, q=asked)["players"] in ([], players(world, game)["players"])


def test_players_show_what_they_have_won(world):
    game = world.game()
    world.player(game, 1, "Ana")
    world.award(game, 1, unit=0)
    world.award(game, 1, unit=1)
    assert players(world, game)["players"][0]["won"] == 2


@pytest.mark.parametrize("part", ["log/", "players/"])
def test_more_people_ask_no_more_of_the_database(world, part):
    game, client = world.game(), world.client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(at(game, part))
        return len([query for query in asked.captured_queries if "set_config" not in query["sql"]])

    def come(number: int) -> None:
        world.player(game, number, "Somebody")
        world.event(game, number, "kicked", "operator", world.members["demo", "owner"].pk, player=number)
        world.award(game, number, unit=number)

    come(1)
    queries()
    few = queries()
    for number in range(2, 20):
        come(number)
    assert queries() == few
