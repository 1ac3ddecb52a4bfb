"""`manage.py serve`: the web process, as production and the demo run it."""

from socket import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project import server


class Command(BaseCommand):
    help = "Serves pages and sockets with uvicorn."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        door = open_door(host, port)
        if not server.serve(door, lambda: self.stdout.write(f"So-Buzz serves http://{host}:{port}/")):
            raise CommandError("The web process could not start; the lines above say why.")


def open_door(host: str, port: int) -> socket:
    try:
        return server.listen(host, port)
    except server.Taken as problem:
        raise CommandError(f"Port {port} on {host} cannot be used ({problem}). Choose another: PORT={port + 1} make run") from None
