"""What this layer, which sees all packages, hands down to the platform's page (decision 51)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _

from games.models import Game, Lease
from games.store.lookup import database_time
from project.health import readiness
from tenants.platform import Engine, Games, Part, Sight

STATES = ("waiting", "open", "paused", "ended")


def look(request: HttpRequest, tenants: Collection[int]) -> Sight:
    house = getattr(request, "scope", {}).get("house")
    said = async_to_sync(readiness)(house)
    words = {"database": _("Database"), "process": _("This process"), "engine": _("Engines, on all shards")}
    parts = [Part(word, bool(said[name])) for name, word in words.items()]
    return Sight(games(tenants), connected(house), parts, engines(house), settings.ENGINE_SHARDS, settings.VERSION)


def games(tenants: Collection[int]) -> Mapping[int, Games]:
    """In one query, however many tenants there are; in the platform's scope."""
    counts = {state: Count("pk", filter=Q(phase=state)) for state in STATES}
    rows = Game.objects.filter(tenant__in=tenants, trial=False).values_list("tenant").annotate(**counts, people=Sum("numbers"))
    return {tenant: Games(*numbers) for tenant, *numbers in rows}


def connected(house: Any) -> Mapping[int, int]:
    """By tenant: of each game what its nodes have told this one, else who is at this one."""
    if house is None:
        return {}
    presence, players = house.node.presence, dict(house.node.presence.here)
    for heard in list(presence.heard.values()):
        players[heard.key] = max(players.get(heard.key, 0), heard.shown or 0)
    found: Counter[int] = Counter()
    for (tenant, *_game), number in players.items():
        found[tenant] += number
    return found


def engines(house: Any) -> list[Engine]:
    """Who owns shards at this moment, by the database's clock."""
    held: dict[str, list[int]] = defaultdict(list)
    rows = Lease.objects.filter(until__gt=database_time(), shard__lt=settings.ENGINE_SHARDS).exclude(owner="")
    for owner, shard in rows.order_by("shard").values_list("owner", "shard"):
        held[owner].append(shard)
    own = house.engine.leases.owner if house and house.engine else None
    return [engine(owner, shards, owner == own) for owner, shards in held.items()]


def engine(owner: str, shards: list[int], here: bool) -> Engine:
    """Its name ends with process, start and a word by chance."""
    machine, process, *_rest = [*owner.rsplit(".", 3), "?"]
    return Engine(machine, process, ranges(shards), len(shards), here)


def ranges(numbers: Iterable[int]) -> str:
    """0, 1, 2, 5 are 0–2 and 5."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
