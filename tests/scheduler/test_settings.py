"""The queue's numbers must fit each other, or tasks run twice (retry counts the time that a task waits inside the cluster too)."""

from math import ceil

from django.conf import settings


def test_a_task_is_offered_again_only_when_it_cannot_run_any_more():
    queue = settings.Q_CLUSTER
    rounds = 1 + ceil((queue["queue_limit"] + queue["bulk"] + 1) / queue["workers"])
    assert queue["retry"] >= queue["timeout"] * rounds


def test_failing_tasks_end_and_missed_ones_do_not_flood():
    queue = settings.Q_CLUSTER
    assert (queue["ack_failures"], queue["catch_up"], queue["max_attempts"]) == (True, False, 3)
    assert queue["secret_key"] != settings.SECRET_KEY
