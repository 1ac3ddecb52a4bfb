"""Tickets and prizes over REST: only to the player himself."""

from urllib.parse import parse_qs, urlsplit

import pytest

from games.mechanics.instant_win import Lost, Won
from games.models import PrizeCode
from tenants import identity, scope
from tests.games.published import Hand, published

AT = 1.8e9


def won(player, moment, unit=0, prize="mug"):
    return Won(player, prize, unit, moment, AT, AT, AT)


@pytest.fixture
def played(visitor, stranger, game):
    """The visitor is player 1 and has won a mug and a trip; the stranger is player 2 and has won a mug."""
    visitor.join("Ana"), stranger.join("Bo")
    hand = Hand(game)
    hand.write(AT, "player", 1, won(1, 0))
    hand.write(AT + 1, "player", 2, Lost(2, AT), won(2, 1, 1))
    hand.write(AT + 1, "player", 1, won(1, 2, prize="trip"))
    return game


def receive(award, visitor):
    """As its winner does, on its page."""
    key = parse_qs(urlsplit(award["claim"]).query)["key"][0]
    given = {"key": key, "name": "Ana Martin", "email": "ana@home.test"}
    return visitor.post(urlsplit(award["claim"]).path, given)


def test_a_player_reads_what_he_has_won_and_where_he_receives_it_oldest_first(visitor, played):
    answer = visitor.ask("awards")
    first, second = answer.json()
    assert len(first.pop("award")) == 26
    assert first.pop("claim").startswith("/t/colibri/win/claim/")
    assert first == {"prize": "mug", "label": "Mug d’été", "code": None, "at": AT, "state": "won"}
    assert (second["prize"], second["code"]) == ("trip", None)
    assert answer["Cache-Control"] == "no-store"


def test_the_code_comes_with_it_once_it_is_claimed(visitor, played):
    assert receive(visitor.ask("awards").json()[1], visitor).status_code == 302
    assert [(award["state"], award["code"]) for award in visitor.ask("awards").json()] == [("won", None), ("claimed", "trip-0-win")]


@pytest.mark.promise("P20")
def test_nobody_reads_what_another_has_won(visitor, stranger, played):
    receive(visitor.ask("awards").json()[0], visitor)
    receive(stranger.ask("awards").json()[0], stranger)
    assert [award["code"] for award in stranger.ask("awards").json()] == ["mug-1-win"]
    everything = b"".join(stranger.ask(what, nickname="Bo").content for what in ("join", "ticket", "awards"))
    assert b"mug-0-win" not in everything
    assert b"trip-0-win" not in everything


def test_a_token_stands_for_the_cookie(visitor, played, client):
    token = visitor.join().json()["token"]
    answer = client.post("/api/v1/t/colibri/games/win/awards", {"token": token}, content_type="application/json")
    assert [award["prize"] for award in answer.json()] == ["mug", "trip"]


def test_a_wrong_token_is_not_made_good_by_a_cookie(visitor, played):
    for what in ("awards", "ticket"):
        answer = visitor.ask(what, token="forged")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_token")


def test_who_does_not_play_has_neither_prizes_nor_tickets(played, client):
    for what in ("awards", "ticket"):
        answer = client.post(f"/api/v1/t/colibri/games/win/{what}", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_token")


def test_a_token_of_one_game_opens_no_other(visitor, tenant, played):
    published(tenant, "second")
    token = visitor.join().json()["token"]
    assert visitor.ask("awards", game="second", token=token).status_code == 401
    assert visitor.ask("ticket", game="second").status_code == 401


def test_who_has_won_nothing_reads_an_empty_list(visitor, game):
    visitor.join()
    assert visitor.ask("awards").json() == []


def test_each_ticket_is_a_new_one_for_the_same_player(visitor, game):
    first = visitor.join().json()
    tickets = [visitor.ask("ticket", token=first["token"]).json()["ticket"] for _ in range(3)]
    read = [identity.read_ticket(ticket, game.tenant_id, game.pk) for ticket in [first["ticket"], *tickets]]
    assert {ticket.identity.player for ticket in read} == {1}
    assert len({ticket.jti for ticket in read}) == 4


def test_a_code_that_is_not_there_is_none(visitor, played):
    with scope.tenant(played.tenant_id):
        PrizeCode.objects.all().delete()
    for award in visitor.ask("awards").json():
        receive(award, visitor)
    assert [award["code"] for award in visitor.ask("awards").json()] == [None, None]
