"""`manage.py crowd`: bots that play a game over real sockets, and what they met."""

import asyncio
import secrets
import signal
from argparse import ArgumentParser
from collections.abc import Callable, Coroutine
from random import Random, SystemRandom
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from games.joining import GameOver, Joining, join
from games.models import Game
from games.reaching import reach
from games.registry import MECHANICS
from realtime.crowd.bot import Diary, Place
from realtime.crowd.crowd import Over, Plan, gather
from realtime.crowd.told import Teller
from tenants import identity, scope
from tenants.command import Explained

QUIET = 15.0  # seconds between two looks of the gentle crowd at whether there is a new game
GENTLE = Plan(bots=5_000, rate=0.06, stay=400, patience=(8, 90))
FIRST = (
    "Ana",
    "Léo",
    "Noor",
    "Malo",
    "Inès",
    "Sacha",
    "Jeanne",
    "Oumar",
    "Thaïs",
    "Basile",
    "Camille",
    "Zoé",
    "Idris",
    "Louise",
    "Tom",
    "Maya",
)


class Command(Explained):
    help = "Sends bots into a game over real sockets, and reports how fast it answered and what was lost."
    examples = """
manage.py crowd                                  a hundred, into the newest game of the demo
manage.py crowd --bots 200 --rate 50 --stay 20   more of them, faster
manage.py crowd --tenant colibri --game summer   into a game of your own

Ctrl-C ends it early; the report is given all the same. Its people join through the database, so it needs
the environment of the platform: beside `make run` put DEMO=1 in front.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", default="demo", help="whose game (default: demo)")
        parser.add_argument("--game", help="the game's word in its address (default: the newest that people play)")
        parser.add_argument("--url", default=f"ws://127.0.0.1:{settings.PORT}", help="where the platform listens (default: %(default)s)")
        parser.add_argument("--bots", type=int, default=100, help="how many come in all (default: 100)")
        parser.add_argument("--rate", type=float, default=20.0, help="arrivals a second (default: 20)")
        parser.add_argument("--stay", type=float, default=15.0, help="seconds that a bot stays on average (default: 15)")
        parser.add_argument("--gentle", action="store_true", help="a trickle for hours, as the demo has it")
        parser.add_argument("--seed", type=int, help="the same crowd again")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = GENTLE if options["gentle"] else Plan(options["bots"], options["rate"], options["stay"], (0.2, 2.0))
        if plan.bots < 1 or plan.rate <= 0 or plan.stay <= 0:
            raise CommandError("A crowd needs at least one bot, a rate and a stay above zero.")
        if not options["url"].startswith(("ws://", "wss://")):
            raise CommandError(f"--url is where sockets are opened, for example ws://127.0.0.1:8000, not {options['url']!r}.")
        teller, early = Teller(self.stdout, Diary(), plan.bots), False
        try:
            early = asyncio.run(self.watched(self.play(plan, teller.diary, options), teller if options["verbosity"] else None))
        finally:
            if options["verbosity"] and (teller.diary.joined or early):
                teller.report(early)
        if not teller.diary.joined and not early:
            raise CommandError("This game is over: nobody can join any more.")

    async def watched(self, playing: Coroutine[Any, Any, None], teller: Teller | None) -> bool:
        """Until it is over, or somebody ends it: then true. SIGTERM and Ctrl-C leave time for the report."""
        played = asyncio.create_task(playing)
        telling = asyncio.create_task(teller.keep_telling()) if teller else None
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, played.cancel)
        await asyncio.wait([played])
        if telling:
            telling.cancel()
        if not played.cancelled():
            played.result()
        return played.cancelled()

    async def play(self, plan: Plan, diary: Diary, options: dict[str, Any]) -> None:
        """The gentle crowd waits for the next game; another plays one, and the first thing that goes wrong ends it."""
        rng: Random = SystemRandom() if options["seed"] is None else Random(options["seed"])  # noqa: S311 - bots need no secrets
        tenant, word = options["tenant"], options["game"]
        while True:
            game = await asyncio.to_thread(found, tenant, word)
            if game:
                place = Place(f"{options['url'].rstrip('/')}/ws/play/{tenant}/{game.slug}/", MECHANICS[game.kind])
                try:
                    await gather(place, plan, self.admission(game, rng), diary, rng)
                except ExceptionGroup as several:
                    raise several.exceptions[0] from several
            elif not options["gentle"]:
                raise CommandError(missing(tenant, word))
            if not options["gentle"]:
                return
            await asyncio.sleep(QUIET)

    def admission(self, game: Game, rng: Random) -> Callable[[int], Callable[[], str]]:
        """Bots join through the same door as people do, without the door's limit for one address."""

        def admit(number: int) -> Callable[[], str]:
            with scope.tenant(game.tenant_id):
                try:
                    player, _ = join(game, Joining(f"{rng.choice(FIRST)} {chr(65 + number % 26)}.", secrets.token_hex(16)))
                except GameOver:
                    raise Over from None
            return lambda: identity.make_ticket(identity.Identity(game.tenant_id, "player", player=player.number), game.pk)

        return admit


def found(tenant: str, word: str | None) -> Game | None:
    with reach(tenant, word) as game:
        return game


def missing(tenant: str, word: str | None) -> str:
    if word is None:
        return f"No game of {tenant!r} is under way. `manage.py demo` makes one of the demo."
    return f"There is no game {word!r} of {tenant!r}. Its page has the word in its address: /t/{tenant}/WORD/."
