"""A batch as SQLite takes it: rows go over one by one, for there is no way between us."""

from collections.abc import Sequence

import msgspec
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from games.store.batch import AwardRow, Batch, EventRow, MinuteRow

# No ON CONFLICT: a number that is taken fails the whole batch, whatever a program gets wrong.
EVENTS = "INSERT INTO games_gameevent (tenant_id, game_id, seq, at, role, by, ref, kind, version, data) VALUES "
AWARDS = "INSERT INTO games_award (tenant_id, game_id, public_id, player, prize, unit, moment, play, at) VALUES "
MINUTES = "INSERT INTO games_minute (tenant_id, game_id, minute, name, value) VALUES "
ADD = " ON CONFLICT (game_id, minute, name) DO UPDATE SET value = games_minute.value + excluded.value"
GAME = """
    UPDATE games_game SET seq = %s, phase = %s, next_at = %s, totals = %s, stock = %s
    WHERE id = %s AND tenant_id = %s AND fence = %s
"""


def write(batch: Batch) -> int:
    """The number of games that were written to: one, or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        phase, next_at, totals, stock = msgspec.structs.astuple(batch.summary)
        texts = [msgspec.json.encode(each).decode() for each in (totals, stock)]
        cursor.execute(GAME, [batch.seq, phase, next_at, *texts, batch.game, batch.tenant, batch.fence])
        written = int(cursor.rowcount)
        if written:
            insert(cursor, batch, EVENTS, batch.events)
            insert(cursor, batch, AWARDS, batch.awards)
            insert(cursor, batch, MINUTES, batch.minutes, ADD)
        return written


def insert(cursor: CursorWrapper, batch: Batch, into: str, rows: Sequence[EventRow | AwardRow | MinuteRow], end: str = "") -> None:
    if not rows:
        return
    places = ", ".join(["%s"] * (2 + len(rows[0].__struct_fields__)))
    whose = (batch.tenant, batch.game)
    cursor.executemany(f"{into}({places}){end}", [whose + msgspec.structs.astuple(row) for row in rows])
