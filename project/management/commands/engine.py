"""`manage.py engine`: a process that hosts games and serves no page; a second one is a hot spare, or takes its share of the shards."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from project.health import PATIENCE, readiness
from project.loops import new_loop
from project.parts import Parts
from project.sidedoor import Sidedoor
from tenants.command import Explained


class Command(Explained):
    help = "Hosts the games; a second one stands by, or takes its share."
    examples = """
manage.py engine                     all shards of the games, or a spare
ENGINE_MOST=2 manage.py engine       at most two of them
METRICS_PORT=9100 manage.py engine   with /metrics, /healthz and /readyz at a port of its own

Start as many as you like, with REDIS_URL set: each shard belongs to one of them. Without Redis the web process
hosts the games itself.
"""
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URL:
            raise CommandError("Without REDIS_URL the web process hosts the games itself. Set REDIS_URL to run engines beside it.")
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(self.run())

    async def run(self) -> None:
        ended = asyncio.Event()
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, ended.set)
        parts = Parts(engine=True)
        await parts.start()
        door = sidedoor(parts)
        if settings.METRICS_PORT:
            door.open(settings.METRICS_PORT)
        try:
            self.say("The engine is ready.")
            await ended.wait()
        finally:
            await asyncio.to_thread(door.close)
            await parts.stop()
        self.say("The engine has ended.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def sidedoor(parts: Parts) -> Sidedoor:
    """Asked from its own thread: a loop that is stuck is not alive, and says nothing of being ready."""
    loop = asyncio.get_running_loop()

    def ready() -> dict[str, Any]:
        asked = asyncio.run_coroutine_threadsafe(readiness(parts.house), loop)
        try:
            return asked.result(PATIENCE + 1)
        except TimeoutError:
            asked.cancel()
            return {"ready": False, "version": settings.VERSION}

    return Sidedoor(lambda: not parts.house.pulse.stuck, ready)
