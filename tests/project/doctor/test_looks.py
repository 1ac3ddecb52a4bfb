"""What cannot be brought about on the machine of a test: a full disk, a clock that is off, a queue that stopped long ago."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule

from project.doctor import database, machine, running, visit
from project.doctor.findings import Finding, Look
from project.doctor.visit import seen
from scheduler.schedules import sync

Usage = namedtuple("Usage", "free")


def levels(found) -> list[str]:
    return [finding.level for finding in found]


@pytest.mark.parametrize(("free", "level"), [(0.5, "fail"), (3, "warn"), (50, "ok")])
def test_a_disk_that_fills_up_is_noticed_in_time(monkeypatch, free, level):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: Usage(free * machine.GIB))
    assert levels(machine.disk()) == [level]


def test_without_uvloop_it_is_worth_a_look(monkeypatch):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None)
    assert levels(machine.loop()) == ["warn"]


@pytest.mark.django_db
@pytest.mark.parametrize(("offset", "level"), [(0, "ok"), (1, "warn"), (-1, "warn"), (3, "fail"), (-60, "fail")])
def test_a_clock_that_is_off_is_noticed_before_games_stand_still(monkeypatch, offset, level):
    really = database.database_time
    monkeypatch.setattr(database, "database_time", lambda: really() + offset)
    assert levels(database.clock()) == [level]


@pytest.mark.django_db
def test_a_queue_is_in_time_until_a_schedule_is_late():
    sync()
    assert levels(running.queue()) == ["ok"]
    Schedule.objects.filter(name="sweep tickets").update(next_run=timezone.now() - timedelta(minutes=3))
    (found,) = running.queue()
    assert (found.level, "manage.py qcluster" in found.remedy) == ("fail", True)


@pytest.mark.django_db
def test_tasks_that_wait_and_tasks_that_failed_are_worth_a_look():
    sync()
    OrmQ.objects.create(key="so-buzz", payload="x", lock=timezone.now() - timedelta(minutes=5))
    Failure.objects.create(id="x", name="x", func="f", started=timezone.now(), stopped=timezone.now(), success=False)
    assert levels(running.queue()) == ["warn", "warn"]


@pytest.mark.django_db
def test_schedules_are_those_of_the_code():
    assert levels(running.schedules()) == ["fail"]
    sync()
    assert levels(running.schedules()) == ["ok"]


def test_a_look_that_fails_is_a_finding_and_not_a_traceback():
    def broken():
        yield Finding("ok", "part", "first")
        raise ValueError("second\nand more")

    first, second = seen(Look("part", broken))
    assert (first.level, second.level) == ("ok", "fail")
    assert second.line == "It could not be looked at: second. Mend what stands above first."


def test_a_line_is_one_line_and_hides_addresses():
    assert Finding("ok", "x", "redis://a:b@c/0\n  says", "so").line == "redis://a:hidden@c/0 says so"


@pytest.mark.django_db
def test_a_visit_looks_at_everything_once():
    subjects = [finding.subject for finding in visit()]
    assert {"settings", "keys", "hosts", "files", "disk", "loop", "database", "migrations", "clock", "safety", "redis", "engine"} <= set(
        subjects
    )
