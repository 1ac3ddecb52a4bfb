"""What each sender asked for last."""

from games.log import Logged
from realtime.repeats import REMEMBERED, Repeats


def noted(*entries):
    repeats = Repeats()
    for seq, (role, by, ref) in enumerate(entries, 1):
        repeats.note(Logged(seq, 0.0, role, by, ref, None))
    return repeats


def test_all_events_of_one_command_are_found_again():
    repeats = noted(("player", 1, "a"), ("player", 1, "b"), ("player", 1, "b"), ("player", 2, "b"))
    assert repeats.find("player", 1, "a") == (1,)
    assert repeats.find("player", 1, "b") == (2, 3)
    assert repeats.find("player", 2, "b") == (4,)


def test_a_ref_belongs_to_who_chose_it():
    repeats = noted(("player", 1, "a"))
    assert repeats.find("player", 2, "a") is None
    assert repeats.find("operator", 1, "a") is None
    assert repeats.find("player", 1, "b") is None


def test_what_nobody_asked_for_has_no_ref():
    repeats = noted(("system", 0, ""), ("system", 0, ""))
    assert repeats.find("system", 0, "") is None
    assert repeats.known == {}


def test_the_last_eight_are_remembered():
    repeats = noted(*[("player", 1, f"r{number}") for number in range(REMEMBERED + 1)])
    assert repeats.find("player", 1, "r0") is None
    assert repeats.find("player", 1, "r1") == (2,)
    assert len(repeats.known["player", 1]) == REMEMBERED
