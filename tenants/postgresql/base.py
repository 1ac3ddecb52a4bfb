"""The database back end that tells PostgreSQL the scope of each statement.

Lazily: `SET` (30 µs) runs only when the scope of the statement differs from what the connection was last told. What it
was told is forgotten whenever PostgreSQL might have gone back on it: after a rollback (also to a savepoint), after any
error, after `RESET` and its like, and on a connection taken from a pool. Forgetting costs one `SET`; remembering
wrongly would cost a leak. The setting lives as long as the session, so a pooler that swaps sessions between
transactions (PgBouncer in transaction mode) must not stand in between.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from tenants import scope
from tenants.isolation import EVERYBODY, SETTING

UNDOING = ("ROLLBACK", "ABORT", "RESET", "DISCARD", "SET", "COMMIT", "END")


def wanted() -> str:
    found = scope.peek()
    if found is None:
        return ""
    return EVERYBODY if found is scope.PLATFORM else str(found)


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        self.execute_wrappers.append(self._scoped)

    def create_cursor(self, name: str | None = None) -> Any:
        """COPY goes past `_scoped`, but never past here."""
        self.tell()
        return super().create_cursor(name)

    def tell(self) -> None:
        """Makes the connection see what the scope allows."""
        text = wanted()
        if text == self.told:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # nothing runs now but a rollback, and that has to
        self.told = None
        self.connection.execute(f"SET {SETTING} = '{text}'".encode())
        self.told = text

    def _scoped(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.tell()
        try:
            return execute(sql, params, many, context)
        except BaseException:
            self.told = None
            raise
        finally:
            if str(sql).lstrip()[:8].upper().startswith(UNDOING):
                self.told = None

    def get_new_connection(self, conn_params: Any) -> Any:
        # A pool hands out sessions that have already served another scope; a fresh session was told nothing.
        self.told = None if self.settings_dict["OPTIONS"].get("pool") else ""
        return super().get_new_connection(conn_params)

    def _rollback(self) -> None:
        self.told = None
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self.told = None
        super()._close()  # type: ignore[misc]
