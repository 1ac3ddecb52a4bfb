"""`manage.py demo`: makes the demo data; a second time changes nothing."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from games import demo
from tenants.command import Explained


class Command(Explained):
    help = "Makes the demo: two tenants, their people and a running game."
    examples = """
DEMO=1 manage.py demo   what `make run` does by itself

Running it twice changes nothing. When its game is over it makes another, at an address of its own: the old one keeps his.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=int, default=0, metavar="MINUTES", help="as if it had opened so long ago (for tests)")
        parser.add_argument("--force", action="store_true", help="make it although DEMO is not set; its password is public")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO and not options["force"]:
            raise CommandError("This is not a demo (DEMO is not set), and the demo's password is public. Add --force if you mean it.")
        game = demo.make(timedelta(minutes=options["since"]))
        self.stdout.write(f"The demo is ready; its game is at /t/demo/{game}/.")
