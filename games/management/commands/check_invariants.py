"""`manage.py check_invariants`: says what does not hold, a sentence each; exit code 1 if there is one."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from games.invariants import violations
from games.models import Game
from tenants import scope
from tenants.command import Explained


class Command(Explained):
    help = "Recomputes games from their logs, and says what does not hold."
    examples = """
manage.py check_invariants                              all games of all tenants
manage.py check_invariants 01JDQ7Z3V8YH2M5N6P9R0S1T2W   one, by its public id

Exit code 0 when all holds, 1 when something does not: a sentence for each. It changes nothing.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("games", nargs="*", help="public ids; all games when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.platform():
            games = Game.objects.filter(public_id__in=options["games"]) if options["games"] else Game.objects.all()
            wanted = list(games.order_by("pk").values_list("tenant", "pk"))
        if len(wanted) < len(set(options["games"])):
            raise CommandError("There is no game of one of these ids.")
        found = [sentence for tenant, game in wanted for sentence in judged(tenant, game)]
        for sentence in found:
            self.stderr.write(sentence)
        self.stdout.write(f"{len(wanted)} games checked, {len(found)} violations.")
        if found:
            sys.exit(1)


def judged(tenant: int, game: int) -> list[str]:
    with scope.tenant(tenant):
        return violations(game)
