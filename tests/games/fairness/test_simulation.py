"""The odds of each hour, before anybody plays."""

from __future__ import annotations

from math import inf

import pytest

from games.fairness.promise import judge_promise
from games.fairness.simulation import Crowd, simulate
from games.fairness.traffic import FRENCH_WEEK, HOUR, kept
from games.mechanic import Terms
from games.mechanics.instant_win import InstantWin, Prize
from games.mechanics.instant_win.settings import Fixed
from tests.games.table import OPENS

DAYS = 10
CLOSES = OPENS + DAYS * 86_400
WEEK = list(FRENCH_WEEK)
FLAT = [1] * 168


def forecast(*prizes: Prize, week=WEEK, **fields):
    return InstantWin(prizes=list(prizes), zone="UTC", **fields).forecast(Terms("c", OPENS, CLOSES), week)


def inside(found):
    first, last = kept(int(OPENS * 1000), int(CLOSES * 1000))
    return [hour for hour in found.hours if first <= hour.begins_ms and hour.begins_ms + HOUR <= last]


def test_moments_that_follow_the_crowd_are_even():
    found = forecast(Prize("mug", "Mug", 1000), expected_plays=20_000)
    assert found.ratio < 1.05
    assert not found.is_lopsided
    assert {round(hour.odds, 2) for hour in inside(found)[1:]} == {0.05}


def test_moments_that_follow_the_clock_favour_the_night():
    """The public failure: an even spread over the hours, of which few people use the night."""
    found = forecast(Prize("mug", "Mug", 1000), expected_plays=20_000, traffic=FLAT)
    assert found.is_lopsided
    assert found.ratio > 15
    assert max(inside(found), key=lambda hour: hour.odds).begins_ms // HOUR % 24 in (3, 4)


def test_as_many_win_as_there_are_units_and_no_more_than_play():
    few, many = (forecast(Prize("mug", "Mug", 100), expected_plays=plays) for plays in (60, 5000))
    assert sum(hour.wins for hour in few.hours) == pytest.approx(60, rel=0.05)
    assert sum(hour.wins for hour in many.hours) == pytest.approx(100, rel=0.01)
    assert sum(hour.plays for hour in many.hours) == pytest.approx(5000)


@pytest.mark.parametrize("mode", ["deck", "odds"])
def test_deck_and_odds_know_no_hour(mode):
    found = forecast(Prize("mug", "Mug", 100, mode), expected_plays=5000, traffic=FLAT)
    assert found.ratio == pytest.approx(1.0, abs=0.01)
    assert sum(hour.wins for hour in found.hours) == pytest.approx(100, rel=0.01)


def test_a_cap_of_the_day_makes_the_evening_worse():
    found = forecast(Prize("mug", "Mug", 1000, per_day=40), expected_plays=20_000)
    assert found.ratio == inf
    assert sum(hour.wins for hour in found.hours) <= 40 * (DAYS + 1) + 1e-6


def test_a_last_stretch_gives_what_remains():
    found = forecast(Prize("mug", "Mug", 100), Prize("cap", "Cap", 10, "odds"), expected_plays=2000, sweep=3 * 24 * 60)
    begins = (CLOSES - 3 * 86_400) * 1000
    assert found.is_lopsided
    assert sum(hour.wins for hour in found.hours) == pytest.approx(110, rel=0.01)
    first = next(hour for hour in found.hours if hour.begins_ms >= begins)
    assert first.odds == pytest.approx(1.0, abs=0.2)


def test_hours_that_are_closed_do_not_count():
    shop = [100 if 9 <= hour % 24 < 19 else 0 for hour in range(168)]
    assert forecast(Prize("mug", "Mug", 100), week=shop, traffic=shop, expected_plays=2000).ratio < 1.05


def test_an_hour_with_players_and_no_moments_has_no_odds():
    shop = [100 if 9 <= hour % 24 < 19 else 0 for hour in range(168)]
    assert forecast(Prize("mug", "Mug", 100), traffic=shop, expected_plays=2000).ratio == inf


def brought(count: int, weights: list[int]) -> list[Fixed]:
    """One after the other at even steps of the week that these weights make."""
    spans = judge_promise(
        InstantWin(prizes=[Prize("mug", "Mug", 1)], zone="UTC", traffic=weights).manifest(
            Terms("c", OPENS, CLOSES, "witness:" + "a" * 64 + ":" + "b" * 64)
        )
    ).intervals
    total, found, passed = sum((end - begin) * weight for begin, end, weight in spans), [], 0
    for begin, end, weight in spans:
        mass = (end - begin) * weight
        while len(found) < count and (at := (len(found) + 0.5) * total / count) < passed + mass:
            found.append(Fixed(int(begin + (at - passed) / weight), "mug"))
        passed += mass
    return found


@pytest.mark.parametrize("count", [3, 40, 1000])
def test_a_list_that_follows_the_crowd_is_even_however_short(count):
    assert forecast(Prize("mug", "Mug", count), moments=brought(count, WEEK), expected_plays=20_000).ratio < 3


def test_a_long_list_that_follows_the_clock_is_found_out():
    assert forecast(Prize("mug", "Mug", 1000), moments=brought(1000, FLAT), expected_plays=20_000).is_lopsided


def test_a_million_units_over_a_year_are_foretold_quickly():
    game = InstantWin(prizes=[Prize("mug", "Mug", 1_000_000)], zone="Europe/Paris", expected_plays=10_000_000)
    assert game.forecast(Terms("c", OPENS, OPENS + 365 * 86_400), WEEK).ratio < 1.05


def test_a_crowd_is_as_large_as_it_was_said():
    crowd = Crowd(int(OPENS * 1000), int(CLOSES * 1000), WEEK, "Europe/Paris", 1234)
    assert sum(plays for *_, plays in crowd.quarters()) == pytest.approx(1234)
    assert (
        simulate(
            judge_promise(
                InstantWin(prizes=[Prize("mug", "Mug", 5, "stage")]).manifest(
                    Terms("c", OPENS, CLOSES, "witness:" + "a" * 64 + ":" + "b" * 64)
                )
            ),
            crowd,
        ).ratio
        == 1.0
    )
