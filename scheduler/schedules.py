"""The fixed list of what runs by itself, and its bringing into the queue. Schedules come from here alone: a bad row stops them all."""

from typing import NamedTuple

from django.db import transaction
from django_q.models import Schedule


class Planned(NamedTuple):
    """A function that the queue calls again and again; times are UTC, and half a minute late is on time (django-q2)."""

    name: str
    function: str
    minutes: int


DAY = 24 * 60

SCHEDULES = (
    Planned("open claims", "scheduler.winners.open_claims", 1),
    Planned("remind winners", "scheduler.winners.remind", 10),
    Planned("lapse claims", "scheduler.winners.lapse", 5),
    Planned("send mails", "scheduler.winners.send", 1),
    Planned("sweep tickets", "scheduler.sweeps.tickets", 10),
    Planned("sweep attempts", "scheduler.sweeps.attempts", 60),
    Planned("sweep trials", "scheduler.sweeps.trials", 10),
    Planned("sweep drafts", "scheduler.sweeps.drafts", DAY),
    Planned("sweep letters", "scheduler.sweeps.letters", DAY),
    Planned("sweep sessions", "scheduler.sweeps.sessions", DAY),
    Planned("sweep results", "scheduler.sweeps.results", DAY),
)


def sync() -> list[str]:
    """Makes the rows be what the list says: run at each start. Answers the names that were made, changed or removed."""
    with transaction.atomic():
        known = {row.name: row for row in Schedule.objects.select_for_update().order_by("pk")}
        changed = [planned.name for planned in SCHEDULES if _settle(planned, known.get(planned.name))]
        strangers = Schedule.objects.exclude(name__in=[planned.name for planned in SCHEDULES])
        changed += strangers.values_list("name", flat=True)
        strangers.delete()
        _only_one(known)
    return changed


def _settle(planned: Planned, row: Schedule | None) -> bool:
    wanted = {"func": planned.function, "schedule_type": Schedule.MINUTES, "minutes": planned.minutes, "repeats": -1}
    if row is None:
        Schedule.objects.create(name=planned.name, **wanted)
        return True
    if all(getattr(row, field) == value for field, value in wanted.items()):
        return False
    Schedule.objects.filter(pk=row.pk).update(**wanted)
    return True


def _only_one(known: dict[str, Schedule]) -> None:
    """Names are not unique in the queue's table: of twins the newest stays."""
    for name, row in known.items():
        Schedule.objects.filter(name=name).exclude(pk=row.pk).delete()
