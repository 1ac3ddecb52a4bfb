"""How the queue is, as its tables say it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success

from scheduler.condition import condition
from scheduler.gauges import QueueGauges
from scheduler.schedules import sync

pytestmark = pytest.mark.django_db


def ago(**given):
    return timezone.now() - timedelta(**given)


def task(kind, name, **given):
    return kind.objects.create(id=name, name=name, func="f", started=ago(days=1), **given)


def test_an_empty_queue_is_in_time():
    sync()
    found = condition()
    assert (found.waiting, found.oldest, found.failed, found.done) == (0, 0, 0, None)
    assert found.overdue < 5


def test_what_waits_is_counted_from_when_it_was_put_there_and_what_runs_is_not():
    OrmQ.objects.create(key="so-buzz", payload="x", lock=ago(minutes=5))
    OrmQ.objects.create(key="so-buzz", payload="x", lock=ago(minutes=1))
    OrmQ.objects.create(key="so-buzz", payload="x", lock=timezone.now() + timedelta(minutes=5))
    found = condition()
    assert found.waiting == 2
    assert found.oldest == pytest.approx(300, abs=5)


def test_a_schedule_that_nobody_ran_is_overdue():
    sync()
    Schedule.objects.filter(name="sweep tickets").update(next_run=ago(minutes=10))
    assert condition().overdue == pytest.approx(600, abs=5)


def test_failures_are_those_of_the_last_hour():
    task(Failure, "new", stopped=ago(minutes=5), success=False)
    task(Failure, "old", stopped=ago(hours=3), success=False)
    task(Success, "good", stopped=ago(minutes=1), success=True)
    found = condition()
    assert found.failed == 1
    assert timezone.now() - found.done < timedelta(minutes=2)


@pytest.mark.django_db(transaction=True)
def test_the_metrics_say_the_same():
    OrmQ.objects.create(key="so-buzz", payload="x", lock=ago(minutes=5))
    found = {family.name: family.samples[0].value for family in QueueGauges().collect()}
    assert (found["sobuzz_queue_readable"], found["sobuzz_queue_waiting"]) == (1, 1)
    assert found["sobuzz_queue_oldest_seconds"] == pytest.approx(300, abs=5)
