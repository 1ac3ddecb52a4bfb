"""Who speaks too fast waits, and who is patient is not punished for it."""

from games.limits import Bucket, Buckets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(bucket: Bucket, times: int) -> int:
    return sum(bucket.take() for _ in range(times))


def test_a_burst_is_allowed_and_then_the_rate():
    clock = Clock()
    bucket = Bucket(10, 20, clock)
    assert taken(bucket, 50) == 20
    clock.now += 1
    assert taken(bucket, 50) == 10
    clock.now += 0.125
    assert taken(bucket, 5) == 1


def test_patience_saves_up_no_more_than_a_burst():
    clock = Clock()
    bucket = Bucket(10, 20, clock)
    clock.now += 1000
    assert taken(bucket, 50) == 20


def test_each_address_has_its_own():
    buckets = Buckets(rate=0, burst=1, clock=Clock())
    assert [buckets.take(address) for address in ("a", "b", "a")] == [True, True, False]


def test_what_is_remembered_of_addresses_has_a_bound_and_the_busy_are_remembered_longest():
    buckets = Buckets(rate=0, burst=1, most=100, clock=Clock())
    buckets.take("busy")
    for number in range(1000):
        buckets.take(str(number))
        assert not buckets.take("busy")
    assert len(buckets.buckets) == 100
