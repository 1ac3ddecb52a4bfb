"""One batch, one transaction: all of it or nothing, whoever else writes."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection

from games.lifecycle import Ended, Joined
from games.log import Logged
from games.mechanics.instant_win import Lost, Won
from games.models import Award, Game, GameEvent, Minute
from games.store import writing
from tenants import scope
from tests.games.published import Hand, at_once, published

MINUTE = 30_000_000


def lost(player: int) -> Lost:
    return Lost(player, 1.9e9)


def won(player: int, moment: int, unit: int) -> Won:
    return Won(player, "mug", unit, moment, 1.8e9, 1.9e9, 1.9e9)


def rows(game: Game) -> dict[str, int]:
    with scope.tenant(game.tenant_id):
        return {model.__name__: model.objects.filter(game=game).count() for model in (GameEvent, Award, Minute)}


def minutes(game: Game) -> dict[tuple[int, str], int]:
    with scope.tenant(game.tenant_id):
        return {(minute, name): value for minute, name, value in Minute.objects.filter(game=game).values_list("minute", "name", "value")}


def test_a_batch_leaves_its_events_awards_minutes_and_summary(game):
    hand = Hand(game)
    hand.write(MINUTE * 60, "player", 1, Joined(1), won(1, 0, 0), lost(1))
    assert rows(game) == {"GameEvent": 3, "Award": 1, "Minute": 3}
    with scope.tenant(game.tenant_id):
        stored = Game.objects.get(pk=game.pk)
        award = Award.objects.get()
    assert (stored.seq, stored.totals, stored.stock) == (3, {"plays": 2, "won": 1, "players": 1}, {"mug": 2, "trip": 1})
    assert (award.player, award.prize, award.unit, award.moment, award.play, award.at) == (1, "mug", 0, 0, 2, MINUTE * 60)


def test_minutes_add_up_over_batches_and_belong_to_the_minute_of_their_event(game):
    hand = Hand(game)
    hand.write(MINUTE * 60 + 1, "player", 1, lost(1), lost(2))
    hand.write(MINUTE * 60 + 59.999, "player", 1, lost(3), won(4, 0, 0))
    hand.write(MINUTE * 60 + 60, "player", 1, lost(5))
    assert minutes(game) == {(MINUTE, "plays"): 4, (MINUTE, "won"): 1, (MINUTE + 1, "plays"): 1}


REFUSE = {
    "postgresql": [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$",
        "CREATE TRIGGER refused BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
    ],
    "sqlite": [
        f"CREATE TRIGGER refused_{verb} BEFORE {verb} ON {{table}} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        for verb in ("INSERT", "UPDATE")
    ],
}
ALLOW = {
    "postgresql": ["DROP FUNCTION refuse() CASCADE"],
    "sqlite": ["DROP TRIGGER refused_INSERT", "DROP TRIGGER refused_UPDATE"],
}


@pytest.fixture
def broken():
    """Makes a table refuse every row."""

    def run(statements: dict[str, list[str]], table: str = "") -> None:
        with connection.cursor() as cursor:
            for statement in statements[connection.vendor]:
                cursor.execute(statement.format(table=table))

    yield lambda table: run(REFUSE, table)
    run(ALLOW)


@pytest.mark.parametrize("table", ["games_gameevent", "games_award", "games_minute", "games_game"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P2")
def test_a_batch_that_breaks_anywhere_leaves_nothing(tenant, broken, table):
    game = published(tenant)
    hand = Hand(game)
    hand.write(MINUTE * 60, "player", 1, lost(1))
    broken(table)
    with pytest.raises(DatabaseError, match="the disk is full"):
        hand.write(MINUTE * 60, "player", 1, lost(2), won(3, 0, 0))
    assert rows(game) == {"GameEvent": 1, "Award": 0, "Minute": 1}
    assert minutes(game) == {(MINUTE, "plays"): 1}
    with scope.tenant(tenant.pk):
        assert Game.objects.get().seq == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whose", ["another tenant's", "nobody's"])
def test_a_game_that_is_not_there_gets_no_events(tenant, other, whose):
    game = published(other)
    number, hand = game.pk, Hand(game)
    if whose == "nobody's":
        with scope.tenant(other.pk):
            game.delete()
    with scope.tenant(tenant.pk), pytest.raises(Game.DoesNotExist):
        writing.append(number, hand.rules, [Logged(1, 5.5, "player", 7, "", lost(7))], hand.summary(), hand.fence)
    with scope.platform():
        assert not GameEvent.objects.exists()
        assert not Minute.objects.exists()


def test_nothing_that_a_player_may_write_breaks_a_batch(game):
    hostile = "\0 \\u0000 \" ' \\ } ] %s \u202e 🎉 \ud7ff"
    hand = Hand(game)
    with scope.tenant(game.tenant_id):
        said = Ended(hostile)
        writing.append(game.pk, hand.rules, [Logged(1, 5.5, "player", 7, hostile.replace("\0", ""), said)], hand.summary(), hand.fence)
        row = GameEvent.objects.get()
    assert (json.loads(row.data)["reason"], row.ref) == (hostile, hostile.replace("\0", ""))


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P1")
def test_of_two_writers_who_believe_they_own_the_game_one_fails_whole_and_the_other_is_not_hurt(tenant):
    game = published(tenant)
    barrier = threading.Barrier(2, timeout=20)

    def write(place: int) -> str:
        hand = Hand(game)
        barrier.wait()
        for batch in range(10):
            try:
                hand.write(MINUTE * 60, "player", place + 1, *[lost(place + 1)] * 20, won(place + 1, batch, batch))
            except IntegrityError:
                return "fenced"
        return "wrote"

    assert sorted(at_once(2, write)) == ["fenced", "wrote"]
    with scope.tenant(tenant.pk):
        events = list(GameEvent.objects.order_by("seq").values_list("seq", "by"))
    assert [seq for seq, _ in events] == list(range(1, 211)), "no gap, and nothing of a batch that failed"
    batches = [{by for _, by in events[start : start + 21]} for start in range(0, 210, 21)]
    assert all(len(writers) == 1 for writers in batches)
    assert rows(game)["Award"] == 10
    assert minutes(game)[MINUTE, "plays"] == 210


@pytest.mark.django_db(transaction=True)
@pytest.mark.control("P1")
def test_without_the_fence_two_writers_would_both_get_in(tenant, monkeypatch):
    """The same race with the numbers of one writer shifted: that nothing stops it shows that the number is what does."""
    game = published(tenant)
    first, second = Hand(game), Hand(game)
    second.seq = 1000
    first.write(MINUTE * 60, "player", 1, lost(1))
    second.write(MINUTE * 60, "player", 2, lost(2))
    assert rows(game)["GameEvent"] == 2


def test_an_event_keeps_its_kind_its_version_and_who_asked(game):
    hand = Hand(game)
    with scope.tenant(game.tenant_id):
        writing.append(game.pk, hand.rules, [Logged(1, 5.5, "player", 7, "my-ref", lost(7))], hand.summary(), hand.fence)
        row = GameEvent.objects.get()
    assert (row.seq, row.at, row.role, row.by, row.ref, row.kind, row.version) == (1, 5.5, "player", 7, "my-ref", "lost", 1)
    assert row.data == '{"t":"lost","player":7,"until":1900000000.0}'
