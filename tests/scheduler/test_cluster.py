"""The queue itself, as a process, on the database of the tests."""

import signal
import sqlite3
import sys
import time

import psycopg
import pytest

from tests.servers import process
from tests.servers.site import ROOT, Site

PREPARE = """
from django.db import transaction
from django_q.tasks import async_task
from games.models import UsedTicket
from tenants import scope
from tenants.models import Tenant
with scope.platform():
    demo = Tenant.objects.get(slug="demo")
with scope.tenant(demo.pk), transaction.atomic():
    UsedTicket.objects.create(ticket="over", expires_at=1.0)
    UsedTicket.objects.create(ticket="fresh", expires_at=9e9)
    async_task("scheduler.sweeps.tickets")
"""
LEFT = """
from games.models import UsedTicket
from tenants import scope
with scope.platform():
    print("left:", *UsedTicket.objects.values_list("ticket", flat=True))
"""


def done(site: Site) -> list[tuple[str, bool]]:
    """What the queue has finished, straight from its table."""
    url = site.environment["DATABASE_URL"]
    connection = sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg.connect(url)
    try:
        return [(name, bool(success)) for name, success in connection.execute("SELECT func, success FROM django_q_task").fetchall()]
    finally:
        connection.close()


@pytest.mark.fault
def test_the_queue_does_what_was_enqueued_and_ends_when_it_is_told(databases):
    folder = databases.folder / "queue"
    folder.mkdir()
    site = Site(databases.new("queue"), folder)
    site.manage("shell", "-v0", "-c", PREPARE)
    assert "Changed" in site.manage("sync_schedules")
    cluster = process.spawn([sys.executable, "manage.py", "qcluster"], cwd=ROOT, log=site.log, env=site.environment)
    try:
        process.wait_until(lambda: done(site), cluster, site.log)
        assert done(site) == [("scheduler.sweeps.tickets", True)]
        assert "left: fresh\n" in site.manage("shell", "-v0", "-c", LEFT)
        began = time.monotonic()
        assert process.stop(cluster, signal.SIGTERM, grace=20) == 0
        assert time.monotonic() - began < 15
        assert site.complaints() == []
    finally:
        process.stop(cluster, signal.SIGKILL)
