"""A unit that nobody claims goes to who stands by, or is free again."""

import pytest

from games.models import Claim, ClaimStep, Substitute
from games.winners import claims, rules
from games.winners.claims import SYSTEM, By, Given
from games.winners.succession import free_units, lapse
from scheduler import winners
from tenants import scope


def stand_by(won, player, prize=""):
    return Substitute.objects.create(game=won.game, player=player, prize=prize)


def test_with_nobody_standing_by_the_unit_is_free_again(won):
    assert lapse(won.claim, SYSTEM, won.clock.at) is None
    assert won.claim.state == rules.RETURNED
    assert [claim.pk for claim in free_units(won.game)] == [won.claim.pk]
    assert list(ClaimStep.objects.values_list("act", flat=True)) == ["lapse", "return"]


def test_the_first_who_waits_for_this_prize_comes_before_who_waits_for_any(won):
    stand_by(won, 2)
    row = stand_by(won, 3, "mug")
    stand_by(won, 2, "trip")
    fresh = lapse(won.claim, SYSTEM, won.clock.on(days=7))
    assert (fresh.player, fresh.round, fresh.state, fresh.award_id) == (3, 2, rules.WON, won.claim.award_id)
    assert fresh.due_at > won.clock.at
    assert won.claim.state == rules.PASSED
    row.refresh_from_db()
    assert row.claim_id == fresh.pk
    assert free_units(won.game) == []


def test_nobody_gets_back_what_he_let_lapse_and_nobody_gets_two(won):
    stand_by(won, 1)
    stand_by(won, 3)
    second = lapse(won.claim, SYSTEM, won.clock.at)
    assert second.player == 3
    assert lapse(second, SYSTEM, won.clock.at) is None
    assert second.state == rules.RETURNED


def test_an_operator_may_end_a_claim_and_is_named(won):
    claims.claim(won.claim, Given("Ana", "ana@home.test"), won.clock.at)
    lapse(won.claim, By("member", won.members[0]), won.clock.at)
    assert won.claim.settled_by == won.members[0]
    assert ClaimStep.objects.get(act="lapse").member == won.members[0]


def test_the_sweep_ends_what_is_overdue_and_nothing_else(won):
    claims.claim(won.claim, Given("Ana", "ana@home.test"), won.clock.at)
    trip = claims.open_claim(won.awards[2])
    stand_by(won, 3)
    won.clock.on(days=7)
    with scope.platform():
        pass
    assert winners.lapse() == 0
    won.clock.on(seconds=2)
    assert winners.lapse() == 1
    assert winners.lapse() == 0
    states = dict(Claim.objects.values_list("pk", "state"))
    assert (states[won.claim.pk], states[trip.pk]) == (rules.CLAIMED, rules.PASSED)
    assert Claim.objects.get(round=2).player == 3


def test_the_sweep_opens_what_the_commit_of_a_game_left(won):
    assert winners.open_claims() == 2
    assert winners.open_claims() == 0
    assert sorted(Claim.objects.values_list("player", flat=True)) == [1, 1, 2]


@pytest.mark.parametrize("state", [rules.REDEEMED, rules.SHIPPED])
def test_who_has_his_prize_keeps_it(won, state):
    Claim.objects.filter(pk=won.claim.pk).update(state=state)
    won.claim.refresh_from_db()
    with pytest.raises(rules.Refused):
        lapse(won.claim, SYSTEM, won.clock.at)
