"""What the winners' prizes need while nobody looks. Each sweep may run twice, or late, or beside itself: the rows decide."""

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from games.models import Claim, ClaimMail
from games.winners import claims, mail, rules, succession
from tenants import scope

AT_ONCE = 500


def open_claims() -> int:
    """The commit of a game writes awards and nothing else: here each gets its deadline, and its winner a mail."""
    with scope.platform():
        found = claims.unopened(AT_ONCE)
    for game, awards in groupby(sorted(found, key=lambda award: award.game_id), key=lambda award: award.game):
        with scope.tenant(game.tenant_id):
            claims.open_claims(game, awards, timezone.now())
    return len(found)


def remind() -> int:
    """Who has an address and has not come yet, once."""
    now = timezone.now()
    with scope.platform():
        found = [claim for claim in unreminded(now) if rules.remind_at(claim.opened_at, claim.due_at) <= now]
    for tenant, ours in groupby(found, key=lambda claim: claim.tenant_id):
        with scope.tenant(tenant), transaction.atomic():
            mail.post(Claim.objects.filter(pk__in=[claim.pk for claim in ours], state=rules.WON), mail.REMINDER, now)
    return len(found)


def unreminded(now: datetime) -> list[Claim]:
    """Only who was told of his win: he has an address."""
    told = ClaimMail.objects.filter(claim=OuterRef("pk"))
    near = Claim.objects.filter(state=rules.WON, due_at__gt=now, due_at__lte=now + rules.AHEAD)
    wanted = near.filter(Exists(told.filter(kind=mail.WIN)), ~Exists(told.filter(kind=mail.REMINDER)))
    return list(wanted.order_by("tenant", "due_at")[:AT_ONCE])


def lapse() -> int:
    """Each in a commit of its own: a claim that its winner makes at this very moment is his, and the next one does not wait for it."""
    now, done = timezone.now(), 0
    with scope.platform():
        late = succession.overdue(now)
    for claim in late:
        with scope.tenant(claim.tenant_id):
            try:
                succession.lapse(claim, claims.SYSTEM, now)
            except rules.Refused:
                continue
        done += 1
    return done


def send() -> int:
    """Mails that a server refused, or whose worker died."""
    with scope.platform():
        found = mail.due(timezone.now(), AT_ONCE)
    mail.enqueue(found)
    return len(found)
