"""What PostgreSQL alone can show: how often we ask it, and what it says when the mirror was not waited for."""

from __future__ import annotations

import tempfile
import threading
from functools import partial
from itertools import count

import psycopg
import pytest
from django.db import connection

from games.mechanics.instant_win import Lost, Won
from games.models import GameEvent
from games.store import lookup
from games.store.postgresql import UnknownOutcome, certain
from tenants import scope
from tests.games.published import Hand, published
from tests.servers import postgres

pytestmark = pytest.mark.postgresql


def trips(function) -> int:
    """How often the server said that it is ready for more."""
    connection.ensure_connection()
    session = connection.connection.pgconn
    with tempfile.TemporaryFile("w+") as lines:
        session.trace(lines.fileno())
        try:
            function()
        finally:
            session.untrace()
        lines.seek(0)
        return sum("ReadyForQuery" in line for line in lines)


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_one_round_trip_however_long_it_is(tenant, figure):
    hand, moments = Hand(published(tenant)), count()

    def write(length: int) -> None:
        moment = next(moments)
        won = Won(length, "mug", moment, moment, 1.8e9, 1.9e9, 1.9e9)
        hand.write(1.8e9, "player", 1, won, *(Lost(number, 1.9e9) for number in range(1, length)))

    with scope.tenant(tenant.pk):
        write(1)  # the statement is prepared
        assert [trips(partial(write, length)) for length in (1, 16, 256)] == [1, 1, 1]
    figure("round trips of a commit", 1)


@pytest.mark.django_db(transaction=True)
def test_names_are_one_round_trip(tenant):
    game = published(tenant)
    with scope.tenant(tenant.pk):
        lookup.names(game.pk, [1])
        assert trips(lambda: lookup.names(game.pk, [1, 2, 3])) == 1


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_nobody_waited_for_is_not_taken_for_one(tenant):
    """The database says so by a warning, and only by that."""
    game = published(tenant)
    hand = Hand(game)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE WARNING 'canceling wait for synchronous replication due to user request'; RETURN NULL; END $$"
        )
        cursor.execute("CREATE TRIGGER warned AFTER INSERT ON games_gameevent EXECUTE FUNCTION warn()")
    try:
        with pytest.raises(UnknownOutcome, match="canceling wait"):
            hand.write(1.8e9, "player", 1, Lost(1, 1.9e9))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION warn() CASCADE")
    with scope.tenant(tenant.pk):
        assert GameEvent.objects.count() == 1, "stored here: that is why nobody may say that it is not"


@pytest.mark.django_db(transaction=True)
def test_other_notices_are_no_doubt(tenant):
    connection.ensure_connection()
    with certain(connection.connection):
        connection.connection.execute("DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'disk is nearly full'; END $$")


@pytest.fixture
def waiting_for_a_mirror():
    """A server whose mirror never answers."""
    server = postgres.Postgres(postgres.binaries(), fast=False)
    server.start()
    try:
        server.execute("CREATE TABLE kept (number integer)")
        server.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        server.execute("SELECT pg_reload_conf()")
        yield server
    finally:
        server.stop()


@pytest.mark.promise("P2")
@pytest.mark.control("P2")
def test_a_wait_for_the_mirror_that_is_cancelled_is_an_unknown_outcome(waiting_for_a_mirror):
    address = f"postgres://postgres@127.0.0.1:{waiting_for_a_mirror.port}/postgres"
    with psycopg.connect(address, autocommit=True) as session, psycopg.connect(address, autocommit=True) as other:

        def cancel() -> None:
            waiting = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            while not other.execute(waiting).fetchall():
                pass

        thread = threading.Thread(target=cancel)
        thread.start()
        with pytest.raises(UnknownOutcome), certain(session):
            assert session.execute("INSERT INTO kept VALUES (1)").rowcount == 1, "it looks like success"
        thread.join()
