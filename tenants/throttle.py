"""Counts tries in the database, so that the limit holds over all processes and without Redis.

A try is written down before it is judged: twenty at the same moment cannot all find the count low. One that turns out to
be right is given back.
"""

import hashlib
import time
from typing import NamedTuple

from django.db import transaction

from tenants.models.attempt import Attempt


class Limit(NamedTuple):
    name: str
    tries: int
    seconds: float


ACCOUNT = Limit("account", 5, 15 * 60)
ADDRESS = Limit("address", 30, 60)
LONGEST = max(ACCOUNT.seconds, ADDRESS.seconds)


class TooMany(Exception):
    """No more tries for now; `wait` says for how many seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait:.0f} s")
        self.wait = wait


class Try(NamedTuple):
    key: str
    at: float


def take(limit: Limit, subject: str, now: float | None = None) -> Try:
    """Notes one try; raises TooMany and notes nothing when the window is full."""
    at = time.time() if now is None else now
    key = _key(limit, subject)
    with transaction.atomic():
        row = _locked(key)
        times = [moment for moment in row.times if at - limit.seconds < moment <= at]
        if len(times) >= limit.tries:
            raise TooMany(times[0] + limit.seconds - at)
        row.times, row.last_at = [*times, at], at
        row.save()
    return Try(key, at)


def give_back(tried: Try) -> None:
    with transaction.atomic():
        row = _locked(tried.key)
        if tried.at in row.times:
            row.times.remove(tried.at)
        row.save()


def sweep(now: float | None = None) -> int:
    """Forgets windows that are over; for the scheduler."""
    at = time.time() if now is None else now
    return Attempt.objects.filter(last_at__lt=at - LONGEST).delete()[0]


def _locked(key: str) -> Attempt:
    Attempt.objects.get_or_create(key=key)
    return Attempt.objects.select_for_update().get(key=key)


def _key(limit: Limit, subject: str) -> str:
    return hashlib.sha256(f"{limit.name}\0{subject}".encode()).hexdigest()
