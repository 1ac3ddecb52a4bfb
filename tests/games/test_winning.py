"""What a player has won comes with its codes, and in as few questions as there can be."""

import pytest
from django.utils import timezone

from games import winning
from games.mechanics.instant_win import Won
from games.models import Award
from games.winners.claims import Given, claim, open_claim
from tenants import scope
from tests.games.published import Hand


@pytest.fixture
def won(game):
    hand = Hand(game)
    for moment, (player, prize, unit) in enumerate([(1, "mug", 0), (2, "mug", 1), (1, "mug", 2), (1, "trip", 0)]):
        hand.write(100.0 + moment, "player", player, Won(player, prize, unit, moment, 100.0, 200.0, 300.0))
    with scope.tenant(game.tenant_id):
        yield game


@pytest.fixture
def claimed(won):
    for award in Award.objects.select_related("game__tenant"):
        claim(open_claim(award), Given("A", "a@example.com"), timezone.now())
    return won


def test_each_award_has_the_code_of_its_own_unit_once_it_is_claimed(won, request):
    assert {award["code"] for award in winning.awards_of(won, 1)} == {None}
    request.getfixturevalue("claimed")
    assert [(award["prize"], award["code"]) for award in winning.awards_of(won, 1)] == [
        ("mug", "mug-0-win"),
        ("mug", "mug-2-win"),
        ("trip", "trip-0-win"),
    ]
    assert [award["code"] for award in winning.awards_of(won, 2)] == ["mug-1-win"]
    assert winning.awards_of(won, 3) == []


def test_three_questions_suffice_however_many_there_are(won, claimed, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(winning.awards_of(won, 1)) == 3


def test_a_prize_that_has_left_the_settings_keeps_its_id_as_label(won):
    won.settings = {"prizes": [{"id": "cap", "label": "Cap", "stock": 1}]}
    assert winning.awards_of(won, 2)[0]["label"] == "mug"


def test_codes_of_other_units_are_not_handed_out(won):
    """The question asks for each prize with each unit; what nobody has won is left out of the answer."""
    awards = [*Award.objects.filter(player=2), *Award.objects.filter(prize="trip")]
    assert winning.codes_of(won, awards) == {("mug", 1): "mug-1-win", ("trip", 0): "trip-0-win"}
    assert winning.codes_of(won, []) == {}
