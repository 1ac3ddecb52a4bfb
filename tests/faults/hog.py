"""Somebody who takes every connection that a PostgreSQL has, also those of others."""

from __future__ import annotations

import psycopg

from tests.servers.postgres import Postgres

OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE usename = 'sobuzz' AND application_name <> 'hog'
"""


NONE_LEFT = ("too many clients", "remaining connection slots")  # the last ones are the superuser's


class Hog:
    def __init__(self, server: Postgres) -> None:
        self.url = f"{server.url}?application_name=hog"
        self.platform = psycopg.connect(server.url.replace("sobuzz@", "postgres@"), autocommit=True)  # has places of its own
        self.held: list[psycopg.Connection] = []

    def take(self) -> None:
        """Until nobody else has one. Who was pushed out comes back at once and may be faster; who goes leaves a place a moment later."""
        quiet = 0
        while quiet < 2:
            quiet = 0 if self.fill() + self.push_out() else quiet + 1

    def fill(self) -> int:
        """What is left; who has one keeps it."""
        before = len(self.held)
        try:
            while True:
                self.held.append(psycopg.connect(self.url))
        except psycopg.OperationalError as refused:
            if not any(words in str(refused) for words in NONE_LEFT):
                raise
        return len(self.held) - before

    def push_out(self) -> int:
        return self.platform.execute(OTHERS).fetchone()[0]

    def let_go(self) -> None:
        for connection in self.held:
            connection.close()
        self.held = []

    def close(self) -> None:
        self.let_go()
        self.platform.close()
