"""Asking the database past the managers."""

import psycopg
from django.db import connection

from tenants.postgresql.base import DatabaseWrapper


def change(*statements: str) -> None:
    """Alters tables; what is checked at the end of a transaction is checked now, PostgreSQL insists on it."""
    with connection.cursor() as cursor:
        for statement in ("SET CONSTRAINTS ALL IMMEDIATE", *statements):
            cursor.execute(statement)


def raw(sql: str = "SELECT email FROM tenants_contact ORDER BY email", *params: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


class OneSession:
    """A pool of a single session, so that everybody gets what somebody else has used."""

    def __init__(self, wrapper: DatabaseWrapper) -> None:
        self.session = wrapper.Database.connect(**wrapper.get_connection_params(), autocommit=True)
        self.session._pool = self

    def open(self) -> None:
        pass

    def getconn(self) -> psycopg.Connection:
        return self.session

    def putconn(self, session: psycopg.Connection) -> None:
        pass

    def close(self) -> None:
        self.session.close()
