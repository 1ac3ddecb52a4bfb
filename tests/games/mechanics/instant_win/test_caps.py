"""How fast prizes may go. What is held back stays due, and none of it is lost."""

from __future__ import annotations

import pytest

from games.mechanics.instant_win import Lost, Prize, Won
from games.mechanics.instant_win.words import Freeze
from tests.games.mechanics.instant_win.known import DAY, outcome, table
from tests.games.table import OPENS

HOUR = 3600.0
FREE = {"plays_per_day": 100, "wins_per_player": 100}


def prizes(game, seconds, player=1):
    return [getattr(outcome(game, second, player), "prize", None) for second in seconds]


def test_a_prize_that_had_its_share_of_the_day_waits_for_the_next():
    game = table(1, 2, 3, prizes=[Prize("mug", "Mug", 3, per_day=2)], **FREE)
    assert prizes(game, (10, 11, 12, 13)) == ["mug", "mug", None, None]
    midnight = OPENS // DAY * DAY + DAY - OPENS
    assert prizes(game, (midnight - 1, midnight)) == [None, "mug"]


def test_a_prize_that_had_its_share_of_the_hour_waits_for_the_next():
    game = table(1, 2, 3, prizes=[Prize("mug", "Mug", 3, per_hour=1)], **FREE)
    ends = HOUR - OPENS % HOUR
    assert prizes(game, (10, 11, ends - 1, ends, ends + 1, ends + HOUR)) == ["mug", None, None, "mug", None, "mug"]


def test_a_younger_moment_of_another_prize_overtakes_the_one_that_waits():
    game = table(1, 2, (3, "trip"), prizes=[Prize("mug", "Mug", 2, per_day=1), Prize("trip", "Trip", 1)], **FREE)
    assert prizes(game, (10, 11, 12)) == ["mug", "trip", None]
    assert [entry.event.moment for entry in game.log if isinstance(entry.event, Won)] == [0, 2]
    assert outcome(game, DAY, 2).moment == 1


def test_a_game_that_gave_its_share_of_the_day_gives_no_more_that_day():
    game = table(1, 2, (3, "trip"), wins_per_day=2, **FREE)
    assert prizes(game, (10, 11, 12, DAY)) == ["mug", "mug", None, "trip"]


def test_between_two_wins_of_one_player_lies_the_gap():
    game = table(1, 2, 3, gap=60, **FREE)
    assert prizes(game, (10, 69.999, 70)) == ["mug", None, "mug"]
    assert isinstance(outcome(game, 71, 2), Won)


def test_a_frozen_prize_is_passed_over_and_its_moment_is_not_lost():
    game = table(1, (2, "trip"), 3, **FREE)
    game.ask(OPENS + 5, "operator", 9, Freeze("mug"))
    assert prizes(game, (10, 11)) == ["trip", None]
    game.ask(OPENS + 20, "operator", 9, Freeze("mug", False))
    assert [(outcome(game, 30, 1).moment, game.log[-1].event.unit) for _ in range(2)] == [(0, 0), (2, 1)]


@pytest.mark.parametrize("mode", ["deck", "odds"])
def test_deck_and_odds_are_held_back_the_same(mode):
    game = table(prizes=[Prize("mug", "Mug", 60, mode, per_hour=2)], expected_plays=60, sealed=True, **FREE)
    ends = HOUR - OPENS % HOUR
    assert [isinstance(outcome(game, second, 1), Won) for second in (1, 2, 3, ends, ends + 1, ends + 2)] == [True, True, False] * 2
    game.ask(OPENS + ends + 3, "operator", 9, Freeze("mug"))
    assert isinstance(outcome(game, ends + HOUR, 1), Lost)
