from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness.plays import Play, judge_plays, play_line, plays_of
from games.fairness.shape import Refused

GROUP = "b" * 32

calendars = st.lists(st.integers(0, 30), max_size=6).map(sorted)
acts = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=12)


def log(*rows):
    return [Play(at, f"{number:032x}", GROUP, moment) for number, (at, moment) in enumerate(rows)]


def test_a_log_is_written_as_it_is_read():
    plays = log((5, None), (9, 0), (10, 12))
    assert "".join(map(play_line, plays)).splitlines()[1] == f"9 {1:032x} {GROUP} 0"
    assert plays_of("".join(map(play_line, plays)).encode()) == plays
    assert plays_of(b"") == []


@pytest.mark.parametrize("line", ["", "5", "5 a b -", "-5", "05", "5.0", "٥"])
def test_a_line_has_one_spelling_only(line):
    good = f"5 {1:032x} {GROUP} -\n"
    bad = good.replace("5", line, 1) if line not in ("", "5", "5 a b -") else line + "\n"
    with pytest.raises(Refused, match=r"line 2 of plays\.txt"):
        plays_of((good + bad).encode())


@pytest.mark.parametrize("end", ["x", "-\r\n", "-1\n", "00\n", "99999999\n", " -\n", "\n"])
def test_a_moment_is_an_index_or_a_dash(end):
    with pytest.raises(Refused, match=r"plays\.txt"):
        plays_of(f"5 {1:032x} {GROUP} {end}".encode())


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([(10, 0), (30, 0)], "moment 0 was won twice"),
        ([(9, 0)], "won moment 0 at 9, before its time 10"),
        ([(40, 3)], "there are only 3"),
        ([(10, None)], "lost at 10, while moment 0 of 10"),
        ([(9, None), (15, None), (16, 0)], "lost at 15, while moment 0"),
        ([(10, 0), (19, None), (20, None), (25, 1)], "lost at 20, while moment 1 of 20"),
        ([(10, 0), (20, 1), (35, None)], "lost at 35, while moment 2 of 30"),
        ([(31, 2), (32, 0), (33, 1)], "moment 2 was won while moment 1, which is older"),
        ([(31, 0), (32, 2)], "moment 2 was won while moment 1, which is older"),
    ],
)
@pytest.mark.promise("P4")
def test_a_log_in_which_the_first_play_did_not_win_is_refused(rows, fault):
    with pytest.raises(Refused, match=fault):
        judge_plays(log(*rows), [10, 20, 30])


def test_a_play_listed_twice_is_refused():
    with pytest.raises(Refused, match="listed twice"):
        judge_plays(log((5, None)) * 2, [10])


@pytest.mark.promise("P4")
def test_a_log_in_which_the_first_play_won_holds():
    judge_plays(log((5, None), (10, 0), (19, None), (35, 1), (36, 2), (36, None), (99, None)), [10, 20, 30])
    judge_plays([], [10])
    judge_plays(log((5, None)), [])


def by_definition(plays, times):
    """No play passes over an open moment: a loser none at all, a winner none that is older than his."""
    claims = {play.moment: play.at_ms for play in plays if play.moment is not None}
    return not any(
        times[moment] <= play.at_ms < claims.get(moment, float("inf"))
        for play in plays
        for moment in range(len(times) if play.moment is None else play.moment)
    )


@pytest.mark.promise("P4")
@settings(deadline=None)
@given(
    st.lists(st.integers(0, 30), max_size=6).map(sorted), st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=12), st.randoms()
)
def test_the_search_judges_as_the_definition_does(times, acts, random):
    """Claims are shuffled over the due moments, so that good and bad logs come about equally."""
    left, rows = list(range(len(times))), []
    for at, wins in acts:
        due = [moment for moment in left if times[moment] <= at]
        moment = random.choice(due) if due and wins else None
        rows.append((at, moment))
        left = [other for other in left if other != moment]
    plays = log(*rows)
    if by_definition(plays, times):
        judge_plays(plays, times)
    else:
        with pytest.raises(Refused, match="still"):
            judge_plays(plays, times)


def busy_hours(skip_locked):
    """Pairs of plays meet; now and then the first of a pair is taken back after it had laid hands on its moment."""
    random, times, rows, taken = Random(4), list(range(0, 200_000, 1000)), [], 0
    for at in range(0, 300_000, 250):
        fails = random.random() < 0.1
        due = taken < len(times) and times[taken] <= at
        if fails and skip_locked:
            rows.append((at, None))  # the second saw the moment held and went on without it
        if fails:
            continue  # taken back: no play, no claim
        rows.append((at, taken if due else None))
        taken += due
    return log(*rows), times


@pytest.mark.promise("P4")
def test_waiting_for_each_other_gives_a_log_that_holds():
    plays, times = busy_hours(skip_locked=False)
    assert sum(play.moment is not None for play in plays) == 200
    judge_plays(plays, times)


@pytest.mark.control("P4")
def test_passing_over_a_held_moment_is_found():
    with pytest.raises(Refused, match="still to be won"):
        judge_plays(*busy_hours(skip_locked=True))


@pytest.mark.control("P4")
def test_a_winner_taken_out_of_the_log_is_found():
    plays, times = busy_hours(skip_locked=False)
    first = next(play for play in plays if play.moment is not None)
    with pytest.raises(Refused, match="while moment 0"):
        judge_plays([play for play in plays if play != first], times)
