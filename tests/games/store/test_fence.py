"""Two writers of one game: the second fails whole (architecture 3.4)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from games.log import Logged
from games.mechanics.instant_win import Lost, Won
from games.models import Award, Game, GameEvent, Minute
from games.publishing import seal
from games.store.loading import ruleset_of
from games.store.writing import Summary, append
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


def write(game: Game, *events: tuple[int, object]) -> None:
    """As an actor does; in a transaction of its own, so that the test can go on after a failure."""
    with transaction.atomic():
        append(game.pk, ruleset_of(game), [Logged(seq, 60.0, "player", 1, f"r{seq}", event) for seq, event in events], SUMMARY)


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
