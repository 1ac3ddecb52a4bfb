"""The count of tries: exact in a sliding window, over all threads and processes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tenants import throttle
from tenants.models import Attempt
from tenants.throttle import Limit, TooMany

FEW = Limit("test", 3, 60)


def taken(subject: str, now: float) -> bool:
    try:
        throttle.take(FEW, subject, now)
    except TooMany:
        return False
    return True


def test_the_window_slides(db: None) -> None:
    assert [taken("a", at) for at in (0, 30, 50, 59)] == [True, True, True, False]
    assert taken("a", 60.0)
    assert not taken("a", 61)
    assert taken("a", 91)


def test_no_window_of_any_place_holds_more(db: None) -> None:
    passed = [at for at in range(0, 600, 7) if taken("a", at)]
    assert max(len([at for at in passed if begin <= at < begin + 60]) for begin in passed) == 3


def test_who_is_refused_learns_how_long(db: None) -> None:
    for at in (0, 10, 20):
        throttle.take(FEW, "a", at)
    with pytest.raises(TooMany) as refused:
        throttle.take(FEW, "a", 25)
    assert refused.value.wait == 35


def test_a_refused_try_does_not_prolong_the_wait(db: None) -> None:
    for at in (0, 0, 0, *range(1, 60)):
        taken("a", at)
    assert taken("a", 60)


def test_subjects_and_limits_are_counted_apart(db: None) -> None:
    assert all(taken(name, 0) for name in "abcdef")
    throttle.take(Limit("other", 1, 60), "a", 0)


def test_what_was_right_is_given_back(db: None) -> None:
    for at in range(10):
        throttle.give_back(throttle.take(FEW, "a", at))
    assert taken("a", 11)


def test_nobody_is_named_in_the_table(db: None) -> None:
    throttle.take(FEW, "ana@example.com", 0)
    assert "ana" not in Attempt.objects.get().key


def test_what_is_over_is_swept(db: None) -> None:
    throttle.take(FEW, "old", 0)
    throttle.take(FEW, "new", 1000)
    assert throttle.sweep(1000) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.promise("P28")
def test_twenty_at_the_same_moment_are_still_counted(transactional_db: None) -> None:
    def one(_number: int) -> bool:
        try:
            return taken("a", 5.0)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(20))) == 3
