"""What strangers send to the door: names nobody can read, bodies that are none, addresses that go nowhere."""

import pytest

from games.models import Player
from tenants.models import Consent, Contact
from tests.games.api.answers import refused, rows

HOSTILE = {
    "nothing": "",
    "blanks": "   ",
    "a zero byte": "\x00",
    "marks from right to left": "\u202e\u202d\u200f",
    "ten thousand letters": "a" * 10_000,
    "twenty-five letters": "a" * 25,
    "half a sign": "\ud800",
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
    "\x00",
    '{"nickname": {"$ne": 1}}',
    "[" * 5000,
]


@pytest.mark.parametrize("body", NO_BODY)
def test_a_body_that_is_none_is_the_senders_fault(visitor, game, body):
    answer = visitor.send("/api/v1/t/colibri/games/win/join", body)
    assert refused(answer) == (400, "bad_request")
    assert not rows(game.tenant, Player)


@pytest.mark.parametrize(
    "address",
    [
        "ana",
        "ana@",
        "a\x00na@example.com",
        "ana@example.com\nBcc: all@example.com",
        f"{'a' * 300}@example.com",
        "@" * 2000,
        "\ud800@example.com",
    ],
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
        [{"purpose": "news"}],
        [{"purpose": "news", "text": "\ud800"}],
        "news",
    ],
)
def test_a_consent_that_cannot_be_kept_is_refused(visitor, game, consents):
    answer = visitor.join(contact="ana@example.com", consents=consents)
    assert refused(answer) == (400, "bad_request")
    assert "“consents" in answer.json()["error"]["message"]
    assert not rows(game.tenant, Consent)


@pytest.mark.parametrize("what", ["join", "ticket", "awards", "commands", "operate"])
@pytest.mark.parametrize(("space", "slug"), [("coli%00bri", "win"), ("colibri", "wi%00n"), ("colibri", "%F0%9F%90%9D"), ("colibri", "a b")])
def test_a_path_with_signs_that_no_name_has_is_nowhere(visitor, game, what, space, slug):
    assert visitor.ask(what, space, slug, nickname="Ana").status_code == 404


def test_an_agreement_without_an_address_is_refused_and_nobody_joins(visitor, game):
    answer = visitor.join(consents=[{"purpose": "news", "text": "Write to me."}])
    assert refused(answer) == (400, "consent_without_contact")
    assert not rows(game.tenant, Player)
    assert not answer.cookies
    assert visitor.join(consents=[]).status_code == 201


def test_an_address_and_what_was_agreed_to_are_kept(visitor, game):
    consents = [{"purpose": "news", "text": "Write to me."}]
    assert visitor.join(contact=" Ana@Example.com ", consents=consents).status_code == 201
    assert [contact.email for contact in rows(game.tenant, Contact)] == ["ana@example.com"]
    assert [consent.purpose for consent in rows(game.tenant, Consent)] == ["news"]
