import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Success

from games.models import Draft, Game, Inbox, UsedTicket
from scheduler import sweeps
from tenants import scope
from tenants.models.tenant import Tenant
from tests.games.published import published

pytestmark = pytest.mark.django_db


def test_a_ticket_is_forgotten_when_it_could_open_nothing_any_more():
    with scope.platform():
        tenant = Tenant.objects.create(slug="acme", name="Acme")
        for name, age in (("over", -61), ("just over", -59), ("fresh", 30)):
            UsedTicket.objects.create(tenant=tenant, ticket=name, expires_at=time.time() + age)
        assert sweeps.tickets() == 1
        assert list(UsedTicket.objects.order_by("pk").values_list("ticket", flat=True)) == ["just over", "fresh"]


def test_a_letter_is_known_for_a_month_after_it_was_delivered_and_one_that_waits_for_ever():
    tenant = Tenant.objects.create(slug="acme", name="Acme")
    game, now = published(tenant), timezone.now()
    with scope.tenant(tenant.pk):
        for ref, days in (("old", 31), ("young", 29), ("waits", None)):
            Inbox.objects.create(game=game, role="system", ref=ref, command={}, delivered_at=days and now - timedelta(days=days))
    assert sweeps.letters() == 1
    with scope.platform():
        assert list(Inbox.objects.order_by("pk").values_list("ref", flat=True)) == ["young", "waits"]


def test_sessions_that_are_over_go():
    for key, days in (("over", -1), ("fresh", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))
    assert sweeps.sessions() == 1
    assert Session.objects.get().session_key == "fresh"


def test_results_of_the_queue_are_kept_for_a_day():
    now = timezone.now()
    for key, days in (("old", 2), ("new", 0)):
        Success.objects.create(id=key, name=key, func="f", started=now, stopped=now - timedelta(days=days), success=True)
    assert sweeps.results() == 1


def test_a_try_out_goes_after_a_day_and_a_draft_after_a_month_in_the_bin():
    tenant, now = Tenant.objects.create(slug="acme", name="Acme"), timezone.now()
    games = {slug: published(tenant, slug, trial=trial) for slug, trial in (("old", True), ("young", True), ("real", False))}
    with scope.tenant(tenant.pk):
        for slug in ("old", "real"):
            Game.objects.filter(pk=games[slug].pk).update(created_at=now - timedelta(hours=25))
        kept = Draft.objects.create(kind="instant_win", saved_at=now, trial=games["old"])
        for days in (31, 29):
            Draft.objects.create(kind="instant_win", saved_at=now, binned_at=now - timedelta(days=days))
    assert (sweeps.trials(), sweeps.drafts()) == (1, 1)
    with scope.platform():
        assert sorted(Game.objects.values_list("slug", flat=True)) == ["real", "young"]
        assert Draft.objects.count() == 2
        kept.refresh_from_db()
        assert kept.trial_id is None
