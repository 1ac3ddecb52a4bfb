"""What a socket asks before it belongs to a game: where, and who."""

from typing import NamedTuple

from django.db import connection

from games.models import Game, Player
from games.store.asking import ask, listed, owners
from tenants import origins
from tenants.models.tenant import Tenant


class Place(NamedTuple):
    """A game, or a tenant where the game is None."""

    tenant: int
    slug: str
    game: int | None = None
    public_id: str = ""
    kind: str = ""
    line: str = ""


class Due(NamedTuple):
    """A game that wants a Tick, and when."""

    tenant: int
    game: int
    at: float


class Came(NamedTuple):
    """What the handshake says of the page that opens a socket; no origin: no browser."""

    origin: str
    host: str
    secure: bool


NAMES = "SELECT number, name FROM games_player WHERE game_id = %s AND number {listed} AND tenant_id BETWEEN %s AND %s"

MOST_DUE = 1_000  # games in one answer

# Seconds since 1970, as an expression.
CLOCKS = {
    "postgresql": "extract(epoch FROM clock_timestamp())::float8",
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
}


def database_time() -> float:
    """Seconds since 1970 by the database's clock (decision 6)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CLOCKS[connection.vendor]}")
        return float(cursor.fetchone()[0])


def find(tenant: str, game: str | None) -> Place | None:
    """Runs in the platform's scope: the tenant is what is looked for."""
    found = Tenant.objects.filter(slug=tenant).first()
    if found is None:
        return None
    if game is None:
        return Place(found.pk, found.slug)
    row = Game.objects.filter(tenant=found, slug=game).values_list("pk", "public_id", "kind", "line").first()
    return row and Place(found.pk, found.slug, *row)


def door(tenant: str, game: str | None, came: Came) -> tuple[Place | None, bool]:
    """Where a socket leads, and whether the page it comes from may open it."""
    place = find(tenant, game)
    if place is None or not came.origin:
        return place, True
    return place, origins.allowed(came.origin, came.host, place.tenant, secure=came.secure)


def names(game_id: int, numbers: list[int]) -> dict[int, str]:
    """Asked for each batch that brings somebody new."""
    return dict(ask(NAMES, game_id, listed(numbers), *owners()))


def seat(game_id: int, device: str) -> int:
    """The number of the player who sits at this device, 0 for none."""
    return Player.objects.filter(game=game_id, device=device).values_list("number", flat=True).first() or 0


def due(until: float, after: Due | None = None) -> list[Due]:
    """A sweep over all tenants, so it runs in the platform's scope. By instant and game, so many at a time."""
    rows = Game.objects.filter(next_at__lte=until)
    if after:
        rows = rows.filter(next_at__gte=after.at).exclude(next_at=after.at, pk__lte=after.game)
    found = rows.order_by("next_at", "pk").values_list("tenant_id", "pk", "next_at")[:MOST_DUE]
    return [Due(tenant, game, at) for tenant, game, at in found if at is not None]
