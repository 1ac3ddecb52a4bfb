"""What an actor begins with is what the last one left."""

import pytest

from games.lifecycle import Joined
from games.mechanics.instant_win import Lost
from games.models import Game
from games.sealing import WrongKey
from games.store import loading
from tenants import scope
from tests.games.published import Hand, published

MINUTE = 30_000_000


@pytest.fixture(autouse=True)
def _scope(game):
    with scope.tenant(game.tenant_id):
        yield


def test_a_log_comes_back_as_it_was_written(game):
    hand = Hand(game)
    written = hand.write(1.25, "system", 0, Joined(1)) + hand.write(2.0 + 2**-20, "player", 1, Lost(1, 1.1), Lost(1, 2.2))
    assert loading.read(game.pk, hand.rules) == written


def test_what_was_published_is_what_is_loaded(game):
    loaded = loading.load(game.pk, 60.0)
    assert (loaded.kind, loaded.public_id, loaded.line) == ("instant_win", game.public_id, game.line)
    assert loaded.ruleset.lifecycle.opens_at == game.opens_at.timestamp()
    assert len(loaded.ruleset.sealed) == 4
    assert loaded.ruleset.sealed == loading.load(game.pk, 60.0).ruleset.sealed


def test_events_can_be_read_by_their_numbers(game):
    hand = Hand(game)
    hand.write(1.0, "player", 1, *(Lost(player, 1.0) for player in range(1, 6)))
    assert [entry.seq for entry in loading.read(game.pk, hand.rules, [4, 2, 99])] == [2, 4]


def test_the_last_hour_comes_along_and_what_is_older_does_not(game):
    hand = Hand(game)
    for minute in (MINUTE - 60, MINUTE - 59, MINUTE):
        hand.write(minute * 60, "player", 1, Lost(1, 1.0))
    assert sorted(loading.load(game.pk, MINUTE * 60).minutes) == [(MINUTE - 59, "plays", 1), (MINUTE, "plays", 1)]


def test_totals_are_the_sums_of_the_minutes(game):
    hand = Hand(game)
    hand.write(60.0, "player", 1, Joined(1), Lost(1, 1.0))
    hand.write(120.0, "player", 1, Lost(1, 1.0))
    assert loading.totals(game.pk) == {"players": 1, "plays": 2}


def test_a_game_of_another_tenant_is_not_there(game, other):
    theirs = published(other)
    with pytest.raises(Game.DoesNotExist):
        loading.load(theirs.pk, 60.0)


def test_a_key_under_another_platform_key_does_not_open(game, settings):
    settings.PLATFORM_KEY = "another key of thirty-two characters or more"
    with pytest.raises(WrongKey, match="PLATFORM_KEY is not the one"):
        loading.load(game.pk, 60.0)


def test_a_game_that_was_never_published_says_so(game):
    Game.objects.filter(pk=game.pk).update(key=b"")
    with pytest.raises(WrongKey, match="has not been published"):
        loading.load(game.pk, 60.0)
