"""Two hours that matter: when a player's day ends, and when everyone hears of a win."""

import math
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

TOLD_AFTER = 900.0  # seconds until everyone hears of a win: who knows when wins fall can time his plays (decision 13)
TOLD_EVERY = 60.0


QUARTER = 900.0  # seconds: clocks change, and days end, at whole quarters of an hour


def midnight(at: float, zone: str) -> float:
    """When the day of `at` ends where the game is played."""
    return _midnight(at // QUARTER, zone)


@lru_cache(512)
def _midnight(quarter: float, zone: str) -> float:
    at = quarter * QUARTER
    where = ZoneInfo(zone)
    tomorrow = datetime.fromtimestamp(at, where).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), where).timestamp()


def told_at(now: float) -> float:
    """Wins are told by the whole minute, so that the telling does not give away the second."""
    return math.ceil((now + TOLD_AFTER) / TOLD_EVERY) * TOLD_EVERY
