"""When a player's day ends."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.mechanics.instant_win import hours


@pytest.mark.parametrize(
    ("zone", "at", "ends"),
    [
        ("Europe/Paris", "2027-01-15T23:30:00+01:00", "2027-01-16T00:00:00+01:00"),
        ("Europe/Paris", "2027-03-28T12:00:00+02:00", "2027-03-29T00:00:00+02:00"),  # a day of 23 hours
        ("Europe/Paris", "2027-10-31T01:00:00+02:00", "2027-11-01T00:00:00+01:00"),  # one of 25
        ("America/Havana", "2026-11-01T00:30:00-04:00", "2026-11-02T00:00:00-05:00"),  # whose first hour comes twice
        ("America/Havana", "2026-11-01T00:30:00-05:00", "2026-11-02T00:00:00-05:00"),
        ("Africa/Cairo", "2026-04-23T20:00:00+02:00", "2026-04-24T01:00:00+03:00"),  # midnight itself is left out
    ],
)
def test_the_day_ends_at_midnight_where_the_game_is_played(zone, at, ends):
    assert hours.midnight(datetime.fromisoformat(at).timestamp(), zone) == datetime.fromisoformat(ends).timestamp()


@given(at=st.floats(1.7e9, 2.0e9), zone=st.sampled_from(["Europe/Paris", "America/Havana", "Africa/Cairo", "Pacific/Apia", "UTC"]))
def test_a_day_ends_after_every_second_of_it_and_never_later_than_in_25_hours(at, zone):
    ends = hours.midnight(at, zone)
    assert at < ends <= at + 25 * 3600
    assert datetime.fromtimestamp(ends - 1, ZoneInfo(zone)).date() == datetime.fromtimestamp(at, ZoneInfo(zone)).date()
