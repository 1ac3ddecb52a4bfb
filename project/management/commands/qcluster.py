"""`manage.py qcluster`: django-q2's, which also tells its metrics where METRICS_PORT is set."""

from typing import Any

from django.conf import settings
from django_q.cluster import Cluster
from django_q.management.commands import qcluster

from project.sidedoor import Sidedoor


class Command(qcluster.Command):  # type: ignore[misc]
    help = "Does what may take its time: tasks and schedules. One per platform is enough; on SQLite there may be one."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_PORT or options.get("run_once"):
            super().handle(*args, **options)
            return
        cluster = Cluster()
        cluster.start()  # it forks, so threads come after

        def alive() -> bool:
            return bool(cluster.sentinel.is_alive())

        door = Sidedoor(alive, lambda: {"ready": alive(), "version": settings.VERSION})
        door.open(settings.METRICS_PORT + 1)
        cluster.sentinel.join()
