"""Whoever plays at night has the same odds as whoever plays in the evening: a crowd of a hundred thousand, by day and by night."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from itertools import accumulate
from random import Random

import pytest

from games.fairness.traffic import FRENCH_WEEK
from games.lifecycle import Lifecycle
from games.mechanic import Context
from games.mechanics.instant_win import InstantWin, Play, Prize, Won
from tests.games.mechanics.instant_win.known import DAY
from tests.games.table import OPENS, Table

DAYS, PLAYS, HOUR = 7, 100_000, 3600.0
PRIZES = [Prize("sticker", "Sticker", 45_000), Prize("mug", "Mug", 1200), Prize("trip", "Trip", 4)]


def crowd(rng: Random) -> list[float]:
    """As the usual week has it; every second in an hour is as good as another."""
    sums = list(accumulate(FRENCH_WEEK))
    monday = OPENS - 4 * DAY - 8 * HOUR  # of the week in which the game opens; UTC
    found = []
    for _ in range(PLAYS):
        hour = bisect(sums, rng.random() * sums[-1])
        at = monday + hour * HOUR + rng.random() * HOUR
        found.append(at if at >= OPENS else at + DAYS * DAY)
    return sorted(found)


def spread(prizes: list[Prize], traffic: list[int] | None, **fields) -> float:
    """How far the odds of an hour of the day are from even, as a factor, at most."""
    game = InstantWin(prizes=prizes, zone="UTC", traffic=traffic, plays_per_day=100, wins_per_player=1000, **fields)
    table = Table(game, hours=Lifecycle(OPENS, OPENS + DAYS * DAY))
    rules, state = table.rules.mechanic, table.rules.beginning().mechanic
    plays, wins, rng = Counter(), Counter(), Random(7)
    for number, at in enumerate(crowd(rng)):
        (event,) = rules.decide(state, number % 5000 + 1, Play(), Context(at, at, rng, table.rules.sealed))
        rules.evolve(state, event)
        hour = int(at % DAY // HOUR)
        plays[hour] += 1
        wins[hour] += isinstance(event, Won)
    assert len(plays) == 24
    even = wins.total() / plays.total()
    found = [wins[hour] / plays[hour] / even for hour in plays]
    return max(max(found), 1 / max(min(found), 1e-9))


@pytest.mark.promise("P4")
def test_moments_that_follow_the_crowd_give_every_hour_the_same_odds(figure):
    found = spread(PRIZES, None)
    figure("an hour's odds from even, at most a factor", found)
    assert found < 1.3


@pytest.mark.control("P4")
def test_moments_that_follow_the_clock_are_found_out():
    assert spread(PRIZES, [1] * 168) > 2


def test_a_deck_gives_every_hour_the_same_odds():
    assert spread([Prize("mug", "Mug", 46_000, "deck")], None, expected_plays=PLAYS) < 1.3
