"""The store's threads keep their connections, and get new ones when the database was away."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from django.db import Error, connection

from games.store import Store
from games.store.threads import Threads
from tenants import scope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def threads(transactional_db):
    made = Threads()
    yield made
    made.close()


def session() -> int:
    """Which connection this is, as the server knows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end_all_others() -> None:
    """To a client that is what a restart of the server is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_function_runs_in_the_scope_it_was_given_and_leaves_none(threads):
    assert await threads.run(7, scope.current) == 7
    assert await threads.run(None, scope.current) is scope.PLATFORM
    assert scope.peek() is None


async def test_scopes_of_calls_at_once_do_not_meet(threads):
    assert await asyncio.gather(*(threads.run(number, scope.current) for number in range(1, 30))) == list(range(1, 30))


@pytest.mark.postgresql
async def test_connections_are_kept(threads):
    pids = {await threads.run(None, session) for _ in range(40)}
    assert len(pids) <= 4
    assert {await threads.run(None, session) for _ in range(40)} <= pids | {await threads.run(None, session)}


@pytest.mark.postgresql
@pytest.mark.promise("P13")
async def test_after_the_database_was_restarted_every_thread_works_again_by_itself(threads):
    before = {await threads.run(None, session) for _ in range(40)}
    await asyncio.to_thread(closing(end_all_others))
    heard = await asyncio.gather(*(threads.run(None, session) for _ in range(40)), return_exceptions=True)
    failed = [each for each in heard if isinstance(each, Exception)]
    assert len(failed) <= len(before), "one call of each thread may meet the dead connection, no second one"
    assert all(isinstance(each, Error) for each in failed)
    after = {await threads.run(None, session) for _ in range(40)}
    assert not before & after


@pytest.mark.postgresql
async def test_the_end_leaves_no_connection_behind(transactional_db):
    made = Threads()
    pids = {await made.run(None, session) for _ in range(40)}
    await asyncio.to_thread(made.close)
    assert not pids & await asyncio.to_thread(closing(alive))


def alive() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {pid for (pid,) in cursor.fetchall()}


def closing(function):
    def run():
        try:
            with scope.platform():
                return function()
        finally:
            connection.close()

    return run


@pytest.fixture
async def store(transactional_db):
    made = Store()
    yield made
    await asyncio.to_thread(made.close)


async def test_the_store_says_the_databases_time(store):
    assert abs(await store.time() - time.time()) < 5


@pytest.mark.promise("P2")
async def test_a_lease_is_renewed_while_every_other_thread_is_busy(store):
    """As after a takeover: many logs are read at once, and each takes seconds."""
    gate = threading.Event()
    loads = [asyncio.create_task(store.threads.run(None, gate.wait)) for _ in range(40)]
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(5):
            assert await store.lease("engine", 2, 2, [0, 1]) == {0: 1, 1: 1}
            assert await store.owners() == ["engine"]
            assert await store.served(2) == 2
            assert abs(await store.time() - time.time()) < 5
            await store.release(["engine"])
    finally:
        gate.set()
        await asyncio.gather(*loads)


@pytest.mark.postgresql
async def test_the_end_of_the_store_leaves_no_connection_behind(transactional_db):
    made = Store()
    pids = {await lane.run(None, session) for lane in (made.threads, made.urgent)}
    assert len(pids) == 2
    await asyncio.to_thread(made.close)
    assert not pids & await asyncio.to_thread(closing(alive))
