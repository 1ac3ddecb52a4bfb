"""What a socket asks before it belongs to a game."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from games.joining import Joining, join
from games.models import Game
from games.store import lookup
from games.store.lookup import Came, Place
from tenants import scope
from tests.games.published import published

HERE = Came("http://testserver", "testserver", False)


@pytest.fixture(autouse=True)
def _platform(db):
    with scope.platform():
        yield


def test_a_game_is_found_by_its_two_words_and_a_tenant_by_one(tenant, game):
    assert lookup.find("colibri", "win") == Place(tenant.pk, "colibri", game.pk, game.public_id, "instant_win", game.line)
    assert lookup.find("colibri", None) == Place(tenant.pk, "colibri")


@pytest.mark.parametrize(("of", "called"), [("verger", "win"), ("colibri", "other"), ("nobody", "win"), ("nobody", None), ("colibri", "")])
def test_what_is_not_there_is_not_found(tenant, game, other, of, called):
    assert lookup.find(of, called) is None


def test_a_page_from_elsewhere_may_not_open_the_door(tenant, game):
    assert lookup.door("colibri", "win", Came("https://evil.example", "testserver", False))[1] is False
    assert lookup.door("colibri", "win", HERE) == (lookup.find("colibri", "win"), True)
    assert lookup.door("colibri", "win", Came("", "testserver", False))[1] is True
    assert lookup.door("nobody", "win", HERE)[0] is None


def test_names_and_seats_belong_to_their_game(tenant, game):
    second = published(tenant, "second")
    with scope.tenant(tenant.pk):
        for device, name in (("a", "Ana"), ("b", "Bo")):
            join(game, Joining(name, device))
        join(second, Joining("Cleo", "a"))
        assert lookup.names(game.pk, [1, 2, 3]) == {1: "Ana", 2: "Bo"}
        assert lookup.names(second.pk, [1]) == {1: "Cleo"}
        assert (lookup.seat(game.pk, "b"), lookup.seat(second.pk, "b")) == (2, 0)


def test_what_is_due_is_found_in_all_tenants_the_earliest_first(tenant, other):
    now = timezone.now()
    mine = published(tenant, opens_at=now + timedelta(seconds=50), closes_at=now + timedelta(days=1))
    theirs = published(other, opens_at=now + timedelta(seconds=10), closes_at=now + timedelta(days=1))
    published(tenant, "later", opens_at=now + timedelta(hours=1), closes_at=now + timedelta(days=1))
    wanted = [(other.pk, theirs.pk, theirs.opens_at.timestamp()), (tenant.pk, mine.pk, mine.opens_at.timestamp())]
    assert lookup.due(now.timestamp() + 60) == wanted
    Game.objects.filter(pk=mine.pk).update(next_at=None)
    assert lookup.due(now.timestamp() + 60) == wanted[:1]


def test_what_is_due_comes_in_parts_each_after_the_other(tenant, monkeypatch):
    monkeypatch.setattr(lookup, "MOST_DUE", 2)
    games = [published(tenant, f"g{number}").pk for number in range(5)]
    Game.objects.filter(pk__in=games[1:4]).update(next_at=50.0)
    Game.objects.filter(pk=games[0]).update(next_at=60.0)
    Game.objects.filter(pk=games[4]).update(next_at=40.0)
    parts, after = [], None
    while part := lookup.due(100.0, after):
        after = part[-1]
        parts.append([each.game for each in part])
    assert parts == [[games[4], games[1]], [games[2], games[3]], [games[0]]]


def test_the_database_has_a_clock():
    assert abs(lookup.database_time() - time.time()) < 5
