"""Games and people for the fault tests, made in a site's database by a process of its own: `python -m tests.faults.start stock …`."""

import json
import time
from datetime import UTC, datetime
from typing import Any

from games.models import Game, Player
from games.publishing import publish
from tenants import scope
from tenants.models.tenant import Tenant

WEEK = [1] * 168  # every hour the same


def make(given: str) -> None:
    """`{"slug", "kind", "players", "settings", "opens", "closes"}`: hours in seconds from now."""
    asked = json.loads(given)
    with scope.platform():
        tenant = Tenant.objects.get(slug="demo")
    with scope.tenant(tenant.pk):
        game = published(tenant, asked, time.time())
        people = [
            Player(game=game, number=number, name=f"Player {number}", device=device(game.pk, number))
            for number in range(1, asked.get("players", 0) + 1)
        ]
        Player.objects.bulk_create(people, batch_size=1000)
        Game.objects.filter(pk=game.pk).update(numbers=len(people))
    print(json.dumps({"tenant": tenant.pk, "number": game.pk, "line": game.line}))


def published(tenant: Tenant, asked: dict[str, Any], now: float) -> Game:
    opens_at, closes_at = (
        datetime.fromtimestamp(now + asked[hour], UTC) if asked.get(hour) is not None else None for hour in ("opens", "closes")
    )
    kind, slug = asked.get("kind", "instant_win"), asked["slug"]
    game = Game(tenant=tenant, slug=slug, title=slug, kind=kind, settings=asked["settings"], opens_at=opens_at, closes_at=closes_at)
    publish(game)
    return game


def device(game: int, number: int) -> str:
    return f"{game:016x}{number:016x}"
