"""A shop's counter: one answer to a code, one handover, a minute to take it back."""

import pytest

from games.models import Claim, PrizeCode
from games.winners import claims, rules
from games.winners.counter import typed
from games.winners.succession import lapse
from tenants import scope
from tests.games.console.test_home import text
from tests.games.console.test_winners import claimed, game, one

__all__ = ["game"]
WHERE = "/console/counter/"


@pytest.fixture
def held(game):
    with scope.tenant(game.tenant_id):
        PrizeCode.objects.create(game=game, prize="mug", unit=0, code="CLB-7K")
    return claimed(game)


def ask(client, code="CLB-7K"):
    return text(client.get(WHERE, {"code": code}))


def press(client, held, **more):
    return text(client.post(f"{WHERE}{held.award.public_id}/", {"code": "CLB-7K", **more}, follow=True))


def test_a_code_is_valid_once(world, held):
    client = world.client("moderator")
    shown = ask(client)
    assert "Valid" in shown
    assert "Mug For Ana Martin" in shown
    assert "Handed over" in press(client, held, receiver="Ana")
    later = ask(world.client("editor"))
    assert "Already handed over" in later
    assert "by Moderator Colibri, to Ana" in later


def test_of_two_counters_the_second_sees_who_was_first(world, held):
    one_, two = world.client("moderator"), world.client("editor")
    assert "Valid" in ask(one_)
    assert "Valid" in ask(two)
    press(one_, held)
    assert "by Moderator Colibri" in press(two, held)


def test_a_slip_is_undone_by_whom_it_was(world, held):
    mine, another = world.client("moderator"), world.client("editor")
    press(mine, held)
    assert "Already handed over" in press(another, held, act="undo")
    assert "Valid" in press(mine, held, act="undo")


@pytest.mark.parametrize(
    ("code", "verdict"), [("clb-7k", "Valid"), (" CLB-7K ", "Valid"), ("CLB-8K", "Unknown code"), ("x" * 900, "Unknown code")]
)
def test_small_letters_and_spaces_do_not_matter(world, held, code, verdict):
    assert verdict in ask(world.client(), code)


def test_a_scanner_types_the_address_of_the_square():
    assert typed("http://shop.test/console/counter/?code=CLB-7K%2B") == "CLB-7K+"
    assert typed("http://elsewhere.test/") == ""
    assert typed("a\0b") == "ab"


@pytest.mark.parametrize("code", ["http://[", "https://shop.test/?code=", "://", "\0", "²", "x" * 900])
def test_what_is_no_code_is_unknown(world, held, code):
    answer = world.client("moderator").get(WHERE, {"code": code})
    assert answer.status_code == 200
    assert "Valid" not in text(answer)


def test_a_prize_without_codes_goes_by_its_number(world, held):
    assert "Valid" in ask(world.client(), held.award.public_id)


def test_what_is_not_claimed_or_lapsed_or_sent_is_not_handed_over(world, game, held):
    client = world.client()
    trip = one(game, 2)
    assert "Not claimed yet" in ask(client, trip.award.public_id)
    assert "Not claimed yet" in text(client.post(f"{WHERE}{trip.award.public_id}/", follow=True))
    with scope.tenant(game.tenant_id):
        lapse(trip, claims.SYSTEM, trip.opened_at)
        claims.ship(held, world.members["demo", "owner"], held.opened_at)
    assert "No longer valid" in ask(client, trip.award.public_id)
    assert "Sent by post" in ask(client)
    press(client, held)
    with scope.tenant(game.tenant_id):
        assert Claim.objects.get(pk=held.pk).state == rules.SHIPPED
