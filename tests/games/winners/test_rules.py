"""Which step may follow which, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from games.winners import rules

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_prize_that_somebody_has_can_lapse_no_more():
    for state in (rules.SHIPPED, rules.REDEEMED, rules.PASSED, rules.RETURNED, rules.LAPSED):
        with pytest.raises(rules.Refused) as refused:
            rules.turned(state, "lapse")
        assert refused.value.code == state


def test_nothing_is_handed_over_before_it_was_claimed():
    assert rules.acts(rules.WON) == {"claim", "lapse"}
    assert rules.acts(rules.CLAIMED) == {"ship", "redeem", "lapse"}


def test_every_state_is_named_and_reached():
    assert {state for state, _ in rules.TURNS} | set(rules.TURNS.values()) == set(rules.STATES)


def test_a_deadline_counts_from_the_win_and_leaves_a_day_to_know_of_it():
    assert rules.due(NOON, NOON, 7) == NOON + timedelta(days=7)
    assert rules.due(NOON - timedelta(days=40), NOON, 7) == NOON + timedelta(days=1)


def test_the_end_is_not_included():
    assert not rules.is_late(rules.WON, NOON, NOON - timedelta(microseconds=1))
    assert rules.is_late(rules.WON, NOON, NOON)
    assert not rules.is_late(rules.CLAIMED, NOON, NOON)


def test_a_reminder_comes_two_days_ahead_but_not_before_half_of_the_time():
    assert rules.remind_at(NOON, NOON + timedelta(days=7)) == NOON + timedelta(days=5)
    assert rules.remind_at(NOON, NOON + timedelta(days=2)) == NOON + timedelta(days=1)


def test_a_handover_is_undone_by_whom_it_was_and_within_the_minute():
    assert rules.may_undo(NOON, 1, 1, NOON + timedelta(seconds=59))
    assert not rules.may_undo(NOON, 1, 1, NOON + timedelta(seconds=60))
    assert not rules.may_undo(NOON, 1, 2, NOON)
    assert not rules.may_undo(None, None, 1, NOON)


def test_a_mail_is_tried_ever_more_rarely_and_not_for_ever():
    waits = [rules.wait(tries) for tries in range(1, len(rules.WAITS) + 2)]
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[-1] is None
