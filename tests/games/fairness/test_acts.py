"""What operators did, as the proof lists it: each act must be one that the rules allow."""

from __future__ import annotations

import pytest

from games.fairness.acts import Act, act_document, acts_of, additions
from games.fairness.giving import Caps
from games.fairness.moments import commitment
from games.fairness.outcomes import judge_outcomes
from games.fairness.plays import Play
from games.fairness.promise import addendum, judge_promise, open_promise
from games.fairness.shape import Refused

SECRET, RANDOMNESS = bytes(range(32)), b"r" * 32
BEACON = "witness:" + "a" * 64 + ":" + "b" * 64
WHOLE = {
    "v": "PRIZES/1",
    "campaign": "c",
    "beacon": BEACON,
    "intervals": [[0, 9000]],
    "parts": [],
    "caps": {},
    "days": [100_000],
    "sweep_from": 8000,
    "stage": [["cup", 2]],
}
PROMISE = judge_promise(WHOLE)


def added(number: int = 1, prizes=(("mug", 3),), since: int = 2000, at: int = 1000, after: int = 0, **changes) -> Act:
    manifest = {**addendum(PROMISE, number, [list(pair) for pair in prizes], since), **changes}
    return Act("addendum", after, at, manifest, commitment(SECRET, manifest).hex())


def found(*acts: Act):
    return additions(PROMISE, acts, SECRET, RANDOMNESS)


def test_the_moments_of_an_addendum_lie_after_it():
    (moments,) = found(added())
    assert len(moments) == 3
    assert all(2000 <= moment.at_ms < 9000 for moment in moments)
    assert found(added(), added(2))[1] != moments, "its number makes it another"


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (added(number=2), "of another game"),
        (added(campaign="d+1"), "of another game"),
        (added(beacon=BEACON.replace("a", "c")), "of another game"),
        (added()._replace(commit="00" * 32), "not the one that was committed to"),
        (added(since=1000, at=1000), "before it was made"),
        (added(intervals=[[5, 9], [3000, 4000]]), "before it was made"),
        (added(since=8500, at=8000), "in the last stretch"),
        (added(prizes=(("cup", 3),), intervals=[[2000, 2030]])._replace(act="burst"), "more of cup than waited"),
        (added(intervals=[[2000, 2030]])._replace(act="burst"), "more of mug than waited"),
        (added(prizes=(("cup", 1),), intervals=[[2000, 122_001]])._replace(act="burst"), "more than two minutes"),
    ],
)
def test_an_addendum_that_the_rules_do_not_allow_is_refused(act, fault):
    with pytest.raises(Refused, match=fault):
        found(act)


def test_acts_are_read_as_they_are_written():
    acts = [added(), added()._replace(act="burst"), Act("freeze", 1, 5, "mug"), Act("thaw", 2, 6, "mug"), Act("disqualify", 3, 7, "f" * 32)]
    assert acts_of([act_document(act) for act in acts]) == acts


@pytest.mark.parametrize(
    "bad",
    [
        "freeze",
        {"act": "melt", "after": 0, "at_ms": 0, "prize": "mug"},
        {"act": "freeze", "after": 0, "at_ms": 0},
        {"act": "freeze", "after": 0, "at_ms": 0, "prize": ""},
        {"act": "freeze", "after": -1, "at_ms": 0, "prize": "mug"},
        {"act": "freeze", "after": 0, "at_ms": 0.5, "prize": "mug"},
        {"act": "thaw", "after": 0, "at_ms": 0, "prize": "mug", "why": "x"},
        {"act": "addendum", "after": 0, "at_ms": 0, "manifest": {}, "commit": "00"},
    ],
)
def test_an_act_that_is_none_is_refused(bad):
    with pytest.raises(Refused):
        acts_of([bad])
    with pytest.raises(Refused):
        acts_of(bad)


def judged(plays, acts=()):
    opened = open_promise(PROMISE, SECRET, RANDOMNESS)
    judge_outcomes(PROMISE, Caps(), opened.plan([]), plays, acts)


def play(at: int, number: int = 1) -> Play:
    return Play(at, f"{number:032x}", "b" * 32, None)


@pytest.mark.parametrize(
    ("plays", "acts", "fault"),
    [
        ([play(5), play(4, 2)], [], "after what is younger"),
        ([play(5)] * 2, [], "listed twice"),
        ([play(5)], [Act("freeze", 1, 4, "mug")], "after what is younger"),
        ([play(5)], [Act("freeze", 2, 6, "mug")], "comes after 2 plays, and there are 1"),
        ([play(5)._replace(moment=0)], [], "there are only 0"),
        ([play(5)._replace(moment=0, mode="deck")], [], "won deck 0, and nothing was due"),
        ([play(5)._replace(moment=0, mode="odds")], [], "won odds 0, and nothing was due"),
    ],
)
def test_a_log_out_of_order_or_beyond_what_there_is_is_refused(plays, acts, fault):
    with pytest.raises(Refused, match=fault):
        judged(plays, acts)


def test_a_log_in_which_nothing_was_due_holds():
    judged([play(5), play(5, 2), play(6, 3)], [Act("freeze", 1, 5, "mug"), Act("thaw", 3, 9, "mug")])
