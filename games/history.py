"""When people played this tenant's games so far: the week that moments of a new one follow."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Sum

from games.fairness.traffic import HOURS
from games.models import Minute
from tenants import scope
from tenants.models.tenant import Tenant

ENOUGH_PLAYS, ENOUGH_DAYS = 500, 7
HIGHEST = 1000  # the weight of the fullest hour


def week() -> list[int] | None:
    """168 weights, Monday 0 h first, in the tenant's zone; None when too little is known. One query, whose rows are hours."""
    rows = (
        Minute.objects.filter(name="plays", game__trial=False)
        .annotate(hour=F("minute") / 60)
        .values("hour")
        .annotate(total=Sum("value"))
        .order_by()
    )
    return weighed({row["hour"]: row["total"] for row in rows}, Tenant.objects.get(pk=scope.owner()).zone)


def weighed(hours: dict[int, int], zone: str) -> list[int] | None:
    """From plays by hours since 1970. An hour in which nobody came is not closed: it keeps the least weight."""
    where = ZoneInfo(zone)
    sums: Counter[int] = Counter()
    days = set()
    for hour, plays in hours.items():
        local = datetime.fromtimestamp(hour * 3600, where)
        sums[local.weekday() * 24 + local.hour] += plays
        days.add(local.date())
    if sums.total() < ENOUGH_PLAYS or len(days) < ENOUGH_DAYS:
        return None
    most = max(sums.values())
    return [max(1, round(HIGHEST * sums[hour] / most)) for hour in range(HOURS)]
