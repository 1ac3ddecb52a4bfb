"""Instants in words."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils.translation import override

from games.pages import times

NOW = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
PARIS = "Europe/Paris"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def said(language: str, words, *given) -> str:
    with override(language):
        return words(*given)


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        (PARIS, "heure de Paris", "Paris time"),
        ("Europe/Athens", "heure d’Athènes", "Athens time"),
        ("Pacific/Noumea", "heure de Nouméa", "Noumea time"),
        ("America/New_York", "heure de New York", "New York time"),
        ("UTC", "heure d’UTC", "UTC time"),
    ],
)
def test_a_zone_is_named_as_people_call_it(zone: str, french: str, english: str) -> None:
    assert (said("fr", times.zone_words, zone), said("en", times.zone_words, zone)) == (french, english)


def test_today_and_tomorrow_have_names_and_other_days_a_date() -> None:
    ends = [datetime(2026, 9, day, 19, 0, tzinfo=UTC) for day in (21, 22, 27)]
    assert [said("fr", times.until, end, PARIS) for end in ends] == [
        "jusqu’à aujourd’hui, 21:00",
        "jusqu’à demain, 21:00",
        "jusqu’au 27 septembre, 21:00",
    ]
    assert said("en", times.until, ends[2], PARIS) == "until 27 September, 9:00\u202fPM"


def test_the_day_is_the_tenants_day() -> None:
    late = datetime(2026, 9, 21, 23, 0, tzinfo=UTC)
    assert said("en", times.when, late, PARIS) == "tomorrow, 1:00\u202fAM"
    assert said("en", times.when, late, "UTC") == "today, 11:00\u202fPM"


def test_the_first_of_a_month_and_another_year_are_written_as_french_does() -> None:
    assert said("fr", times.date, datetime(2026, 12, 1, 9, tzinfo=UTC), PARIS) == "1er décembre"
    assert said("fr", times.date, datetime(2027, 1, 11, 9, tzinfo=UTC), PARIS) == "11 janvier 2027"


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert (said("fr", times.number, 1212), said("en", times.number, 1212)) == ("1\u202f212", "1,212")
