"""Recomputes a draw or the winning moments of a game from its public files."""

import sys
from argparse import ArgumentParser
from typing import Any

from games.fairness.verdict import UNUSABLE, verify
from tenants.command import Explained


class Command(Explained):
    help = "Recomputes a draw, or the winning moments of a game, from its public files."
    examples = """
manage.py verify moments FOLDER   an unpacked proof of a game: manifest.json, plays.txt and the others
manage.py verify draw FOLDER      a draw

Exit code 0 when all holds, 1 when something does not, 2 when the files cannot be read. It needs neither
settings nor a database. docs/fairness.md says what is computed.
"""
    # Files are all it needs: it answers without a database and with wrong settings of the rest.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", help="moments FOLDER, or draw FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        code, words = verify(options["what"])
        (self.stderr if code == UNUSABLE else self.stdout).write(words)
        if code:
            sys.exit(code)
