"""Sets the scene in a database: a tenant, one open instant win, its players and, when asked, a log of so many events.

`python -m benchmarks.stage '{"players": 1000}'` runs in the environment of the platform under test and prints where things are.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from games.log import Logged
    from games.models import Game

SLUG = "bench"
SETTINGS: dict[str, Any] = {
    "prizes": [
        {"id": "sticker", "label": "Sticker", "stock": 1500},
        {"id": "mug", "label": "Mug", "stock": 120},
        {"id": "trip", "label": "A week-end for two", "stock": 4},
    ],
    "plays_per_day": 100,
    "wins_per_player": 1,
}
CHUNK = 5_000
HOST = 1  # the member that tickets of the load name


def make(players: int, joined: int = 0, events: int = 0) -> dict[str, Any]:
    """`joined` of the players have said hello already; `events` is how long the log is, at least."""
    from django.db import transaction

    from tenants import scope
    from tenants.models.tenant import Tenant

    with scope.platform():
        tenant = Tenant.objects.create(slug=SLUG, name="Bench")
    with scope.tenant(tenant.pk):
        with transaction.atomic():
            host(tenant)
            game = new_game(tenant)
            crowd(game, players)
        chronicle(game, joined, events)
    return {"tenant": tenant.pk, "game": game.pk, "public_id": game.public_id, "line": game.line, "path": f"{SLUG}/{game.slug}"}


def host(tenant: Any) -> None:
    """Whom the load's tickets name: a socket of the operators looks at the row of its member."""
    from tenants.models.member import Member, Role
    from tenants.models.user import User

    user = User.objects.create(email="host@bench.test", name="Host")
    Member.objects.create(pk=HOST, user=user, tenant=tenant, role=Role.MODERATOR)


def new_game(tenant: Any) -> Game:
    from django.utils import timezone

    from games.models import Game
    from games.publishing import seal

    now = timezone.now()
    hours = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=7)}
    game = Game(tenant=tenant, slug="instant-win", kind="instant_win", title="Bench", settings=SETTINGS, **hours)
    game.next_at = hours["opens_at"].timestamp()
    seal(game)
    game.save()
    return game


def crowd(game: Game, players: int) -> None:
    from games.models import Player

    numbers = range(1, players + 1)
    Player.objects.bulk_create(
        (Player(game=game, number=number, name=f"Player {number}", device=secrets.token_hex(16)) for number in numbers), batch_size=CHUNK
    )
    game.numbers = players
    game.save(update_fields=["numbers"])


def chronicle(game: Game, joined: int, events: int) -> None:
    """Through the writer of the platform itself, in large batches."""
    from games.store import Summary, writing
    from games.store.loading import ruleset_of

    ruleset, log = ruleset_of(game), history(joined, events, time.time() - 3 * 86_400)
    closes = game.closes_at.timestamp() if game.closes_at else None
    while entries := list(islice(log, CHUNK)):
        writing.append(game.pk, ruleset, entries, Summary("open", closes), game.fence)


def history(joined: int, events: int, at: float) -> Iterator[Logged]:
    """Everyone comes in, then everyone plays in turn; days ago, so that today's plays are all left."""
    from games.lifecycle import Joined, Opened
    from games.log import Logged
    from games.mechanics.instant_win import Lost

    if not joined:
        return
    yield Logged(1, at, "system", 0, "", Opened())
    for number in range(1, joined + 1):
        yield Logged(number + 1, at, "player", number, "", Joined(number))
    for seq in range(joined + 2, events + 1):
        number = seq % joined + 1
        yield Logged(seq, at + seq / 100, "player", number, f"{seq:x}", Lost(number, at + 3600))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    import django

    django.setup()
    print(json.dumps(make(**json.loads(sys.argv[1]))))
