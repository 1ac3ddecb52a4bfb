"""Joining over REST: who gets in, as whom, and what a stranger can make of it."""

from ipaddress import ip_network

import pytest

from games import api
from games.limits import Buckets
from games.models import Game, Player
from tenants import identity, scope
from tests.games.api.answers import refused, rows
from tests.games.api.conftest import Visitor
from tests.games.published import published


def test_who_joins_gets_a_number_a_token_a_ticket_and_the_address_of_the_socket(visitor, game):
    answer = visitor.join("  Ana   M. ")
    body = answer.json()
    assert answer.status_code == 201
    assert set(body) == {"player", "token", "ticket", "socket"}
    assert (body["player"], body["socket"]) == (1, "ws://testserver/ws/play/colibri/win/")
    assert identity.read_player_token(body["token"], game.tenant_id, game.pk) == (1, rows(game.tenant, Player)[0].device)
    ticket = identity.read_ticket(body["ticket"], game.tenant_id, game.pk)
    assert (ticket.identity, ticket.game) == (identity.Identity(game.tenant_id, "player", player=1), game.pk)
    assert rows(game.tenant, Player)[0].name == "Ana M."


def test_the_cookie_is_signed_for_all_paths_and_hidden_from_scripts(visitor, game):
    cookie = visitor.join().cookies[identity.cookie_name(game.tenant_id)]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"], cookie["domain"]) == (True, "Lax", "/", "", "")
    assert cookie["max-age"] == identity.COOKIE_SECONDS
    device = identity.read_device({cookie.key: cookie.value}, game.tenant_id)
    assert device.seats == {game.pk: (1, game.line)}
    assert device.device == rows(game.tenant, Player)[0].device


def test_behind_tls_cookie_and_socket_are_secure(visitor, game, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = visitor.send("/api/v1/t/colibri/games/win/join", '{"nickname": "Ana"}', headers={"x-forwarded-proto": "https"})
    assert answer.json()["socket"].startswith("wss://")
    assert answer.cookies[identity.cookie_name(game.tenant_id)]["secure"] is True


def test_the_same_cookie_is_the_same_player_whatever_name_he_gives(visitor, game):
    assert [visitor.join(name).json()["player"] for name in ("Ana", "Bo")] == [1, 1]
    assert [player.name for player in rows(game.tenant, Player)] == ["Ana"]


def test_a_token_is_the_same_player_on_a_device_without_cookies(visitor, stranger, game):
    token = visitor.join().json()["token"]
    assert stranger.join("Bo", token=token).json()["player"] == 1
    assert stranger.join("Bo").json()["player"] == 1, "and its cookie then is, too"
    assert len(rows(game.tenant, Player)) == 1


def test_another_device_is_another_player(visitor, stranger, game):
    assert [visitor.join().json()["player"], stranger.join().json()["player"]] == [1, 2]


@pytest.mark.parametrize("token", ["forged", "x" * 10_000, "\x00", "\ud800", "a:b:c"])
def test_a_token_that_is_none_is_passed_over(visitor, game, token):
    assert visitor.join(token=token).json()["player"] == 1


def test_token_and_cookie_of_another_game_or_tenant_open_nothing(visitor, stranger, tenant, other, game):
    second, theirs = published(tenant, "second"), published(other)
    token = visitor.join().json()["token"]
    stranger.join()
    with scope.tenant(tenant.pk):
        assert [identity.read_player_token(token, each.tenant_id, each.pk) for each in (second, theirs)] == [None, None]
    assert stranger.ask("join", game="second", nickname="Bo", token=token).json()["player"] == 1
    assert {player.name for player in rows(tenant, Player) if player.game_id == second.pk} == {"Bo"}


def test_a_number_that_went_to_somebody_else_since_is_not_his_who_has_an_old_token_or_cookie(visitor, stranger, game):
    """A log that was set back before both of them joined: the stranger then came first."""
    token = visitor.join("Ana").json()["token"]
    with scope.tenant(game.tenant_id):
        Player.objects.all().delete()
        Game.objects.filter(pk=game.pk).update(numbers=0, line="after")
    assert stranger.join("Bo").json()["player"] == 1
    for what in ("ticket", "awards"):
        assert refused(visitor.ask(what)) == (401, "bad_token")
        assert refused(Visitor().ask(what, token=token)) == (401, "bad_token")
    assert Visitor().join("Cy", token=token).json()["player"] == 2
    assert visitor.join("Ana").json()["player"] == 3


def test_who_kept_his_row_when_a_log_was_set_back_is_the_same_player_by_cookie_and_by_token(visitor, game):
    token = visitor.join("Ana").json()["token"]
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(line="after")
    assert visitor.ask("ticket").status_code == 200
    assert Visitor().ask("ticket", token=token).status_code == 200
    assert visitor.join().json()["player"] == 1


def test_one_cookie_serves_all_games_of_a_tenant(visitor, tenant, game):
    second = published(tenant, "second")
    visitor.join()
    visitor.ask("join", game="second", nickname="Ana")
    cookie = visitor.cookies[identity.cookie_name(tenant.pk)].value
    device = identity.read_device({identity.cookie_name(tenant.pk): cookie}, tenant.pk)
    assert device.seats == {
        game.pk: (1, game.line),
        second.pk: (1, second.line),
    }


@pytest.mark.promise("P20")
@pytest.mark.parametrize("what", ["join", "ticket", "awards"])
def test_a_tenant_that_is_not_there_and_a_game_that_is_another_tenants_look_alike(visitor, other, game, what):
    published(other, "theirs")
    answers = [
        visitor.ask(what, tenant, slug, nickname="Ana") for tenant, slug in (("nobody", "win"), ("colibri", "theirs"), ("colibri", "none"))
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_game_that_is_over_takes_nobody_new_and_lets_its_players_back(visitor, stranger, game):
    visitor.join()
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(phase="ended")
    assert refused(stranger.join()) == (409, "ended")
    assert not stranger.cookies
    assert visitor.join().json()["player"] == 1


def test_too_many_who_join_from_one_address_wait_and_who_plays_already_does_not(visitor, stranger, game, monkeypatch):
    monkeypatch.setattr(api, "JOINS", Buckets(rate=0, burst=1))
    token = visitor.join().json()["token"]
    answer = stranger.join()
    assert refused(answer) == (429, "too_fast")
    assert answer["Retry-After"] == "1"
    assert visitor.join().status_code == 201
    assert stranger.join(token=token).status_code == 201


def test_behind_a_proxy_each_address_has_its_own_room(stranger, visitor, game, monkeypatch, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    monkeypatch.setattr(api, "JOINS", Buckets(rate=0, burst=1))
    body, path = '{"nickname": "Ana"}', "/api/v1/t/colibri/games/win/join"
    assert visitor.send(path, body, headers={"x-forwarded-for": "198.51.100.1"}).status_code == 201
    assert refused(stranger.send(path, body, headers={"x-forwarded-for": "198.51.100.1"})) == (429, "too_fast")
    assert stranger.send(path, body, headers={"x-forwarded-for": "198.51.100.2"}).status_code == 201


def test_refusals_speak_the_language_of_who_asks(visitor, game):
    said = [visitor.ask("join", game="none", nickname="Ana").json()["error"]["message"]]
    answer = visitor.send("/api/v1/t/colibri/games/none/join", '{"nickname": "Ana"}', headers={"accept-language": "fr"})
    said.append(answer.json()["error"]["message"])
    assert said[0] == "There is no such game."
    assert said[1] != said[0]
