"""A snapshot shortens the way to what a log says; it never says anything else."""

from __future__ import annotations

import asyncio
import threading

import pytest

from games.log import Logged
from games.mechanics.instant_win import Lost
from games.models import Game, GameEvent, Snapshot
from games.replay import Kept, Replay
from games.store import Store, loading, snapshots
from tenants import scope
from tests.games.published import Hand, published

NOW = 1.8e9


@pytest.fixture
def hand(game: Game):
    with scope.tenant(game.tenant_id):
        made = Hand(game).begin(1, 2)
        for number in range(1, 6):
            made.write(made.at + 1, "player", 1, *[Lost(1, 1e9 + number)] * 2)
        yield made


def past(hand: Hand) -> Replay:
    return loading.load(hand.game.pk, NOW).past


def whole(hand: Hand, end: int | None = None) -> Replay:
    return Replay(hand.rules, hand.game.line).follow(loading.read(hand.game.pk, hand.rules)[:end])


def keep(hand: Hand, end: int | None = None) -> None:
    snapshots.keep(hand.game.pk, whole(hand, end).frozen())


def spoil(*seqs: int) -> None:
    """Whoever reads these events fails."""
    GameEvent.objects.filter(seq__in=seqs).update(data="{}")


def test_a_game_begins_with_its_snapshot_and_reads_the_rest_alone(hand):
    expected = whole(hand)
    keep(hand, 10)
    spoil(*range(1, 11))
    assert past(hand).same(expected)
    assert past(hand).kept == 10
    assert (expected.seq, expected.state.mechanic.standing.plays) == (13, 10)


def test_a_snapshot_of_the_very_end_leaves_nothing_to_read(hand):
    expected = whole(hand)
    keep(hand)
    spoil(*range(1, 14))
    assert past(hand).same(expected)


def test_there_is_one_and_the_newest_stays(hand):
    for end in (5, 12, 8):
        keep(hand, end)
    assert list(Snapshot.objects.values_list("seq", flat=True)) == [12]


def test_of_what_the_log_does_not_have_no_snapshot_is_kept(hand):
    ahead = whole(hand)
    ahead.take(Logged(14, hand.at + 9, "player", 1, "", Lost(1, 1.0)))
    snapshots.keep(hand.game.pk, ahead.frozen())
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("grown", [False, True], ids=["shorter", "grown again"])
def test_a_log_that_was_set_back_throws_its_snapshot_away(hand, grown):
    """Also when nobody has renewed its line, and when it is as long again: another event stands at that number."""
    keep(hand, 12)
    GameEvent.objects.filter(seq__gt=9).delete()
    Game.objects.update(seq=9)
    if grown:
        back = Hand(hand.game)
        back.write(back.at + 100, "player", 2, *[Lost(2, 5.0)] * 6)
    assert past(hand).same(whole(hand))
    assert not Snapshot.objects.exists()
    keep(hand, 9)
    assert Snapshot.objects.get().seq == 9


def test_a_snapshot_of_another_line_is_thrown_away(hand):
    keep(hand)
    Game.objects.update(line="other1")
    assert past(hand).same(whole(hand))
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("change", [{"fingerprint": "of an older release"}, {"data": b"\xc1"}], ids=["type", "content"])
def test_a_snapshot_that_does_not_fit_is_thrown_away_and_the_log_read(hand, change):
    keep(hand)
    Snapshot.objects.update(**change)
    assert past(hand).same(whole(hand))
    assert not Snapshot.objects.exists()


def test_another_release_replaces_a_newer_one_that_it_cannot_read(hand):
    keep(hand, 12)
    Snapshot.objects.update(fingerprint="of a newer release")
    keep(hand, 11)
    assert Snapshot.objects.get().seq == 11


def test_a_snapshot_belongs_to_its_tenant(hand, other):
    kept = whole(hand).frozen()
    theirs = published(other)
    with scope.tenant(other.pk):
        snapshots.keep(hand.game.pk, kept)
        assert loading.load(theirs.pk, NOW).past.seq == 0
    with scope.platform():
        assert not Snapshot.objects.exists()


def test_a_player_who_asks_again_after_a_restart_is_known(hand):
    hand.write(hand.at + 1, "player", 2, Lost(2, 1.0))
    GameEvent.objects.filter(seq=14).update(ref="mine")
    keep(hand)
    spoil(*range(1, 15))
    assert past(hand).repeats.find("player", 2, "mine") == (14,)


@pytest.mark.django_db(transaction=True)
async def test_the_loop_does_not_wait_while_a_crowd_is_packed(transactional_db):
    where = []

    class Watched:
        def packed(self) -> Kept:
            where.append(threading.current_thread())
            return Kept(1, "", b"")

    store = Store()
    await store.keep(1, 1, Watched())
    await asyncio.to_thread(store.close)
    assert where
    assert where[0] is not threading.current_thread()
