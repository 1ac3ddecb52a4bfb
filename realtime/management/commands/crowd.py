"""`manage.py crowd`: bots that play a game over real sockets, and what they met."""

import asyncio
import os
import secrets
import time
from argparse import ArgumentParser
from collections.abc import Callable
from random import Random, SystemRandom
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from games.joining import GameOver, Joining, join
from games.models import Game
from games.reaching import reach
from games.registry import MECHANICS
from realtime.crowd.bot import Diary, Place
from realtime.crowd.crowd import Over, Plan, gather, percentiles
from tenants import identity, scope

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


class Command(BaseCommand):
    help = "Sends a crowd of bots into a game and reports latencies and losses. Example: manage.py crowd --bots 200 --rate 50 --stay 20"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", default="demo", help="whose game (default: demo)")
        parser.add_argument("--game", default="instant-win", help="the game's word in its address (default: instant-win)")
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
        rng: Random = SystemRandom() if options["seed"] is None else Random(options["seed"])  # noqa: S311 - bots need no secrets
        try:
            while True:
                game = self.game(options["tenant"], options["game"])
                place = Place(f"{options['url'].rstrip('/')}/ws/play/{options['tenant']}/{options['game']}/", MECHANICS[game.kind])
                diary = asyncio.run(gather(place, plan, self.admission(game, rng), self.progress, rng))
                if not options["gentle"]:
                    break
                time.sleep(QUIET)
        except KeyboardInterrupt:
            return
        if not diary.joined:
            raise CommandError("This game is over: nobody can join any more.")
        self.report(diary)

    def game(self, tenant: str, slug: str) -> Game:
        with reach(tenant, slug) as game:
            if game is None:
                raise CommandError(f"There is no game {slug!r} of {tenant!r}. `manage.py demo` makes one.")
            return game

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

    def progress(self, diary: Diary) -> None:
        if not self.stdout.isatty():
            return
        line = f"{diary.joined} joined, {diary.connected} here, {diary.played} commands answered, {diary.lost} connections lost"
        self.stdout.write(f"\r{line:<78}", ending="")
        self.stdout.flush()

    def report(self, diary: Diary) -> None:
        median, slowest = percentiles(diary.latencies)
        told = ", ".join(f"{count} {event}" for event, count in sorted(diary.events.items())) or "nothing happened"
        self.stdout.write(f"{os.linesep if self.stdout.isatty() else ''}{diary.joined} bots, {diary.played} commands answered: {told}.")
        self.stdout.write(f"Answers: median {median:.0f} ms, 99 % within {slowest:.0f} ms.")
        self.stdout.write(f"{diary.refused} refused, {diary.busy} busy, {diary.lost} connections lost, {diary.gaps} gaps mended.")
