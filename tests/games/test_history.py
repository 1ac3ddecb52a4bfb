"""The week that a tenant's own games show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from games import history
from games.models import Minute
from tenants import scope
from tests.games.published import published

MONDAY = datetime(2026, 6, 1, tzinfo=UTC).timestamp()  # in Paris it is two o'clock
DAY = 86_400


def minutes(game, *rows, name="plays"):
    with scope.tenant(game.tenant_id):
        Minute.objects.bulk_create(Minute(game=game, minute=int(at // 60), name=name, value=value) for at, value in rows)


def week(tenant):
    with scope.tenant(tenant.pk):
        return history.week()


def test_too_little_is_no_history(tenant, game):
    assert week(tenant) is None
    minutes(game, *((MONDAY + day * DAY, 1000) for day in range(6)))
    assert week(tenant) is None, "six days are no week"


def test_hours_are_those_of_the_tenants_clock(tenant, game):
    minutes(game, *((MONDAY + day * DAY, 50) for day in range(7)), (MONDAY + 60, 50), (MONDAY + 17 * 3600 + 59, 400))
    found = week(tenant)
    assert (len(found), found[2], found[19], found[26], found[3]) == (168, 250, 1000, 125, 1)


def test_only_plays_count_and_only_ones_own(tenant, other, game):
    minutes(published(other, "theirs"), *((MONDAY + day * DAY, 1000) for day in range(7)))
    minutes(game, *((MONDAY + day * DAY, 1000) for day in range(7)), name="players")
    assert week(tenant) is None


def test_it_takes_two_questions_however_long_the_history(tenant, game, django_assert_num_queries):
    minutes(game, *((MONDAY + hour * 3600, 10) for hour in range(400)))
    with django_assert_num_queries(2):
        assert week(tenant)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Havana", "Asia/Kathmandu"])
def test_nothing_is_lost_where_clocks_change(zone):
    hours = {int(MONDAY // 3600) + hour: 3 for hour in range(24 * 400)}
    found = history.weighed(hours, zone)
    assert min(found) > 950
