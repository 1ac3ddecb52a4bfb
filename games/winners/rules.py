"""The rules of a claim, without any table: which step may follow which, and when.

won ─claim→ claimed ─ship→ shipped
 │            ├─redeem→ redeemed ─undo→ claimed
 └──lapse─────┴→ lapsed ─pass→ passed (somebody else holds the unit now)
                   └─return→ returned (the unit is free again)
"""

from datetime import datetime, timedelta

WON, CLAIMED, SHIPPED, REDEEMED, LAPSED, PASSED, RETURNED = "won", "claimed", "shipped", "redeemed", "lapsed", "passed", "returned"
STATES = (WON, CLAIMED, SHIPPED, REDEEMED, LAPSED, PASSED, RETURNED)
LIVING = (WON, CLAIMED, SHIPPED, REDEEMED)  # who is in one of these holds the unit

TURNS = {
    (WON, "claim"): CLAIMED,
    (WON, "lapse"): LAPSED,
    (CLAIMED, "lapse"): LAPSED,
    (CLAIMED, "ship"): SHIPPED,
    (CLAIMED, "redeem"): REDEEMED,
    (REDEEMED, "undo"): CLAIMED,
    (LAPSED, "pass"): PASSED,
    (LAPSED, "return"): RETURNED,
}

DAYS, MOST_DAYS = 7, 90
NOTICE = timedelta(days=1)  # nobody's time is over before he could know of it
AHEAD = timedelta(days=2)
UNDO = timedelta(minutes=1)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360, 720, 1440))  # between two tries of a mail


class Refused(Exception):
    """A step that may not follow; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def turned(state: str, act: str) -> str:
    """Raises Refused with the state that is in the way."""
    if (state, act) not in TURNS:
        raise Refused(state)
    return TURNS[state, act]


def acts(state: str) -> set[str]:
    return {act for known, act in TURNS if known == state}


def due(won_at: datetime, opened_at: datetime, days: int) -> datetime:
    return max(won_at + timedelta(days=days), opened_at + NOTICE)


def remind_at(opened_at: datetime, due_at: datetime) -> datetime:
    """Two days ahead, but not before half of the time is over."""
    return due_at - min(AHEAD, (due_at - opened_at) / 2)


def is_late(state: str, due_at: datetime, now: datetime) -> bool:
    """The end is not included: at that very instant it is too late."""
    return state == WON and now >= due_at


def may_undo(settled_at: datetime | None, settled_by: int | None, member: int, now: datetime) -> bool:
    return settled_at is not None and settled_by == member and now < settled_at + UNDO


def wait(tries: int) -> timedelta | None:
    """Until the next try after so many; None: the last one was the last."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None
