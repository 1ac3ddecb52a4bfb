"""From the two words of an address to a game, with its tenant's scope open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from games.models import Game
from tenants import scope
from tenants.models.tenant import Tenant


@contextmanager
def reach(tenant: str, game: str | None) -> Iterator[Game | None]:
    """None when there is no such tenant or game; nobody can tell which of the two. Who names no game means the newest that people play."""
    owner = Tenant.objects.filter(slug=tenant).first()
    if owner is None:
        yield None
        return
    with scope.tenant(owner.pk):
        games = going(timezone.now()).order_by("-pk") if game is None else Game.objects.filter(slug=game)
        found = games.defer("seal", "key").first()  # a line for each hour: not for every ticket
        if found:
            found.tenant = owner
        yield found


def going(now: datetime) -> QuerySet[Game]:
    """Games that people may play now; the row of one whose actor sleeps may be behind its hours."""
    begun = Q(phase__in=("open", "paused")) | Q(phase="waiting", opens_at__lte=now)
    return Game.objects.filter(begun, Q(closes_at=None) | Q(closes_at__gt=now), trial=False)
