"""The numbers of a dashboard: whole values, the last hour, one tenant's games alone."""

import pytest

from games import statistics
from games.lifecycle import Joined
from games.mechanics.instant_win import Lost, Won
from games.statistics import Standing
from tenants import scope
from tests.games.published import Hand, published

MINUTE = 30_000_000
NOW = MINUTE * 60 + 30.0


def test_the_last_hour_is_told_by_minutes_oldest_first_without_the_empty_ones():
    rows = [(MINUTE, "plays", 3), (MINUTE - 59, "plays", 1), (MINUTE, "won", 1), (MINUTE - 60, "plays", 9)]
    assert statistics.per_minute(rows, NOW) == [{"at": (MINUTE - 59) * 60, "plays": 1}, {"at": MINUTE * 60, "plays": 3, "won": 1}]


def test_a_frame_says_whole_values():
    standing = Standing("abc", "open", {"plays": 5, "won": 1, "players": 2}, {"mug": 2}, [{"at": 60, "plays": 5}])
    assert statistics.frame(standing, 99.5) == {
        "t": "stats",
        "game": "abc",
        "now": 99.5,
        "phase": "open",
        "plays": 5,
        "won": 1,
        "players": 2,
        "per_minute": [{"at": 60, "plays": 5}],
        "stock": {"mug": 2},
    }


@pytest.fixture
def played(game):
    hand = Hand(game)
    hand.write(MINUTE * 60 - 7200, "player", 1, Joined(1), Lost(1, 1.0))
    hand.write(MINUTE * 60, "player", 1, Joined(2), Lost(1, 1.0), Won(2, "mug", 0, 0, 1.0, 2.0, 3.0))
    return game


def test_totals_are_of_all_time_and_minutes_of_the_last_hour(played, tenant):
    with scope.tenant(tenant.pk):
        (standing,) = statistics.standings(NOW)
    assert standing.totals == {"plays": 3, "won": 1, "players": 2}
    assert standing.stock == {"mug": 2, "trip": 1}
    assert standing.per_minute == [{"at": MINUTE * 60, "plays": 2, "won": 1, "players": 1}]


def test_a_tenant_sees_its_own_games_alone_and_all_of_them_in_two_questions(played, tenant, other, django_assert_num_queries):
    second, theirs = published(tenant, "second"), published(other)
    Hand(theirs).write(NOW, "player", 1, Lost(1, 1.0))
    with scope.tenant(tenant.pk), django_assert_num_queries(2):
        standings = statistics.standings(NOW)
    assert [standing.public_id for standing in standings] == [played.public_id, second.public_id]
    assert standings[1] == Standing(second.public_id, "waiting", {}, {}, [])
