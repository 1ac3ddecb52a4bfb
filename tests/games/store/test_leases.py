"""A shard belongs to one process at a time, whatever races and whoever freezes."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models import F

from games.models import Lease
from games.store import leases
from tests.games.published import at_once


def pass_time(seconds: float) -> None:
    """Instead of waiting: what is valid until then is over so much earlier."""
    Lease.objects.update(until=F("until") - seconds)


def test_the_first_takes_all_and_a_spare_finds_nothing(db):
    assert leases.renew("a", 4, 4) == {0: 1, 1: 1, 2: 1, 3: 1}
    assert leases.renew("b", 4, 4) == {}
    assert leases.renew("a", 4, 4, [0, 1, 2, 3]) == {0: 1, 1: 1, 2: 1, 3: 1}
    assert leases.served(4) == 4


def test_only_what_hears_its_letters_is_served(db):
    leases.renew("a", 4, 4)
    assert leases.served(4) == 0, "it has just been taken"
    leases.renew("a", 4, 4, [0, 2])
    assert leases.served(4) == 2
    leases.renew("a", 4, 4, range(4))
    assert (leases.served(4), leases.served(3)) == (4, 3)
    leases.renew("a", 4, 4, [3])
    assert leases.served(4) == 1


def test_who_takes_over_does_not_hear_because_another_did(db):
    leases.renew("a", 2, 2, [0, 1])
    leases.release(["a"])
    leases.renew("b", 2, 2)
    assert leases.served(2) == 0


def test_an_engine_of_the_release_before_which_does_not_speak_of_hearing_counts_as_it_did(db):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO games_lease (shard, owner, term, until) VALUES (0, 'old', 1, 9999999999)")
    assert leases.served(1) == 1


def test_a_spare_takes_what_was_not_renewed_in_time_and_its_term_is_another(db):
    leases.renew("a", 2, 2, [0, 1])
    assert leases.served(2) == 2
    pass_time(leases.VALID - 1)
    assert leases.renew("b", 2, 2) == {}
    pass_time(1)
    assert leases.served(2) == 0
    assert leases.renew("b", 2, 2) == {0: 2, 1: 2}
    assert leases.renew("a", 2, 2) == {}, "the first comes back from its freeze and owns nothing"


def test_renewing_makes_it_last(db):
    leases.renew("a", 1, 1)
    pass_time(2.0)
    leases.renew("a", 1, 1)
    pass_time(2.0)
    assert leases.renew("b", 1, 1) == {}


def test_an_owner_that_was_late_and_met_nobody_goes_on_with_its_term(db):
    leases.renew("a", 1, 1)
    pass_time(10.0)
    assert leases.renew("a", 1, 1) == {0: 1}


def test_nobody_takes_more_than_he_wants_and_keeps_what_he_has(db):
    assert leases.renew("a", 4, 2) == {0: 1, 1: 1}
    assert leases.renew("b", 4, 3) == {2: 1, 3: 1}
    leases.release(["a"])
    assert leases.renew("b", 4, 3) == {0: 2, 2: 1, 3: 1}
    assert leases.renew("c", 4, 4) == {1: 2}


def test_who_wants_less_than_before_renews_less_and_the_rest_ends_by_itself(db):
    leases.renew("a", 3, 3)
    assert leases.renew("a", 3, 1) == {0: 1}
    assert leases.renew("b", 3, 3) == {}
    pass_time(3.0)
    leases.renew("a", 3, 1)
    assert leases.renew("b", 3, 3) == {1: 2, 2: 2}


def test_what_is_given_up_is_free_at_once_and_terms_never_go_back(db):
    leases.renew("a", 2, 2, [0, 1])
    leases.release(["a"])
    assert leases.served(2) == 0
    assert leases.renew("b", 2, 2) == {0: 2, 1: 2}
    leases.release(["b"])
    assert leases.renew("b", 2, 2) == {0: 3, 1: 3}


def test_to_give_up_is_to_give_up_ones_own(db):
    leases.renew("a", 2, 1, [0])
    leases.renew("b", 2, 1, [1])
    leases.release(["a"])
    assert leases.served(2) == 1
    assert leases.renew("b", 2, 1) == {1: 1}


def test_only_shards_that_are_in_use_count(db):
    leases.renew("a", 8, 8, range(8))
    assert leases.served(4) == 4
    assert leases.renew("b", 9, 9) == {8: 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P1")
@pytest.mark.parametrize("begun", [False, True], ids=["rows that are not there", "rows that are over"])
def test_of_engines_that_race_for_a_shard_one_has_it(transactional_db, begun):
    if begun:
        leases.renew("old", 16, 16)
        pass_time(60.0)
    barrier = threading.Barrier(4, timeout=20)

    def race(place: int) -> dict[int, int]:
        connection.ensure_connection()
        barrier.wait()
        return leases.renew(f"engine {place}", 16, 16)

    for turn in range(10):
        held = at_once(4, race)
        owners = Counter(shard for each in held for shard in each)
        assert owners == dict.fromkeys(range(16), 1), held
        assert {term for each in held for term in each.values()} == {turn + 1 + begun}
        pass_time(60.0)
        Lease.objects.update(owner="")
