import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule

from scheduler.schedules import SCHEDULES, sync

pytestmark = pytest.mark.django_db


def rows():
    return sorted(Schedule.objects.values_list("name", "func", "minutes"))


def test_the_queue_knows_what_the_code_says():
    assert sorted(sync()) == sorted(planned.name for planned in SCHEDULES)
    assert rows() == sorted((planned.name, planned.function, planned.minutes) for planned in SCHEDULES)


def test_a_second_time_changes_nothing():
    sync()
    before = list(Schedule.objects.order_by("pk").values())
    assert sync() == []
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_strangers_go_twins_become_one_and_changes_are_undone():
    sync()
    Schedule.objects.create(name="stranger", func="os.system")
    Schedule.objects.create(name=SCHEDULES[0].name, func=SCHEDULES[0].function, minutes=1)
    Schedule.objects.filter(name=SCHEDULES[1].name).update(func="elsewhere")
    assert set(sync()) == {"stranger", SCHEDULES[0].name, SCHEDULES[1].name}
    assert rows() == sorted((planned.name, planned.function, planned.minutes) for planned in SCHEDULES)


@pytest.mark.parametrize("planned", SCHEDULES, ids=lambda planned: planned.name)
def test_each_names_a_function_that_can_run_twice(planned):
    function = import_string(planned.function)
    function()
    assert function() == 0


def test_the_command_says_what_it_did(capsys):
    call_command("sync_schedules")
    call_command("sync_schedules")
    assert capsys.readouterr().out.splitlines()[1] == "All schedules are as the code says."
