"""Who wins, and who does not."""

from datetime import UTC, datetime

import pytest

from games.mechanic import Rejected
from games.mechanics.instant_win import Lost, Won
from tests.games.mechanics.instant_win.known import outcome, table
from tests.games.table import OPENS


@pytest.mark.promise("P4")
def test_the_first_play_at_the_moment_wins_and_one_a_millisecond_before_does_not():
    game = table(10.0)
    assert isinstance(outcome(game, 9.999, 1), Lost)
    won = outcome(game, 10.0, 2)
    assert (won.player, won.prize, won.unit, won.moment) == (2, "mug", 0, 0)
    assert isinstance(outcome(game, 10.0, 3), Lost)


def test_moments_that_wait_are_given_oldest_first_one_to_each_play():
    game = table(1, (2, "trip"), 3)
    assert [(outcome(game, 60, player).prize, game.log[-1].event.moment) for player in (1, 2, 3)] == [("mug", 0), ("trip", 1), ("mug", 2)]


def test_units_of_a_prize_are_numbered_from_nought():
    game = table(1, (2, "trip"), 3)
    units = [(game.log[-1].event.prize, game.log[-1].event.unit) for player in (1, 2, 3) if outcome(game, 60, player)]
    assert units == [("mug", 0), ("trip", 0), ("mug", 1)]


def test_when_all_is_given_every_play_loses():
    game = table(1)
    assert isinstance(outcome(game, 5, 1), Won)
    assert isinstance(outcome(game, 6, 2), Lost)


def test_who_has_won_his_share_leaves_the_moment_to_the_next():
    game = table(1, 2, plays_per_day=3)
    assert isinstance(outcome(game, 5, 1), Won)
    assert isinstance(outcome(game, 6, 1), Lost)
    assert isinstance(outcome(game, 7, 2), Won)


def test_tries_are_for_a_day_and_the_refusal_says_when_the_next_begins():
    game = table(plays_per_day=1)
    outcome(game, 0, 1)
    with pytest.raises(Rejected, match="no_plays_left") as refused:
        outcome(game, 3600, 1)
    midnight = datetime(2027, 1, 16, tzinfo=UTC).timestamp()
    assert refused.value.retry == midnight - OPENS - 3600
    assert game.rules.view(game.state, 1)["mechanic"] == {"plays_left": 0, "next_play_at": midnight, "won": []}
    assert isinstance(outcome(game, midnight - OPENS, 1), Lost)


def test_a_late_player_of_a_game_with_all_moments_due_still_finds_each_prize_once():
    game = table(*range(1, 5), plays_per_day=100, wins_per_player=100)
    won = [outcome(game, 1000 + play, 1) for play in range(6)]
    assert [isinstance(event, Won) for event in won] == [True] * 4 + [False] * 2


def test_what_is_sealed_is_in_no_text_that_might_be_logged():
    game = table(100)
    assert "Moment" not in f"{game.rules!r} {game.rules}"
    assert bytes(32).hex() not in repr(game.seal)
    assert "\\x00" not in repr(game.seal)
