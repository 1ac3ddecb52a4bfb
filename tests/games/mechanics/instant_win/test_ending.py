"""What is left at the end: the list for a draw among those who won nothing."""

from __future__ import annotations

from games.lifecycle import End
from games.mechanics.instant_win import ending
from games.mechanics.instant_win.words import Disqualify
from tests.games.mechanics.instant_win.known import outcome, table
from tests.games.table import OPENS


def ended(then: str = "draw"):
    game = table(1, (2, "trip"), rest=then, plays_per_day=100)
    for second, player in ((10, 1), (11, 2), (12, 3)):
        outcome(game, second, player)
    game.ask(OPENS + 20, "operator", 9, Disqualify(2, "staff"))
    game.ask(OPENS + 30, "operator", 9, End())
    return game


def test_units_that_nobody_took_and_units_that_came_back_are_on_the_list():
    game = ended()
    assert list(ending.second_chance(game.state.mechanic, game.rules.mechanic.prizes)) == [("mug", 1), ("mug", 2), ("trip", 0)]


def test_who_won_and_who_was_disqualified_is_not_in_the_draw():
    assert list(ending.non_winners(ended().state.mechanic)) == [3]


def test_what_is_void_is_on_no_list():
    game = ended("void")
    assert list(ending.second_chance(game.state.mechanic, game.rules.mechanic.prizes)) == []


def test_before_the_end_there_is_no_list():
    game = table(1)
    assert list(ending.second_chance(game.state.mechanic, game.rules.mechanic.prizes)) == []
