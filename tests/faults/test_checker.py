"""The checker itself: it is silent about what may be, and names what may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults import checker
from tests.faults.final import Entry, Final, Given
from tests.faults.history import History, Line, read

NOW = 1_800_000_000.0
MOMENTS = [(int((NOW + after) * 1000), "mug") for after in (1.5, 3.0)]


def lost(seq: int, ref: str, at: float, by: int = 1) -> Entry:
    return Entry(seq, NOW + at, "player", by, ref, "lost", {"player": by, "until": NOW + 100})


def won(seq: int, ref: str, at: float, moment: int, by: int = 1) -> Entry:
    data = {"player": by, "prize": "mug", "unit": moment, "moment": moment, "at": NOW + at, "until": NOW + 100, "told_at": NOW + 900}
    return Entry(seq, NOW + at, "player", by, ref, "won", data)


def award(entry: Entry) -> Given:
    return Given(entry.by, entry.data["prize"], entry.data["unit"], entry.data["moment"], entry.seq, entry.at)


def final(*log: Entry, awards: list[Given] | None = None, **more) -> Final:
    given = [award(entry) for entry in log if entry.kind == "won"] if awards is None else awards
    return Final("line", log[-1].seq if log else 0, "open", list(log), given, {"mug": 2}, 10, MOMENTS)._replace(**more)


def heard(*log: Entry) -> list[Line]:
    """Histories in which each asked a little before, and heard a little after."""
    found = []
    for entry in log:
        found += [Line(entry.at - 0.01, "p", "invoke", "play", entry.ref, None)]
        found += [Line(entry.at + 0.01, "p", "ok", "play", entry.ref, [checker.shown(entry)])]
    return found


GOOD = (lost(1, "a", 1), won(2, "b", 2, 0), lost(3, "c", 2.5), won(4, "d", 4, 1), lost(5, "e", 5))


def test_what_may_be_is_not_named():
    assert checker.faults(heard(*GOOD), final(*GOOD)) == []


def test_a_play_that_nobody_heard_of_may_have_happened_or_not():
    open_ends = [Line(NOW + 2, "p", "invoke", "play", "b", None), Line(NOW + 3, "p", "invoke", "play", "never", None)]
    assert checker.faults([*heard(GOOD[0], *GOOD[2:]), *open_ends], final(*GOOD)) == []


def without(place: int) -> Final:
    rest = [entry for number, entry in enumerate(GOOD) if number != place]
    return final(*[entry._replace(seq=number) for number, entry in enumerate(rest, 1)])


LINES = heard(*GOOD)
BAD = {
    "a lost answer": (LINES, without(4), "e was answered and is not in the log: lost"),
    "a changed answer": (LINES, final(*GOOD[:4], lost(5, "e", 5)._replace(data={"player": 1, "until": 0})), "and the log says"),
    "an answer that became another": (
        [*LINES, Line(NOW + 6, "p", "ok", "play", "e", [{"t": "won"}])],
        final(*GOOD),
        "has several answers",
    ),
    "a play that happened twice": (LINES, final(*GOOD, lost(6, "e", 6)), "happened 2 times"),
    "a refusal that happened": (
        [*heard(*GOOD[:4]), Line(NOW + 5, "p", "invoke", "play", "e", None), Line(NOW + 5, "p", "fail", "play", "e", "paused")],
        final(*GOOD),
        "was refused with paused, and the log has it",
    ),
    "a play that nobody asked for": (heard(*GOOD[:4]), final(*GOOD), "nobody asked for it"),
    "an award given twice": (LINES, final(*GOOD, awards=[award(GOOD[1]), award(GOOD[3]), award(GOOD[3])]), "moment 1 was given 2 times"),
    "an award without a win": (LINES, final(*GOOD, awards=[award(GOOD[1]), award(GOOD[3])._replace(player=2)]), "do not belong together"),
    "a win without an award": (LINES, final(*GOOD, awards=[award(GOOD[1])]), "do not belong together"),
    "more than the stock": (LINES, final(*GOOD, stock={"mug": 1}), "2 of mug were given, and there are 1"),
    "a moment that was passed over": (LINES, final(*GOOD, moments=[(MOMENTS[0][0] - 1000, "mug"), MOMENTS[1]]), "event 1 lost"),
    "a win before its moment": (LINES, final(*GOOD, moments=[MOMENTS[0], (int((NOW + 4.5) * 1000), "mug")]), "event 4 won too early"),
    "the wrong moment": (LINES, final(*GOOD[:3], won(4, "d", 4, 7), GOOD[4]), "took moment 7, and 1 was next"),
    "a hole": (LINES, final(*GOOD[:4], GOOD[4]._replace(seq=6)), "not numbered"),
    "a row that lags": (LINES, final(*GOOD, seq=4), "the last event is 4"),
    "an order that cannot have been": (
        heard(GOOD[0], GOOD[1]._replace(at=NOW + 7), *GOOD[2:]),
        final(*GOOD),
        "was asked after",
    ),
    "a date outside the call": (heard(*GOOD[:4], GOOD[4]._replace(at=NOW + 9)), final(*GOOD), "is dated"),
}


@pytest.mark.parametrize(("lines", "left", "said"), BAD.values(), ids=BAD)
def test_what_may_not_be_is_named(lines, left, said):
    assert any(said in fault for fault in checker.faults(lines, left)), checker.faults(lines, left)


@given(st.integers(0, len(GOOD) - 1))
def test_no_answered_play_can_be_missing(place):
    assert any("lost." in fault for fault in checker.faults(LINES, without(place)))


@given(st.lists(st.sampled_from(range(len(GOOD))), unique=True))
def test_whoever_is_cut_off_before_the_answer_accuses_nobody(silent):
    refs = {GOOD[place].ref for place in silent}
    lines = [line for line in LINES if line.kind == "invoke" or line.ref not in refs]
    assert checker.faults(lines, final(*GOOD)) == []


def test_a_history_is_read_as_it_was_written(tmp_path):
    for who in ("one", "two"):
        history = History(tmp_path, who)
        history.note("invoke", "play", "r")
        history.note("ok", "play", "r", [{"t": "lost"}])
        history.close()
    assert [(line.who, line.kind) for line in read(tmp_path)] == [("one", "invoke"), ("one", "ok"), ("two", "invoke"), ("two", "ok")]
    assert read(tmp_path)[1].value == [{"t": "lost"}]
