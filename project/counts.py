"""What this layer, which sees all packages, hands down to pages of lower ones (decision 51)."""

from collections.abc import Collection, Mapping

from django.db.models import Count, Q

from games.models import Game
from tenants.platform import Games


def games(tenants: Collection[int]) -> Mapping[int, Games]:
    """In one query, however many tenants there are; in the platform's scope."""
    rows = (
        Game.objects.filter(tenant__in=tenants)
        .values_list("tenant")
        .annotate(every=Count("pk"), running=Count("pk", filter=Q(phase="open")))
    )
    return {tenant: Games(every, running) for tenant, every, running in rows}
