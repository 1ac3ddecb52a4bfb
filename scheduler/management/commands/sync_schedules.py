"""`manage.py sync_schedules`: what runs by itself becomes what the code says."""

from typing import Any

from scheduler.schedules import sync
from tenants.command import Explained


class Command(Explained):
    help = "Brings what the queue does by itself up to date with the code."
    examples = """
manage.py sync_schedules   after each deploy; `manage.py up` does it by itself

It adds, changes and removes; a second time it changes nothing.
"""

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sync()
        self.stdout.write(f"Changed: {', '.join(changed)}." if changed else "All schedules are as the code says.")
