"""Lists that people bring: what is wrong is named with its line, and then nothing is taken."""

from __future__ import annotations

import pytest

from games.mechanics.instant_win import imports
from games.mechanics.instant_win.settings import Fixed
from tests.games.table import CLOSES, OPENS

IDS = {"mug", "trip"}


def moments(text: str | bytes, zone: str = "UTC"):
    return imports.moments(text if isinstance(text, bytes) else text.encode(), zone, IDS, OPENS, CLOSES)


def codes(text: str):
    return imports.codes(text.encode(), IDS)


def test_moments_are_local_times_of_the_zone_that_is_named():
    found = moments("at,prize\n2027-01-15T10:00:00,trip\n2027-01-15 09:30:00.250,mug\n", "Europe/Paris")
    assert found.faults == []
    assert found.rows == [Fixed(int(OPENS * 1000) + 1_800_250, "mug"), Fixed(int(OPENS * 1000) + 3_600_000, "trip")]


def test_a_spreadsheets_own_ways_are_understood():
    assert moments(b"\xef\xbb\xbfAt; Prize\r\n2027-01-15T09:00:00Z;mug\r\n\r\n;\r\n").rows == [Fixed(int(OPENS * 1000) + 3_600_000, "mug")]
    assert codes('prize,code\nmug,"A,1"\ntrip,B2\n').rows == [("mug", "A,1"), ("trip", "B2")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("soon,mug", "This is no time"),
        ("2027-01-15T07:59:59,mug", "outside the hours"),
        ("2027-01-15T10:00:00,mug", "outside the hours"),
        ("2027-01-15T09:00:00,boat", "no prize called boat"),
        ("2027-01-15T09:00:00", "1 cells"),
        ("2027-01-15T09:00:00,mug,1", "3 cells"),
        ("2027-01-15T09:00:00,", "The cell prize is empty."),
        ("=1+1,mug", "formula"),
        (" @SUM(A1),mug", "formula"),
        (f"2027-01-15T09:00:00,{'m' * 65}", "longer than 64"),
        ('2027-01-15T09:00:00,"mu\ng"', "cannot be shown"),
    ],
)
def test_a_line_that_is_wrong_is_named(line, sentence):
    found = moments(f"at,prize\n2027-01-15T08:30:00,mug\n{line}\n")
    assert found.rows == []
    (fault,) = found.faults
    assert fault.line in (3, 4)
    assert sentence in fault.sentence


def test_what_stands_twice_is_named_with_its_first_line():
    assert moments("at,prize\n2027-01-15T08:30:00,mug\n2027-01-15T08:30:00Z,mug\n").faults == [(3, "This stands in line 2 already.")]
    assert codes("prize,code\nmug,A1\ntrip,A1\n").faults == [(3, "This stands in line 2 already.")]


@pytest.mark.parametrize("at", ["2027-03-28T02:30:00", "2026-10-25T02:30:00"])
def test_an_hour_that_clocks_leave_out_or_show_twice_needs_its_offset(at):
    opens = 1_790_000_000.0
    read = imports.moments(f"at,prize\n{at},mug\n".encode(), "Europe/Paris", IDS, opens, opens + 400 * 86_400)
    assert "The clocks change" in read.faults[0].sentence
    assert imports.moments(f"at,prize\n{at}+02:00,mug\n".encode(), "Europe/Paris", IDS, opens, opens + 400 * 86_400).faults == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The first line must be at,prize."),
        (b"at,prize\n", "The list is empty."),
        (b"when,what\n", "The first line must be at,prize."),
        ("at,prize\n2027-01-15T08:30:00,mûg\n".encode("latin-1"), "not UTF-8"),
        ("at,prize\n".encode("utf-16"), "not UTF-8"),
        (b"at,prize\n\0\n", "no text"),
        (b'at,prize\n"2027\n', "cannot be read"),
        (b"at,prize\n" + b"x" * 10 * 1024 * 1024, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_as_a_whole(data, sentence):
    found = moments(data)
    assert found.rows == []
    assert (found.faults[0].line, sentence in found.faults[0].sentence) == (0, True)


def test_an_unknown_zone_is_refused():
    assert moments("at,prize\n", "Mars/Olympus").faults == [(0, "This time zone is not known.")]


def test_no_more_than_fifty_faults_are_told_and_no_more_lines_taken_than_a_game_holds(monkeypatch):
    assert len(moments("at,prize\n" + "x,y\n" * 100).faults) == 50
    monkeypatch.setattr(imports, "MOST_CODES", 2)
    assert codes("prize,code\n" + "".join(f"mug,{n}\n" for n in range(3))).faults == [(0, "The list has 3 lines, and 2 are allowed.")]
