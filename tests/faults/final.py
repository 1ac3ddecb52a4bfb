"""What is left in the database when everything is over: the rows of one game, read without any code of ours but its sealed moments."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

import psycopg

from games.fairness import moments
from games.fairness.keys import subkey
from games.sealing import open_key

GAME = "SELECT id, public_id, key, seal, settings, line, seq, phase FROM games_game WHERE slug = '{}'"
LOG = "SELECT seq, at, role, by, ref, kind, data FROM games_gameevent WHERE game_id = {} ORDER BY seq, id"
AWARDS = "SELECT player, prize, unit, moment, play, at FROM games_award WHERE game_id = {} ORDER BY id"


class Entry(NamedTuple):
    seq: int
    at: float
    role: str
    by: int
    ref: str
    kind: str
    data: dict[str, Any]


class Given(NamedTuple):
    player: int
    prize: str
    unit: int
    moment: int | None
    play: int
    at: float


class Final(NamedTuple):
    line: str
    seq: int
    phase: str
    log: list[Entry]
    awards: list[Given]
    stock: dict[str, int] = {}
    wins_per_player: int = 1
    moments: list[tuple[int, str]] = []  # milliseconds, prize


def final(url: str, slug: str) -> Final:
    """The role of the tests is bound by row-level security: it looks with the platform's eyes."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return rows(lambda sql: connection.execute(sql).fetchall(), slug)
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('app.tenant', 'platform', false)")
        return rows(lambda sql: connection.execute(sql).fetchall(), slug)


def rows(ask: Any, slug: str) -> Final:
    [(game, public_id, key, seal, settings, line, seq, phase)] = ask(GAME.format(slug))
    seal, settings = (json.loads(each) if isinstance(each, str) else each for each in (seal, settings))
    log = [Entry(*row[:-1], json.loads(row[-1])) for row in ask(LOG.format(game))]
    awards = [Given(*row) for row in ask(AWARDS.format(game))]
    stock = {prize["id"]: prize["stock"] for prize in settings.get("prizes", [])}
    found = secret_moments(seal, bytes(key), public_id) if seal.get("manifest") else []
    return Final(line, seq, phase, log, awards, stock, settings.get("wins_per_player", 1), found)


def secret_moments(seal: dict[str, Any], key: bytes, public_id: str) -> list[tuple[int, str]]:
    secret = subkey(open_key(key, public_id), "IW/1")
    found = moments.derive(seal["manifest"], secret, bytes.fromhex(seal["randomness"]))
    return [(moment.at_ms, moment.prize) for moment in found]
