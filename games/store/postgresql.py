"""A batch as PostgreSQL takes it: one prepared statement, so one round trip, and one transaction without a BEGIN.

The rows of a table travel as one JSON text. That costs us a tenth of what arrays or a parameter for each value cost, and the
server the same. (COPY is refused where row-level security is.)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import msgspec
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, Cursor
from psycopg.errors import Diagnostic

from games.store.batch import Batch

# First the row of the game, and all else only where that was written: a game of another tenant is not there, and whose load was
# followed by another one waits here until that is committed, and then finds another fence.
GAME = """game AS (
    UPDATE games_game SET seq = %(seq)s, phase = %(phase)s, next_at = %(next_at)s, totals = %(totals)s, stock = %(stock)s
    WHERE id = %(game)s AND tenant_id = %(tenant)s AND fence = %(fence)s
    RETURNING id
)"""

# No ON CONFLICT: a number that is taken fails the whole batch, whatever a program gets wrong.
EVENTS = """event AS (
    INSERT INTO games_gameevent (tenant_id, game_id, seq, at, role, by, ref, kind, version, data)
    SELECT %(tenant)s, game.id, new.* FROM game, json_to_recordset(%(events)s)
    AS new(seq bigint, at float8, role text, by bigint, ref text, kind text, version smallint, data text)
)"""

AWARDS = """award AS (
    INSERT INTO games_award (tenant_id, game_id, public_id, player, prize, unit, moment, play, at)
    SELECT %(tenant)s, game.id, new.* FROM game, json_to_recordset(%(awards)s)
    AS new(public_id text, player integer, prize text, unit integer, moment integer, play bigint, at float8)
)"""

MINUTES = """minute AS (
    INSERT INTO games_minute (tenant_id, game_id, minute, name, value)
    SELECT %(tenant)s, game.id, new.* FROM game, json_to_recordset(%(minutes)s) AS new(minute integer, name text, value integer)
    ON CONFLICT (game_id, minute, name) DO UPDATE SET value = games_minute.value + excluded.value
)"""


class UnknownOutcome(DatabaseError):
    """It is stored here, and nobody knows whether the mirror has it (decision 36)."""


@cache
def statement(awards: bool, minutes: bool) -> str:
    """Touches only the tables that get rows."""
    return f"WITH {', '.join([GAME, EVENTS, *[AWARDS] * awards, *[MINUTES] * minutes])} SELECT id FROM game"  # noqa: S608


def write(batch: Batch) -> int:
    """The number of games that were written to: one, or none."""
    summary = batch.summary
    values: dict[str, int | float | str | None] = {
        "tenant": batch.tenant,
        "game": batch.game,
        "fence": batch.fence,
        "seq": batch.seq,
        "phase": summary.phase,
        "next_at": summary.next_at,
        "totals": text(summary.totals),
        "stock": text(summary.stock),
        "events": text(batch.events),
        "awards": text(batch.awards),
        "minutes": text(batch.minutes),
    }
    with prepared() as cursor, certain(connection.connection):
        cursor.execute(statement(bool(batch.awards), bool(batch.minutes)), values)
        return int(cursor.rowcount)


def text(rows: Any) -> str:
    return msgspec.json.encode(rows).decode()


def prepared() -> CursorWrapper:
    """A cursor whose statements PostgreSQL parses and plans once for each connection."""
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0
    return connection._prepare_cursor(Cursor(connection.connection))  # type: ignore[no-any-return, attr-defined]


@contextmanager
def certain(session: Connection[Any]) -> Iterator[None]:
    """A wait for the mirror that was cancelled looks like success, but for a warning; its text may be translated, its source not."""
    doubts: list[str] = []

    def hear(notice: Diagnostic) -> None:
        said = notice.message_primary or ""
        if notice.source_function == "SyncRepWaitForLSN" or said.startswith("canceling"):
            doubts.append(said)

    session.add_notice_handler(hear)
    try:
        yield
    finally:
        session.remove_notice_handler(hear)
    if doubts:
        raise UnknownOutcome(doubts[0])
