"""`manage.py up`: everything in one process tree: database, demo, pages, sockets, engine, clock, and the queue as a child."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from project import server, welcome, words
from project.management.commands.serve import open_door
from project.minder import Minded

MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Command(BaseCommand):
    help = "Runs the whole platform: migrates, fills the demo, serves, and ends together on Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.run()
        except KeyboardInterrupt:
            self.stdout.write("Ended before it had started.")
            sys.exit(130)

    def run(self) -> None:
        host, port = settings.HOST, settings.PORT
        door = open_door(host, port)
        self.prepare()
        with Minded([sys.executable, str(MANAGE), "qcluster"]):
            started = server.serve(door, lambda: self.say(welcome.text(host, port)))
            self.say("Ending ...")
        if not started:
            raise CommandError("The web process could not start; the lines above say why.")
        self.say("Everything has ended.")

    def prepare(self) -> None:
        words.compile_stale()
        if outdated():
            self.say("Preparing the database ...")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO:
            call_command("demo", verbosity=0)
        connections.close_all()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def outdated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
