"""What all our commands have in common: help with a purpose and examples, and one sentence when something is wrong.

It is here because every package has commands, and all may import the lowest.
"""

import sys
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError


class Formatter(DjangoHelpFormatter):
    """Lines that were set by hand stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text.strip():
            return "\n".join(f"{indent}{line}".rstrip() for line in text.strip().splitlines())
        return super()._fill_text(text, width, indent)


class Explained(BaseCommand):
    """`help` is one sentence, which the list of commands shows; `examples` are lines of a command and what it does, then the rest."""

    examples: ClassVar[str]

    def create_parser(self, prog_name: str, subcommand: str, **given: Any) -> CommandParser:
        """What it is for and how it is called come first, then each option."""
        made = super().create_parser(prog_name, subcommand, **{"formatter_class": Formatter, **given})
        made.description = f"{self.help}\n{self.examples}"
        return made

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError, InterfaceError, InternalError) as problem:
            raise CommandError(f"The database cannot be used: {first_line(problem)}. `manage.py doctor --at-rest` says why.") from problem
        except KeyboardInterrupt:
            self.stderr.write("Ended before it was done.")
            sys.exit(130)


def first_line(problem: Exception) -> str:
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[0].rstrip(".")
