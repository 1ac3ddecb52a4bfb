"""Players and prizes: searched, sorted, a page at a time, at a price that does not grow with the rows; addresses and codes kept back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from games.console.hours import hours, unbroken
from games.models import Player, PrizeCode
from tenants import scope
from tenants.models.contact import Consent, Contact
from tests.games.console.test_home import text
from tests.games.console.test_tabs import at


def names(response) -> list[str]:
    return re.findall(r'data-label="Name"><b>(.*?)</b>', response.content.decode())


def contact(world, player, email, *purposes):
    with scope.tenant(player.tenant_id):
        player.contact = Contact.objects.create(email=email)
        player.save()
        for purpose in purposes:
            Consent.objects.create(contact=player.contact, purpose=purpose, text_hash="0" * 64)


def code(world, game, prize, unit, word):
    with scope.tenant(game.tenant_id):
        PrizeCode.objects.create(game=game, prize=prize, unit=unit, code=word)


# Players


def test_a_player_stands_there_with_what_he_did(world):
    game = world.game()
    contact(world, world.player(game, 1, "Ana M."), "ana@example.test", "newsletter")
    world.event(game, 1, "joined", by=1, player=1)
    for seq in (2, 3):
        world.event(game, seq, "lost", by=1, player=1, until=1.0)
    world.award(game, 1)
    shown = text(world.client().get(at(game, "players/")))
    assert re.search(r"1 Ana M\. \d\d/\d\d/\d{4} \d\d:\d\d 2 1 ana@example.test newsletter", shown)


@pytest.mark.contract("C12")
@pytest.mark.parametrize(("role", "may"), [("owner", True), ("editor", True), ("analyst", True), ("moderator", False)])
def test_addresses_are_for_those_who_may_read_them(world, role, may):
    game = world.game()
    contact(world, world.player(game, 1, "Ana"), "ana@example.test", "newsletter")
    answer = world.client(role).get(at(game, "players/"))
    assert (b"ana@example.test" in answer.content) is may
    assert (b"newsletter" in answer.content) is may
    assert names(world.client(role).get(at(game, "players/"), {"q": "example.test"})) == (["Ana"] if may else [])


def test_pages_follow_each_other_in_both_directions_and_in_each_order(world):
    game = world.game()
    for number in range(1, 71):
        world.player(game, number, f"P{number % 7}")
    client = world.client()
    for sort, key in (("new", lambda p: -p.number), ("old", lambda p: p.number), ("name", lambda p: (p.name, p.number))):
        with scope.tenant(game.tenant_id):
            wanted = [p.name for p in sorted(Player.objects.filter(game=game), key=key)]
        address, seen, pages = f"{at(game, 'players/')}?sort={sort}", [], []
        while address:
            answer = client.get(address)
            pages.append(names(answer))
            seen += pages[-1]
            following = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
            address = following and at(game, "players/") + following[1].replace("&amp;", "&")
        assert seen == wanted
        assert [len(page) for page in pages] == [30, 30, 10]
        back = re.search(r'rel="prev" href="([^"]+)"', answer.content.decode())[1].replace("&amp;", "&")
        assert names(client.get(at(game, "players/") + back)) == pages[1]


def test_a_search_and_winners_alone_are_kept_from_page_to_page(world):
    game = world.game()
    for number in range(1, 41):
        world.player(game, number, "Ana" if number % 2 else "Zoé")
        world.award(game, number, unit=number)
    world.player(game, 99, "Ana")
    answer = world.client().get(at(game, "players/"), {"q": "ana", "only": "won"})
    assert names(answer) == ["Ana"] * 20
    assert "99" not in re.findall(r'data-label="No."> *(\d+)', answer.content.decode())


@pytest.mark.parametrize("asked", [{"q": "\0"}, {"q": "' OR 1=1"}, {"after": "x"}, {"after": "99999"}, {"before": "-1"}, {"sort": "';"}])
def test_strange_questions_break_nothing(world, asked):
    game = world.game()
    world.player(game, 1, "Ana")
    for page in ("players/", "prizes/"):
        assert world.client().get(at(game, page), asked).status_code == 200


def test_players_of_another_game_are_not_here(world):
    mine, sibling = world.game(), world.game()
    world.player(sibling, 1, "Somebody else")
    assert "Somebody else" not in text(world.client().get(at(mine, "players/")))


def test_an_empty_list_teaches(world):
    assert "No player yet." in text(world.client().get(at(world.game(), "players/")))
    assert "Nobody like that plays here." in text(world.client().get(at(world.game(), "players/"), {"q": "zz"}))
    assert "Nothing has been won yet." in text(world.client().get(at(world.game(), "prizes/")))


# Prizes


def test_a_shelf_says_what_is_given_and_left(world):
    shown = text(world.client().get(at(world.game(stock={"mug": 97, "trip": 0}), "prizes/")))
    assert "Mug Left 97 Given 3 Stock 100" in shown
    assert "Trip All given Left 0 Given 2 Stock 2" in shown


@pytest.mark.parametrize("role", ["owner", "moderator"])
def test_a_code_shows_its_last_two_letters_and_no_more(world, role):
    game = world.game()
    world.player(game, 7, "Ana")
    world.award(game, 7, "mug", 2)
    code(world, game, "mug", 2, "CLB-SECR-ETXY")
    code(world, game, "mug", 3, "CLB-OTHE-RONE")
    answer = world.client(role).get(at(game, "prizes/"))
    assert re.search(r"Mug 3 Ana #7 •••• ends with XY", text(answer))
    assert not any(part in answer.content for part in (b"SECR", b"ETXY", b"OTHE", b"RONE"))


def test_awards_are_found_by_player_and_by_prize(world):
    game = world.game()
    for number, name in ((1, "Ana"), (2, "Zoé")):
        world.player(game, number, name)
        world.award(game, number, "mug", number)
    world.award(game, 2, "trip", 0)

    def won(**asked):
        return re.findall(r'data-label="Prize"><b>(.*?)</b>.*?q=%23(\d)', world.client().get(at(game, "prizes/"), asked).content.decode())

    assert won(q="zoé", sort="prize") == [("Mug", "2"), ("Trip", "2")]
    assert won(only="trip") == [("Trip", "2")]
    assert won(sort="old")[-1] == ("Mug", "2")


@pytest.mark.parametrize("part", ["players/", "prizes/"])
def test_more_rows_ask_no_more_of_the_database(world, part):
    game, client = world.game(), world.client()

    def come(number: int) -> None:
        contact(world, world.player(game, number, "Somebody"), f"p{number}@example.test", "newsletter")
        world.event(game, number, "lost", by=number, player=number, until=1.0)
        world.award(game, number, unit=number)
        code(world, game, "mug", number, f"CODE{number}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(at(game, part))
        found = [query["sql"] for query in asked.captured_queries if "set_config" not in query["sql"]]
        assert not any("COUNT(*)" in sql and "GROUP BY" not in sql for sql in found)
        return len(found)

    come(1)
    queries()
    few = queries()
    for number in range(2, 25):
        come(number)
    assert queries() == few
    assert few <= 12


# Results


@pytest.mark.contract("C5")
def test_results_say_whether_they_are_final(world):
    for phase, words in (("open", "Results so far"), ("ended", "Final results"), ("waiting", "The game has not begun")):
        assert words in text(world.client().get(at(world.game(phase=phase), "results/")))


@pytest.mark.contract("C5")
def test_hours_add_up_and_have_their_odds(world):
    game = world.game(totals={"players": 4, "plays": 40, "won": 5})
    world.minute(game, 1, plays=30, won=3, players=4)
    world.minute(game, 25 * 60, plays=10, won=2)
    answer = world.client().get(at(game, "results/"))
    shown = text(answer)
    assert "Odds of a play 12.5%" in shown
    assert re.search(r"[AP]M 4 30 3 10%", shown)
    assert re.search(r"[AP]M 0 10 2 20%", shown)
    assert answer.content.decode().count('class="bar-1"') in (26, 25)


def test_a_long_game_is_drawn_by_the_day(world):
    game = world.game()
    for day in range(0, 40, 2):
        world.minute(game, day * 24 * 60, plays=10, won=1)
    body = world.client().get(at(game, "results/")).content.decode()
    assert "Plays per day" in body
    assert body.count('class="bar-1"') in (38, 39, 40)


def test_hours_are_told_in_the_tenants_zone(world):
    game = world.game()
    world.minute(game, 0, plays=1)
    world.minute(game, 3 * 60, plays=1)
    with scope.tenant(game.tenant_id):
        spans = unbroken(hours(game), timedelta(hours=1))
    assert len(spans) == 4
    assert all(str(each.at.tzinfo) == "Europe/Paris" for each in spans)
