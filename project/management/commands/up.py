"""`manage.py up`: everything in one process tree: pages and sockets here, queue and the demo's crowd as children, and with Redis the
engine too; without Redis engine and clock are here.
"""

import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from games import demo
from project import server, single, welcome, words
from project.management.commands.serve import open_door
from project.minder import Minded
from scheduler.schedules import sync
from tenants.command import Explained

MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Command(Explained):
    help = "Runs the whole platform in one process tree: migrates, serves, and ends together on Ctrl-C."
    examples = """
DEMO=1 manage.py up              with the demo's games and people, as `make run` does
DEMO=1 manage.py up --no-crowd   the same without bots
PORT=8001 manage.py up           for real, at another port; docs/settings.md says what it needs
"""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-crowd", action="store_true", help="nobody plays the demo but you")

    def handle(self, *args: Any, no_crowd: bool, **options: Any) -> None:
        try:
            self.run(crowd=settings.DEMO and not no_crowd)
        except KeyboardInterrupt:
            self.stdout.write("Ended before it had started.")
            sys.exit(130)

    def run(self, crowd: bool) -> None:
        host, port = settings.HOST, settings.PORT
        door = open_door(host, port)
        with ExitStack() as children:
            children.enter_context(alone(f"http://{host}:{port}/"))
            game = self.prepare()
            children.enter_context(minded("qcluster"))
            if not settings.ENGINE:
                children.enter_context(minded("engine"))

            def ready() -> None:
                self.say(welcome.text(host, port, game))
                if crowd:
                    children.enter_context(minded("crowd", "--gentle", "-v0", "--url", f"ws://{welcome.here(host)}:{port}"))

            started = server.serve(door, ready)
            self.say("Ending ...")
        if not started:
            raise CommandError("The web process could not start; the lines above say why.")
        self.say("Everything has ended.")

    def prepare(self) -> str:
        """Says the word of the demo's game."""
        words.compile_stale()
        if outdated():
            self.say("Preparing the database ...")
            if not settings.SQLITE:
                connection.cursor().execute("SET statement_timeout = 0")  # a migration takes as long as it takes; this session ends below
            call_command("migrate", verbosity=0, interactive=False)
        sync()
        game = demo.make() if settings.DEMO else ""
        connections.close_all()
        return game

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def alone(note: str) -> AbstractContextManager[Any]:
    """One process tree a folder, where the database is a file in it."""
    if not settings.SQLITE:
        return nullcontext()
    try:
        return single.claim(settings.VAR_DIR, note)
    except single.AlreadyRuns as other:
        raise CommandError(
            f"So-Buzz runs already from this folder, at {other}. End it first, or give this one a VAR_DIR of its own."
        ) from None


def minded(*arguments: str) -> Minded:
    return Minded([sys.executable, str(MANAGE), *arguments])


def outdated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
