"""`manage.py engine`: a process that hosts games and serves no page; a second one is a hot spare, or takes its share of the shards."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from project.loops import new_loop
from project.parts import Parts


class Command(BaseCommand):
    help = "Hosts the games. Start as many as you like: each shard of the games belongs to one of them, the others stand by."
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
        try:
            self.say("The engine is ready.")
            await ended.wait()
        finally:
            await parts.stop()
        self.say("The engine has ended.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
