from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness import moments, traffic, witness
from games.fairness.shape import Refused
from games.fairness.traffic import FRENCH_WEEK, HOUR, intervals

PARIS = ZoneInfo("Europe/Paris")
EACH_HOUR = range(1, 169)


def paris(*when):
    return datetime(*when, tzinfo=PARIS)


def local(ms):
    return datetime.fromtimestamp(ms // 1000, PARIS)


def spoken(found):
    return [(f"{local(begin):%d %H:%M}", f"{local(end):%d %H:%M}", weight) for begin, end, weight in found]


def test_the_french_week_has_quiet_nights_and_full_evenings():
    assert len(FRENCH_WEEK) == 168
    assert min(FRENCH_WEEK) >= 1
    for day in range(7):
        hours = FRENCH_WEEK[day * 24 : day * 24 + 24]
        assert max(hours[18:23]) == max(hours) > 15 * min(hours[2:6])


def test_hours_are_those_of_the_zone():
    found = intervals(paris(2026, 6, 1, 9), paris(2026, 6, 1, 15), "Europe/Paris", EACH_HOUR)
    assert spoken(found) == [
        ("01 09:01", "01 10:00", 10),
        ("01 10:00", "01 11:00", 11),
        ("01 11:00", "01 12:00", 12),
        ("01 12:00", "01 13:00", 13),
        ("01 13:00", "01 14:00", 14),
    ]


def test_in_spring_the_missing_hour_has_no_weight():
    found = intervals(paris(2026, 3, 29, 0, 59), paris(2026, 3, 29, 6), "Europe/Paris", EACH_HOUR)
    assert [(weight - 145, end - begin) for begin, end, weight in found] == [(1, HOUR), (3, HOUR), (4, HOUR)]


def test_in_autumn_the_hour_that_comes_twice_counts_twice():
    found = intervals(paris(2026, 10, 25, 0, 59), paris(2026, 10, 25, 5), "Europe/Paris", EACH_HOUR)
    assert [(weight - 145, end - begin) for begin, end, weight in found] == [(1, HOUR), (2, 2 * HOUR), (3, HOUR)]


def test_zones_with_half_and_quarter_hours_are_met():
    for zone, minute in (("Asia/Kathmandu", 15), ("Asia/Kolkata", 30), ("Australia/Lord_Howe", 30)):
        begin, end, _ = intervals(datetime(2026, 6, 1, 3, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC), zone, EACH_HOUR)[1]
        assert (begin // 60_000 % 60, end // 60_000 % 60) == (minute, minute)


def test_hours_of_one_weight_become_one_interval():
    opening = paris(2026, 6, 1)
    assert intervals(opening, opening + timedelta(days=10), "Europe/Paris", [5] * 168) == [
        [traffic.stamp(opening) + 60_000, traffic.stamp(opening) + 10 * 24 * HOUR - 10 * 24 * HOUR // 50, 5]
    ]


def test_a_closed_hour_has_no_moment():
    closed = [0 if hour % 24 == 12 else 1 for hour in range(168)]
    found = intervals(paris(2026, 6, 1, 10), paris(2026, 6, 1, 16), "Europe/Paris", closed)
    assert spoken(found) == [("01 10:01", "01 12:00", 1), ("01 13:00", "01 15:00", 1)]


@settings(deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(1, 40 * 24 * HOUR))
def test_intervals_keep_the_margins_and_lie_in_order(naive, length):
    opens = naive.replace(microsecond=0, tzinfo=UTC)
    found = intervals(opens, opens + timedelta(milliseconds=length), "Europe/Paris")
    begin, end = found[0][0] - traffic.stamp(opens), found[-1][1] - traffic.stamp(opens)
    assert begin >= min(60_000, length // 10)
    assert end <= length - min(max(HOUR, length // 50), length // 2)
    assert all(first < last and weight >= 1 for first, last, weight in found)
    assert all(earlier[1] == later[0] and earlier[2] != later[2] for earlier, later in pairwise(found))


@pytest.mark.parametrize("length", [1, 2, 3, 10, 999, 30_000, 120_000])
def test_the_shortest_game_still_has_room(length):
    opens = paris(2026, 6, 1, 20)
    ((begin, end, _),) = intervals(opens, opens + timedelta(milliseconds=length), "Europe/Paris")
    assert 0 <= begin - traffic.stamp(opens) < end - traffic.stamp(opens) <= length


def win_rates(weights):
    """Of 20 000 plays in ten days that come as the French week says, how many win, hour by hour."""
    opens = paris(2026, 6, 1)
    found = intervals(opens, opens + timedelta(days=10), "Europe/Paris", weights)
    manifest = {"v": "IW/1", "campaign": "c", "intervals": found, "prizes": [["p", 1000]], "mode": "iid"}
    due = [moment.at_ms for moment in moments.derive(manifest | {"beacon": witness.label(b"1" * 32, b"2" * 32)}, b"s" * 32, b"r" * 32)]
    crowd = {"v": "IW/1", "campaign": "crowd", "intervals": intervals(opens, opens + timedelta(days=10), "Europe/Paris"), "mode": "iid"}
    crowd |= {"prizes": [["play", 20_000]], "beacon": witness.label(b"1" * 32, b"2" * 32)}
    plays, wins, taken = Counter(), Counter(), 0
    for play in moments.derive(crowd, b"c" * 32, b"r" * 32):
        hours = "night" if 2 <= local(play.at_ms).hour < 6 else "evening" if 18 <= local(play.at_ms).hour < 22 else "day"
        plays[hours] += 1
        if taken < len(due) and due[taken] <= play.at_ms:
            wins[hours] += 1
            taken += 1
    return {hours: wins[hours] / plays[hours] for hours in plays}


def test_no_hour_is_a_good_one_to_win_in(figure):
    rates = win_rates(FRENCH_WEEK)
    figure("times as many wins at night", rates["night"] / rates["evening"])
    assert 0.5 < rates["night"] / rates["evening"] < 2


def test_without_weights_the_night_would_be_one():
    rates = win_rates([1] * 168)
    assert rates["night"] / rates["evening"] > 5


@pytest.mark.parametrize(
    ("weights", "fault"),
    [([1] * 167, "168 weights"), ([-1] * 168, "weight of an hour"), ([1.5] * 168, "weight of an hour"), ([0] * 168, "closed hours only")],
)
def test_weights_of_another_shape_are_refused(weights, fault):
    with pytest.raises(Refused, match=fault):
        intervals(paris(2026, 6, 1), paris(2026, 6, 2), "Europe/Paris", weights)


def test_hours_that_make_no_sense_are_refused():
    with pytest.raises(Refused, match="after it opens"):
        intervals(paris(2026, 6, 1), paris(2026, 6, 1), "Europe/Paris")
    with pytest.raises(Refused, match="zone"):
        intervals(datetime(2026, 6, 1), datetime(2026, 6, 2), "Europe/Paris")


def test_the_edition_of_the_zones_is_known_or_said_to_be_unknown():
    assert traffic.edition() == "unknown" or traffic.edition()[:2] == "20"
