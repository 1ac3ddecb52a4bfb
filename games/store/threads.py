"""The store's own threads, each with a connection that it keeps (decision 35)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tenants import scope

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """Runs a function in the scope of a tenant, away from the loop. One thread on SQLite, which has one writer anyway."""

    def __init__(self, most: int = 4) -> None:
        self.pool = ThreadPoolExecutor(1 if settings.SQLITE else most, thread_name_prefix="store")
        self.connections: set[BaseDatabaseWrapper] = set()

    async def run(self, tenant: int | None, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`tenant` None is for what belongs to none, or is looked up before it is known: the platform's scope."""

        def call() -> T:
            self.refresh()
            with scope.platform() if tenant is None else scope.tenant(tenant):
                return function(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self.pool, call)

    def refresh(self) -> None:
        """Keeps this thread's connection whatever CONN_MAX_AGE says, and drops one that an error has left unusable."""
        connection = connections[DEFAULT_DB_ALIAS]
        connection.close_if_unusable_or_obsolete()
        connection.ensure_connection()
        connection.close_at = None
        if connection not in self.connections:
            connection.inc_thread_sharing()  # so that `close` may end it from another thread
            self.connections.add(connection)

    def close(self) -> None:
        """Waits for what is under way, so a loop calls it from a thread."""
        self.pool.shutdown(wait=True)
        for each in self.connections:
            each.close()
