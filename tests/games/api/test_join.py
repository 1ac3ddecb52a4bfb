"""Joining over REST: who gets in, as whom, and what a stranger can make of it."""

import pytest

from games import api
from games.limits import Buckets
from games.models import Game, Player
from tenants import identity, scope
from tenants.models import Consent, Contact
from tests.games.published import published


def rows(tenant, model):
    with scope.tenant(tenant.pk):
        return list(model.objects.order_by("pk"))


def refused(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_who_joins_gets_a_number_a_token_a_ticket_and_the_address_of_the_socket(visitor, game):
    answer = visitor.join("  Ana   M. ")
    body = answer.json()
    assert answer.status_code == 201
    assert set(body) == {"player", "token", "ticket", "socket"}
    assert (body["player"], body["socket"]) == (1, "ws://testserver/ws/play/colibri/win/")
    assert identity.read_player_token(body["token"], game.tenant_id, game.pk) == 1
    ticket = identity.read_ticket(body["ticket"], game.tenant_id, game.pk)
    assert (ticket.identity, ticket.game) == (identity.Identity(game.tenant_id, "player", player=1), game.pk)
    assert rows(game.tenant, Player)[0].name == "Ana M."


def test_the_cookie_is_signed_for_all_paths_and_hidden_from_scripts(visitor, game):
    cookie = visitor.join().cookies[identity.cookie_name(game.tenant_id)]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"], cookie["domain"]) == (True, "Lax", "/", "", "")
    assert cookie["max-age"] == identity.COOKIE_SECONDS
    device = identity.read_device({cookie.key: cookie.value}, game.tenant_id)
    assert device.players == {game.pk: 1}
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


@pytest.mark.parametrize("token", ["forged", "x" * 10_000, "\x00", "a:b:c"])
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


def test_one_cookie_serves_all_games_of_a_tenant(visitor, tenant, game):
    second = published(tenant, "second")
    visitor.join()
    visitor.ask("join", game="second", nickname="Ana")
    cookie = visitor.cookies[identity.cookie_name(tenant.pk)].value
    assert identity.read_device({identity.cookie_name(tenant.pk): cookie}, tenant.pk).players == {game.pk: 1, second.pk: 1}


HOSTILE = {
    "nothing": "",
    "blanks": "   ",
    "a zero byte": "\x00",
    "marks from right to left": "\u202e\u202d\u200f",
    "ten thousand letters": "a" * 10_000,
    "twenty-five letters": "a" * 25,
    "invisible letters": "\u3164\u200b",
}


@pytest.mark.parametrize("nickname", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_nobody_can_read_is_refused(visitor, game, nickname):
    answer = visitor.join(nickname)
    assert refused(answer) == (400, "bad_nickname")
    assert not answer.cookies
    assert not rows(game.tenant, Player)


@pytest.mark.parametrize(
    ("nickname", "kept"),
    [
        ("<script>alert(1)</script>"[:24], "<script>alert(1)</script"),
        ("a\x00b\u202ec", "abc"),
        ("👩‍🚀 Zoé", "👩‍🚀 Zoé"),
        ("Ａna", "Ａna"),
        ("'); DROP--", "'); DROP--"),
    ],
)
def test_other_names_are_kept_as_they_are_read(visitor, game, nickname, kept):
    assert visitor.join(nickname).status_code == 201
    assert rows(game.tenant, Player)[0].name == kept


NO_BODY = [
    "",
    "[]",
    "null",
    "{",
    '{"nickname": 5}',
    '{"nickname": null}',
    '{"nickname": "\\ud800"}',
    "\x00",
    '{"nickname": {"$ne": 1}}',
    "[" * 5000,
]


@pytest.mark.parametrize("body", NO_BODY)
def test_a_body_that_is_none_is_the_senders_fault(visitor, game, body):
    answer = visitor.send("/api/v1/t/colibri/games/win/join", body)
    assert answer.status_code in (400, 422)
    assert b"Traceback" not in answer.content
    assert not rows(game.tenant, Player)


@pytest.mark.parametrize(
    "address", ["ana", "ana@", "a\x00na@example.com", "ana@example.com\nBcc: all@example.com", f"{'a' * 300}@example.com", "@" * 2000]
)
def test_an_address_to_which_no_mail_can_go_is_refused(visitor, game, address):
    assert refused(visitor.join(contact=address)) == (400, "bad_contact")
    assert not rows(game.tenant, Contact)


@pytest.mark.parametrize(
    "consents",
    [
        [{"purpose": "a\x00b", "text": "x"}],
        [{"purpose": "", "text": "x"}],
        [{"purpose": "news", "text": "x" * 20_001}],
        [{"purpose": "news", "text": "x"}] * 11,
    ],
)
def test_a_consent_that_cannot_be_kept_is_refused(visitor, game, consents):
    assert visitor.join(contact="ana@example.com", consents=consents).status_code == 422
    assert not rows(game.tenant, Consent)


def test_an_address_and_what_was_agreed_to_are_kept(visitor, game):
    consents = [{"purpose": "news", "text": "Write to me."}]
    assert visitor.join(contact=" Ana@Example.com ", consents=consents).status_code == 201
    assert [contact.email for contact in rows(game.tenant, Contact)] == ["ana@example.com"]
    assert [consent.purpose for consent in rows(game.tenant, Consent)] == ["news"]


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


def test_refusals_speak_the_language_of_who_asks(visitor, game):
    said = [visitor.ask("join", game="none", nickname="Ana").json()["error"]["message"]]
    answer = visitor.send("/api/v1/t/colibri/games/none/join", '{"nickname": "Ana"}', headers={"accept-language": "fr"})
    said.append(answer.json()["error"]["message"])
    assert said[0] == "There is no such game."
    assert said[1] != said[0]
