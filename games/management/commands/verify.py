"""Recomputes a draw or the winning moments of a game from its public files."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from games.fairness.verdict import UNUSABLE, USAGE, verify


class Command(BaseCommand):
    help = f"{__doc__} {USAGE.capitalize()}."
    # Files are all it needs: it answers without a database and with wrong settings of the rest.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", help="moments FOLDER, or draw FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        code, words = verify(options["what"])
        (self.stderr if code == UNUSABLE else self.stdout).write(words)
        if code:
            sys.exit(code)
