"""Tickets that open sockets, each once; many in one statement, for after a restart a whole hall shows its own at once."""

from typing import NamedTuple

import msgspec
from django.db import connection

# Sorted, so that two processes that are shown the same ones wait for each other in one order.
WORDS = {
    "postgresql": """
        INSERT INTO games_usedticket (tenant_id, ticket, expires_at)
        SELECT * FROM json_to_recordset(%s) AS new(tenant bigint, ticket text, expires_at float8) ORDER BY ticket
        ON CONFLICT (ticket) DO NOTHING RETURNING ticket
    """,
    "sqlite": """
        INSERT INTO games_usedticket (tenant_id, ticket, expires_at)
        SELECT json_extract(value, '$.tenant'), json_extract(value, '$.ticket'), json_extract(value, '$.expires_at')
        FROM json_each(%s) WHERE true
        ON CONFLICT (ticket) DO NOTHING RETURNING ticket
    """,
}


class Used(NamedTuple):
    tenant: int
    ticket: str
    expires_at: float


def redeem(shown: list[Used]) -> list[bool]:
    """For each whether this was its first time; the UNIQUE row says no to everyone after. Runs in the platform's scope."""
    rows = msgspec.json.encode([used._asdict() for used in shown]).decode()
    with connection.cursor() as cursor:
        cursor.execute(WORDS[connection.vendor], [rows])
        fresh = {ticket for (ticket,) in cursor.fetchall()}
    return [first(fresh, used.ticket) for used in shown]


def first(fresh: set[str], ticket: str) -> bool:
    """One ticket may be shown twice in the same moment."""
    if ticket not in fresh:
        return False
    fresh.remove(ticket)
    return True
