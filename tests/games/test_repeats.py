"""What each sender asked for last."""

import msgspec

from games.log import Logged
from games.repeats import REMEMBERED, Packed, Repeats, packed


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
    assert [repeats.find("player", 1, f"r{number}") for number in range(1, REMEMBERED + 1)] == [(seq,) for seq in range(2, REMEMBERED + 2)]


def test_they_come_back_from_a_snapshot_as_they_were():
    repeats = noted(("player", 1, "a"), ("operator", 1, "a"), ("player", 1, "b"), ("player", 1, "b"), ("player", 70_000, "🎉"))
    again = Repeats.unpacked(msgspec.msgpack.decode(msgspec.msgpack.encode(packed(repeats.copied())), type=Packed))
    assert again == repeats
    assert again.find("player", 1, "b") == (3, 4)
    assert again.find("player", 70_000, "🎉") == (5,)
    assert again != noted(("player", 1, "a"))


def test_a_crowd_that_asked_once_takes_little_room():
    repeats = noted(*[("player", number, f"4c2f6e0a-{number:027d}") for number in range(10_000)])
    assert len(msgspec.msgpack.encode(packed(repeats.copied()))) < 10_000 * 22


def test_the_place_of_a_command_with_many_events_in_a_long_log_is_kept():
    repeats = Repeats()
    for seq in range(2**39, 2**39 + 70_000):
        repeats.note(Logged(seq, 0.0, "player", 1, "end", None))
    assert repeats.find("player", 1, "end") == tuple(range(2**39, 2**39 + 70_000))
