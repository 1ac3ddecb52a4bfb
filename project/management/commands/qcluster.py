"""`manage.py qcluster`: django-q2's, which also tells its metrics where METRICS_PORT is set."""

from multiprocessing import active_children
from typing import Any

from django.conf import settings
from django_q.management.commands import qcluster

from project.sidedoor import Sidedoor
from tenants.command import Explained


class Command(Explained, qcluster.Command):  # type: ignore[misc]
    help = "Does what may take its time: tasks and schedules."
    examples = """
manage.py qcluster   once per platform

One is enough; on SQLite there may be no second.
"""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        begun = active_children()  # it was forked, so threads come after
        if not settings.METRICS_PORT or options["run_once"] or not begun:
            return
        sentinel = begun[0]
        door = Sidedoor(sentinel.is_alive, lambda: {"ready": sentinel.is_alive(), "version": settings.VERSION})
        door.open(settings.METRICS_PORT + 1)
        sentinel.join()
