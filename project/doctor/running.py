"""What only a platform that runs has: owners of the shards, and a queue that does its work."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django_q.models import Schedule

from games.store import leases
from project.doctor.database import reached
from project.doctor.findings import Finding, Look
from scheduler.condition import condition
from scheduler.schedules import SCHEDULES

LATE = 120.0  # seconds; the queue looks at its schedules twice a minute
LONG = 60.0  # seconds that a task may wait


def engines() -> Iterator[Finding]:
    reached()
    shards = settings.ENGINE_SHARDS
    served = leases.served(shards)
    if served == shards:
        yield Finding("ok", "engine", f"All {shards} shards of the games have an owner that hears.")
        return
    remedy = "Start one: manage.py engine" if settings.REDIS_URL else "The web process hosts the games: manage.py serve"
    yield Finding("fail", "engine", f"{shards - served} of {shards} shards have no owner that hears: their games stand still.", remedy)


def schedules() -> Iterator[Finding]:
    reached()
    wanted, found = {planned.name for planned in SCHEDULES}, set(Schedule.objects.values_list("name", flat=True))
    if wanted != found:
        names = ", ".join(sorted(wanted ^ found))
        yield Finding("fail", "schedules", f"They are not as the code says: {names}.", "Run: manage.py sync_schedules")
    else:
        yield Finding("ok", "schedules", f"All {len(wanted)} are planned.")


def queue() -> Iterator[Finding]:
    reached()
    found = condition()
    if found.overdue > LATE:
        says = f"A schedule is {found.overdue:.0f} s late: nobody does what may take its time."
        yield Finding("fail", "queue", says, "Start it: manage.py qcluster")
    elif found.oldest > LONG:
        says = f"{found.waiting} tasks wait, the first for {found.oldest:.0f} s."
        yield Finding("warn", "queue", says, "See whether manage.py qcluster runs and what holds it up.")
    else:
        last = f"its last task ended {(timezone.now() - found.done).total_seconds():.0f} s ago" if found.done else "it has done nothing yet"
        yield Finding("ok", "queue", f"It is in time; {last}.")
    if found.failed:
        yield Finding("warn", "queue", f"{found.failed} tasks failed within the hour.", "Their tracebacks are in django_q_task.result.")


RUNNING = (Look("engine", engines, True), Look("schedules", schedules, True), Look("queue", queue, True))
