"""A database that keeps somebody waiting: the wait ends as an error, nothing of it is stored, and afterwards all goes on."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from games.mechanics.instant_win import Lost
from games.models import Game, GameEvent
from tenants import scope
from tenants.models import Tenant
from tests.games.published import Hand, at_once, published


@pytest.mark.postgresql
@pytest.mark.promise("P13")
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_waits_for_somebody_elses_row_ends_as_an_error_and_the_next_one_is_stored():
    game = published(Tenant.objects.create(slug="colibri", name="Colibri"))
    hand, held, done = Hand(game), threading.Event(), threading.Event()

    def hold():
        with scope.tenant(game.tenant_id), transaction.atomic():
            Game.objects.select_for_update().get(pk=game.pk)
            held.set()
            assert done.wait(30)

    def write():
        assert held.wait(30)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")  # ours is three seconds: the same, sooner
            with pytest.raises(OperationalError):
                hand.write(1.8e9, "player", 1, Lost(1, 1.8e9))
        finally:
            done.set()

    at_once(2, lambda place: (hold, write)[place]())
    with scope.tenant(game.tenant_id):
        assert not GameEvent.objects.exists()
    Hand(game).write(1.8e9, "player", 1, Lost(1, 1.8e9))
    with scope.tenant(game.tenant_id):
        assert GameEvent.objects.count() == 1
