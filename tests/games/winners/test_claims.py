"""Claims as rows: one holder, one winner of two, and a history that says who and when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from games.models import Award, Claim, ClaimMail, ClaimStep, Handover
from games.winners import claims, counter, rules
from games.winners.claims import Given, open_claim
from tenants import scope
from tenants.models.tenant import Tenant
from tests.games.published import at_once

GIVEN = Given("Ana Martin", "ana@home.test")


def history(claim):
    return [(step.act, step.role, step.member and step.member.user.name, step.words) for step in ClaimStep.objects.filter(claim=claim)]


def test_a_claim_is_opened_once_with_the_deadline_of_its_game(won):
    assert open_claim(won.awards[0]).pk == won.claim.pk
    assert won.claim.due_at == won.clock.at + timedelta(days=7)
    Handover.objects.create(game=won.game, days=30)
    assert open_claim(won.awards[2]).due_at - won.clock.at == timedelta(days=30, seconds=2)


def test_the_winner_claims_it_and_what_he_said_is_kept(won):
    claims.claim(won.claim, GIVEN, won.clock.at)
    found = Claim.objects.get(pk=won.claim.pk)
    assert (found.state, found.name, found.email) == (rules.CLAIMED, "Ana Martin", "ana@home.test")
    assert history(found) == [("claim", "player", None, "")]


def test_it_cannot_be_claimed_twice_or_after_the_deadline(won):
    claims.claim(won.claim, GIVEN, won.clock.at)
    with pytest.raises(rules.Refused):
        claims.claim(Claim.objects.get(pk=won.claim.pk), GIVEN, won.clock.at)
    late = open_claim(won.awards[1])
    with pytest.raises(rules.Refused) as refused:
        claims.claim(late, GIVEN, late.due_at)
    assert refused.value.code == rules.LAPSED


def test_a_handover_says_who_when_and_to_whom_and_can_be_undone(won):
    one, two = won.members
    claims.claim(won.claim, GIVEN, won.clock.at)
    claims.redeem(won.claim, one, won.clock.on(hours=1), "Her brother")
    assert (won.claim.state, won.claim.settled_by, won.claim.receiver) == (rules.REDEEMED, one, "Her brother")
    with pytest.raises(rules.Refused):
        claims.undo(won.claim, two, won.clock.at)
    claims.undo(won.claim, one, won.clock.on(seconds=59))
    assert (won.claim.state, won.claim.receiver) == (rules.CLAIMED, "")
    assert history(won.claim)[1:] == [("redeem", "member", "X", "Her brother"), ("undo", "member", "X", "")]


def test_after_a_minute_a_handover_stays(won):
    claims.claim(won.claim, GIVEN, won.clock.at)
    claims.redeem(won.claim, won.members[0], won.clock.at)
    with pytest.raises(rules.Refused) as refused:
        claims.undo(won.claim, won.members[0], won.clock.on(seconds=60))
    assert refused.value.code == "too_late"


def test_who_read_an_older_state_is_too_late(won):
    claims.claim(won.claim, GIVEN, won.clock.at)
    one, two = (Claim.objects.get(pk=won.claim.pk) for _ in range(2))
    claims.redeem(one, won.members[0], won.clock.at)
    with pytest.raises(rules.Refused) as refused:
        claims.redeem(two, won.members[1], won.clock.at)
    assert refused.value.code == "overtaken"
    assert [step[0] for step in history(one)] == ["claim", "redeem"]


def test_an_undo_that_was_read_before_undoes_nobody_elses_handover(won):
    one, two = won.members
    claims.claim(won.claim, GIVEN, won.clock.at)
    claims.redeem(won.claim, one, won.clock.at)
    read = Claim.objects.get(pk=won.claim.pk)
    claims.undo(won.claim, one, won.clock.on(seconds=10))
    claims.redeem(Claim.objects.get(pk=won.claim.pk), two, won.clock.on(seconds=10))
    with pytest.raises(rules.Refused) as refused:
        claims.undo(read, one, won.clock.on(seconds=10))
    assert refused.value.code == "overtaken"
    assert Claim.objects.get(pk=won.claim.pk).settled_by == two


def test_a_try_out_gives_nothing(won):
    won.game.trial = True
    won.game.save(update_fields=["trial"])
    with scope.platform():
        assert claims.unopened(10) == []
    ClaimMail.objects.all().delete()
    for award in Award.objects.select_related("game__tenant").filter(player=1):
        claims.claim(open_claim(award), GIVEN, won.clock.at)
    assert ClaimMail.objects.count() == 0
    assert counter.find(won.awards[0].public_id, won.clock.at).verdict == counter.UNKNOWN


def test_a_unit_has_one_holder(won):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(game=won.game, award=won.awards[0], round=2, player=3, due_at=won.clock.at)


@pytest.mark.promise("P20")
def test_claims_of_another_tenant_are_not_there(won):
    stranger = Tenant.objects.create(slug="stranger", name="Stranger")
    with scope.tenant(stranger.pk):
        assert not Claim.objects.exists()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for table in ("claim", "claimmail", "claimstep", "handover", "substitute"):
                    cursor.execute(f"SELECT count(*) FROM games_{table}")
                    assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_counters_that_press_at_once_one_hands_it_over(won):
    claims.claim(won.claim, GIVEN, won.clock.at)

    def press(place):
        with scope.tenant(won.tenant.pk):
            held = Claim.objects.get(pk=won.claim.pk)
            try:
                claims.redeem(held, won.members[place % 2], won.clock.at)
            except rules.Refused:
                return False
            return True

    assert sum(at_once(8, press)) == 1
    assert [step[0] for step in history(won.claim)] == ["claim", "redeem"]
