"""Two writers of one game: the second fails whole (architecture 3.4), also the one who was first and comes back."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from games.log import Logged
from games.mechanics.instant_win import Lost, Won
from games.models import Award, Game, GameEvent, Minute
from games.publishing import seal
from games.store.loading import load, ruleset_of
from games.store.writing import Fenced, Summary, append
from tenants import scope
from tenants.models import Tenant

SUMMARY = Summary("open", None)
SETTINGS = {"prizes": [{"id": "mug", "label": "Mug", "stock": 3}]}


@pytest.fixture
def game(db):
    tenant = Tenant.objects.create(slug="demo", name="Demo")
    now = datetime.now(UTC)
    with scope.tenant(tenant.pk):
        made = Game(slug="win", kind="instant_win", title="Win", settings=SETTINGS, opens_at=now, closes_at=now + timedelta(days=1))
        seal(made)
        made.save()
        yield made


def write(game: Game, *events: tuple[int, object], fence: int = 0) -> None:
    """As an actor does; in a transaction of its own, so that the test can go on after a failure."""
    with transaction.atomic():
        append(game.pk, ruleset_of(game), [Logged(seq, 60.0, "player", 1, f"r{seq}", event) for seq, event in events], SUMMARY, fence)


def won(moment: int, unit: int = 0) -> Won:
    return Won(player=1, prize="mug", unit=unit, moment=moment, at=60.0, until=61.0, told_at=62.0)


@pytest.mark.promise("P2")
def test_a_second_writer_of_the_same_number_fails_whole(game):
    write(game, (1, Lost(1, 61.0)), (2, Lost(1, 61.0)))
    with pytest.raises(IntegrityError):
        write(game, (2, Lost(2, 61.0)), (3, won(0)))
    assert list(GameEvent.objects.order_by("seq").values_list("seq", "kind")) == [(1, "lost"), (2, "lost")]
    assert not Award.objects.exists()
    assert Minute.objects.get(name="plays").value == 2


@pytest.mark.promise("P1")
@pytest.mark.parametrize("second", [won(0, unit=1), won(1, unit=0)], ids=["moment", "unit"])
def test_a_moment_and_a_unit_are_given_once_whatever_an_actor_believes(game, second):
    write(game, (1, won(0)))
    with pytest.raises(IntegrityError):
        write(game, (2, second))
    assert Award.objects.count() == 1
    assert GameEvent.objects.count() == 1


@pytest.mark.promise("P2")
def test_who_loaded_before_another_writes_nothing_even_where_no_number_is_taken(game):
    first = load(game.pk, 60.0).fence
    write(game, (1, Lost(1, 61.0)), fence=first)
    second = load(game.pk, 60.0)
    assert second.past.seq == 1
    with pytest.raises(Fenced):
        write(game, (2, Lost(1, 61.0)), (3, won(0)), fence=first)
    assert (stored(), Award.objects.count(), Minute.objects.get().value) == ([1], 0, 1)
    assert Game.objects.values_list("seq", flat=True).get() == 1
    write(game, (2, Lost(2, 61.0)), fence=second.fence)
    assert stored() == [1, 2]


def stored() -> list[int]:
    return list(GameEvent.objects.order_by("seq").values_list("seq", flat=True))


class Apart:
    """Does something in a thread of its own, inside a transaction that it ends when it is told to."""

    def __init__(self, game: Game, job) -> None:
        self.done, self.end = threading.Event(), threading.Event()
        self.pool = ThreadPoolExecutor(1)
        self.coming = self.pool.submit(self.run, game, job)
        assert self.done.wait(10)

    def run(self, game: Game, job):
        try:
            with scope.tenant(game.tenant_id), transaction.atomic():
                made = job()
                self.done.set()
                assert self.end.wait(10)
                return made
        finally:
            self.done.set()
            connection.close()


def waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0


@pytest.mark.postgresql
@pytest.mark.promise("P2")
@pytest.mark.django_db(transaction=True)
def test_a_load_waits_for_the_commit_of_who_was_there_before_and_reads_it(transactional_db, game):
    fence = load(game.pk, 60.0).fence
    frozen = Apart(game, lambda: write(game, (1, Lost(1, 61.0)), fence=fence))
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(alone, game, lambda: load(game.pk, 60.0))
        until(waits_for_a_row)
        frozen.end.set()
        assert coming.result(10).past.seq == 1


@pytest.mark.postgresql
@pytest.mark.promise("P2")
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_waited_for_a_load_finds_itself_replaced_and_stores_nothing(transactional_db, game):
    fence = load(game.pk, 60.0).fence
    taking = Apart(game, lambda: load(game.pk, 60.0).past.seq)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(alone, game, lambda: write(game, (1, won(0)), fence=fence))
        until(waits_for_a_row)
        taking.end.set()
        assert taking.coming.result(10) == 0
        with pytest.raises(Fenced):
            coming.result(10)
    assert (stored(), Award.objects.count(), Minute.objects.count()) == ([], 0, 0)


def alone(game: Game, job):
    try:
        with scope.tenant(game.tenant_id):
            return job()
    finally:
        connection.close()


def until(there) -> None:
    for _ in range(1_000):
        if there():
            return
        time.sleep(0.005)
    raise AssertionError("it has not come")
