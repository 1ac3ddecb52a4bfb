"""Mails to a winner: a row each, written with what they tell of; a task of the queue sends them after the commit.

A mail is taken by counting its try, so two workers never have it at once; who dies with one in his hands leaves it to the next
sweep. Between a server's yes and our note of it lies the one gap that no mail can close: then it may come twice, with one Message-ID.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from games.models import Claim, ClaimMail, Player
from games.winners import rules
from games.winners.letter import compose
from tenants import scope

logger = logging.getLogger(__name__)

WIN, REMINDER, CODE = "win", "reminder", "code"
BATCH = 10  # of one task: with a slow server they still fit into its time
FIRST = rules.WAITS[0]


def post(claims: QuerySet[Claim], kind: str, now: datetime) -> None:
    """In the caller's transaction: the rows and the task that sends them, or neither. Who left no address gets none."""
    rows = [
        ClaimMail(tenant_id=claim.tenant_id, claim=claim, kind=kind, email=email, next_at=now + FIRST) for claim, email in addressed(claims)
    ]
    if rows:
        ClaimMail.objects.bulk_create(rows, ignore_conflicts=True)
        fresh = ClaimMail.objects.filter(claim__in=[row.claim_id for row in rows], kind=kind, sent_at=None, tries=0)
        enqueue(fresh.values_list("tenant_id", "pk"))


def addressed(claims: QuerySet[Claim]) -> list[tuple[Claim, str]]:
    """Each with the address it goes to: what the winner gave, else the one he joined with."""
    found = list(claims)
    rows = Player.objects.filter(game__in={claim.game_id for claim in found}, number__in={claim.player for claim in found})
    joined = {(game, number): email for game, number, email in rows.values_list("game", "number", "contact__email")}
    pairs = [(claim, claim.email or joined.get((claim.game_id, claim.player)) or "") for claim in found]
    return [(claim, email) for claim, email in pairs if email]


def enqueue(mails: Iterable[tuple[int, int]]) -> None:
    by_tenant: dict[int, list[int]] = {}
    for tenant, mail in mails:
        by_tenant.setdefault(tenant, []).append(mail)
    for tenant, found in by_tenant.items():
        for start in range(0, len(found), BATCH):
            async_task("games.winners.mail.deliver", tenant, found[start : start + BATCH])


def deliver(tenant: int, mails: list[int]) -> int:
    """A task. Each mail is a commit of its own: what was sent stays sent, whatever becomes of the next."""
    with scope.tenant(tenant):
        rows = ClaimMail.objects.filter(pk__in=mails, sent_at=None).select_related("claim__award", "claim__game__tenant")
        connection = get_connection()
        return sum(send(mail, connection, timezone.now()) for mail in rows)


def send(mail: ClaimMail, connection: BaseEmailBackend, now: datetime) -> bool:
    if not take(mail, now):
        return False
    try:
        message(mail, connection).send()
    except (OSError, ValueError) as problem:  # SMTPException is an OSError
        logger.warning("mail %s was not sent, try %s: %s", mail.pk, mail.tries, type(problem).__name__)
        ClaimMail.objects.filter(pk=mail.pk).update(problem=f"{type(problem).__name__}: {problem}"[:200])
        return False
    ClaimMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), problem="")
    return True


def take(mail: ClaimMail, now: datetime) -> bool:
    """One of two workers gets it."""
    if mail.tries and mail.next_at > now:
        return False
    wait = rules.wait(mail.tries + 1) or rules.WAITS[-1]
    taken = ClaimMail.objects.filter(pk=mail.pk, tries=mail.tries, sent_at=None).update(tries=mail.tries + 1, next_at=now + wait)
    return bool(taken)


def message(mail: ClaimMail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    letter = compose(mail.claim, mail.kind)
    name = f"{mail.kind}-{mail.claim.award.public_id}-{mail.claim.round}"
    headers = {"Message-ID": f"<{name}@so-buzz>", "Auto-Submitted": "auto-generated"}
    made = EmailMultiAlternatives(letter.subject, letter.text, to=[mail.email], connection=connection, headers=headers)
    made.attach_alternative(letter.html, "text/html")
    return made


def due(now: datetime, limit: int) -> list[tuple[int, int]]:
    """Mails whose next try has come, in the platform's scope; after the last try nobody tries again."""
    rows = ClaimMail.objects.filter(sent_at=None, next_at__lte=now, tries__lte=len(rules.WAITS)).order_by("next_at")
    return list(rows.values_list("tenant_id", "pk")[:limit])
