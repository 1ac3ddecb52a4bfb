"""How the queue is, by its own tables: its processes keep nothing else that another process could read."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, Min
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Task

LATELY = timedelta(hours=1)


class Condition(NamedTuple):
    waiting: int  # tasks that nobody has begun
    oldest: float  # seconds that the first of them waits
    overdue: float  # seconds by which the latest schedule is late; half a minute is in time
    failed: int  # tasks that failed within the hour
    done: datetime | None  # when the newest task ended


def condition() -> Condition:
    """Four short queries."""
    now = timezone.now()
    due = OrmQ.objects.filter(lock__lte=now)  # of a waiting task `lock` is when it was put there
    first = due.aggregate(first=Min("lock"))["first"]
    planned = Schedule.objects.exclude(repeats=0).aggregate(first=Min("next_run"))["first"]
    return Condition(
        due.count(),
        seconds_since(first, now),
        seconds_since(planned, now),
        Failure.objects.filter(stopped__gt=now - LATELY).count(),
        Task.objects.aggregate(last=Max("stopped"))["last"],
    )


def seconds_since(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
