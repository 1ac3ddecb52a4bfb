"""Who owns a shard of the games (decision 28). An owner is one process that was started once: nobody comes back under an old name."""

from collections.abc import Collection

from django.db import connection

from games.models import Lease
from games.store.asking import LISTED, listed
from games.store.lookup import CLOCKS

VALID = 2.5  # seconds: short enough for followers to hear of a lost frame within three

# One statement, committed as it ends: a process that freezes between two of them holds no lock that a spare would wait for.
# In a race the row itself decides: who comes second finds it renewed. Both take rows in the order of shards, so that they
# cannot wait for each other.
RENEW = """
    WITH RECURSIVE shards(shard) AS (SELECT 0 UNION ALL SELECT shard + 1 FROM shards WHERE shard + 1 < %(shards)s),
    wanted AS (
        SELECT shards.shard FROM shards LEFT JOIN games_lease AS held ON held.shard = shards.shard
        WHERE held.shard IS NULL OR held.owner = %(owner)s OR held.until <= {now}
        ORDER BY CASE WHEN held.owner = %(owner)s THEN 0 ELSE 1 END, shards.shard
        LIMIT %(most)s
    )
    INSERT INTO games_lease AS held (shard, owner, term, until, hears)
    SELECT shard, %(owner)s, 1, {now} + %(valid)s, shard {hearing} FROM wanted WHERE true ORDER BY shard
    ON CONFLICT (shard) DO UPDATE SET
        owner = excluded.owner,
        until = excluded.until,
        hears = excluded.hears,
        term = held.term + CASE WHEN held.owner = excluded.owner THEN 0 ELSE 1 END
    WHERE held.owner = excluded.owner OR held.until <= {now}
    RETURNING shard, term
"""


def renew(owner: str, shards: int, most: int, hearing: Collection[int] = ()) -> dict[int, int]:
    """Renews what `owner` has and takes what is free, at most so many of the shards 0, 1, …; says each with its term.

    What it had and does not find in the answer belongs to another, or ends by itself. `hearing`: whose letters reach it.
    """
    sql = RENEW.format(now=CLOCKS[connection.vendor], hearing=LISTED[connection.vendor] % "%(hearing)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"owner": owner, "shards": shards, "most": most, "valid": VALID, "hearing": listed(list(hearing))})
        return dict(cursor.fetchall())


def owners() -> list[str]:
    """Who owns anything."""
    return list(Lease.objects.exclude(owner="").values_list("owner", flat=True).distinct())


def release(owners: list[str]) -> None:
    """Free at once. The rows stay, so that terms never go back."""
    Lease.objects.filter(owner__in=owners).update(owner="", until=0.0)


def served(shards: int) -> int:
    """How many of the shards 0, 1, … have an owner now that hears their letters."""
    sql = f"SELECT count(*) FROM games_lease WHERE shard < %s AND hears AND until > {CLOCKS[connection.vendor]}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [shards])
        return int(cursor.fetchone()[0])
