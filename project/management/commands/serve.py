"""`manage.py serve`: the web process, as production and the demo run it."""

from socket import socket
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from project import server
from tenants.command import Explained


class Command(Explained):
    help = "Serves pages and sockets: the web process."
    examples = """
manage.py serve --host 0.0.0.0 --port 8000   behind a proxy that ends TLS

With REDIS_URL the games are hosted by `manage.py engine`; without it by this process, which is then the only one.
"""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="the address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="and the port (default: %(default)s)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        door = open_door(host, port)
        if not server.serve(door, lambda: self.stdout.write(f"So-Buzz serves http://{host}:{port}/")):
            raise CommandError("The web process could not start; the lines above say why.")


def open_door(host: str, port: int) -> socket:
    try:
        return server.listen(host, port)
    except OverflowError:
        raise CommandError(f"There is no port {port}: ports go from 0 to 65535.") from None
    except server.Taken as problem:
        raise CommandError(f"Port {port} on {host} cannot be used ({problem}). Choose another: PORT={port + 1} make run") from None
