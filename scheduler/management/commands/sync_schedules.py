"""`manage.py sync_schedules`: what runs by itself becomes what the code says."""

from typing import Any

from django.core.management.base import BaseCommand

from scheduler.schedules import sync


class Command(BaseCommand):
    help = "Brings the schedules of the queue up to date with the code: adds, changes, removes. A second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sync()
        self.stdout.write(f"Changed: {', '.join(changed)}." if changed else "All schedules are as the code says.")
