import pytest

from games.fairness.entries import Entry, entries_of
from games.fairness.shape import Refused

A, B, C = ("a" * 31 + end for end in "012")
GROUP, COMMIT = "b" * 32, "c" * 64


def line(entry=A, weight="1", group=GROUP, commit=COMMIT):
    return f"{entry} {weight} {group} {commit}\n".encode()


def test_a_list_is_read_line_by_line():
    assert entries_of(line(A) + line(B, "12")) == [Entry(A, 1, GROUP), Entry(B, 12, GROUP)]
    assert entries_of(b"") == []


def test_ids_that_differ_in_their_last_digit_are_two():
    assert len(entries_of(line(A) + line(B) + line(C))) == 3


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (line(A).replace(b"\n", b"\r\n"), "carriage return"),
        (line(B) + line(A), "line 2 of entries.txt is not in the order"),
        (line(A) + line(A), "line 2 of entries.txt repeats"),
        (line(A) + line(B, "2", "d" * 32) + line(B), "line 3 of entries.txt repeats"),
        (line(A)[:-1], "does not end with a line end"),
        (b"\n", "line 1 of entries.txt is not"),
        (line(A) + b"\n", "line 2 of entries.txt is not"),
        (line(A).upper(), "line 1 of entries.txt is not"),
        (line(A, "0"), "line 1 of entries.txt is not"),
        (line(A, "01"), "line 1 of entries.txt is not"),
        (line(A, "-1"), "line 1 of entries.txt is not"),
        (line(A, "1.0"), "line 1 of entries.txt is not"),
        (line(A, "9" * 20), "line 1 of entries.txt is not"),
        (line(A, "١"), "line 1 of entries.txt is not"),
        (line(A[:-1]), "line 1 of entries.txt is not"),
        (line(A, group=GROUP + "0"), "line 1 of entries.txt is not"),
        (line(A, commit=""), "line 1 of entries.txt is not"),
        (b" " + line(A), "line 1 of entries.txt is not"),
        (b"\xff" + line(A), "line 1 of entries.txt is not"),
        (b"\xef\xbb\xbf" + line(A), "line 1 of entries.txt is not"),
    ],
)
def test_a_list_has_one_spelling_only(data, fault):
    with pytest.raises(Refused, match=fault):
        entries_of(data)
