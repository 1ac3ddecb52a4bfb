"""Published games and what happens in them, for tests that have a database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from games.joining import Joining, join
from games.lifecycle import Joined, Opened
from games.log import Logged
from games.mechanic import Event, Role
from games.mechanics.instant_win import Play
from games.models import Game, PrizeCode
from games.publishing import publish
from games.ruleset import Ruleset, State
from games.sealing import open_key
from games.store.loading import read, ruleset_of
from games.store.writing import Summary, append
from tenants import scope
from tenants.models import Tenant

PRIZES = [{"id": "mug", "label": "Mug d’été", "stock": 3}, {"id": "trip", "label": "Voyage", "stock": 1}]
BEGUN = timedelta(days=1)


def published(tenant: Tenant, slug: str = "win", **fields: Any) -> Game:
    """Open since a day, for a week; with a code for each unit."""
    now = datetime.now(UTC)
    usual = {"kind": "instant_win", "title": slug, "opens_at": now - BEGUN, "closes_at": now + 7 * BEGUN, "settings": {"prizes": PRIZES}}
    with scope.tenant(tenant.pk):
        game = Game(tenant=tenant, slug=slug, **{**usual, **fields})
        publish(game)
        units = [(prize["id"], unit) for prize in game.settings.get("prizes", []) for unit in range(prize["stock"])]
        PrizeCode.objects.bulk_create(PrizeCode(game=game, prize=prize, unit=unit, code=f"{prize}-{unit}-{slug}") for prize, unit in units)
    return game


class Hand:
    """Writes a game's log as its actor does, one commit after the other, without loop and sockets."""

    def __init__(self, game: Game) -> None:
        self.game, self.tenant = game, game.tenant_id
        with scope.tenant(self.tenant):
            self.rules: Ruleset = ruleset_of(game, open_key(bytes(game.key), game.public_id))
            self.fence: int = Game.objects.values_list("fence", flat=True).get(pk=game.pk)
            self.state: State = self.rules.beginning()
            self.seq, self.at = 0, game.created_at.timestamp()
            for entry in read(game.pk, self.rules):
                self.rules.evolve(self.state, entry.event)
                self.seq, self.at = entry.seq, entry.at

    def begin(self, *players: int) -> Hand:
        """Opens it at its hour, and lets these in."""
        hour = self.game.opens_at.timestamp() if self.game.opens_at else self.at
        self.write(hour, "system", 0, Opened(), *(Joined(player) for player in players))
        return self

    def write(self, at: float, role: Role, by: int, *events: Event) -> list[Logged]:
        entries = [Logged(self.seq + place, at, role, by, "", event) for place, event in enumerate(events, 1)]
        for entry in entries:
            self.rules.evolve(self.state, entry.event)
        with scope.tenant(self.tenant):
            append(self.game.pk, self.rules, entries, self.summary(), self.fence)
        self.seq, self.at = self.seq + len(entries), at
        return entries

    def ask(self, at: float, role: Role, by: int, command: Any) -> list[Event]:
        """Decides and stores; raises Rejected."""
        events = self.rules.decide(self.state, role, by if role == "player" else 0, command, at, Random(1))
        self.write(at, role, by, *events)
        return events

    def summary(self) -> Summary:
        rules, state = self.rules, self.state
        return Summary(state.lifecycle.phase, rules.deadline(state), rules.stats(state), dict(rules.mechanic.stock(state.mechanic)))


def fill(game: Game) -> Game:
    """Five players; four play once each around the first two moments, and the second and the fourth win."""
    with scope.tenant(game.tenant_id):
        for number in range(1, 6):
            join(game, Joining(f"P{number}", f"device {number}"))
    hand = Hand(game).begin(1, 2, 3, 4, 5)
    first, second = (moment.at_ms / 1000 for moment in hand.rules.sealed[:2])
    for at, player in ((first - 1, 1), (first, 2), (min(first + 0.001, second - 0.001), 3), (second + 5, 4)):
        hand.ask(max(at, hand.at), "player", player, Play())
    return game


def at_once(number: int, job: Any) -> list[Any]:
    """The same job in so many threads, each with a connection of its own."""

    def run(place: int) -> Any:
        try:
            return job(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
