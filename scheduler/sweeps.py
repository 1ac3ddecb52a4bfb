"""What has served its time and goes. Each sweep may run twice, or late: it only removes what is over."""

import time
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Failure, Success

from games.drafts.keeping import BIN
from games.models import Draft, Game, Inbox, UsedTicket
from tenants import scope, throttle

MARGIN = 60.0  # seconds: the clocks of two machines may differ, and a ticket must not open a second socket
SUCCESSES, FAILURES = timedelta(days=1), timedelta(days=30)
TRIED = timedelta(days=1)
DELIVERED = timedelta(days=30)  # much longer than any task is tried


def tickets() -> int:
    """A used ticket must be known as long as it would open a socket, and not longer."""
    with scope.platform():
        gone, _ = UsedTicket.objects.filter(expires_at__lt=time.time() - MARGIN).delete()
    return gone


def letters() -> int:
    """A letter that was delivered must be known as long as its task may write it again."""
    with scope.platform():
        gone, _ = Inbox.objects.filter(delivered_at__lt=timezone.now() - DELIVERED).delete()
    return gone


def trials() -> int:
    """A try-out is for the hour, not for keeps: its players go with it."""
    with scope.platform():
        old = list(Game.objects.filter(trial=True, created_at__lt=timezone.now() - TRIED))
        for game in old:
            game.delete()
    return len(old)


def drafts() -> int:
    """What has lain in the bin for its time."""
    with scope.platform():
        gone, _ = Draft.objects.filter(binned_at__lt=timezone.now() - BIN).delete()
    return gone


def sessions() -> int:
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return gone


def attempts() -> int:
    """Wrong passwords of long ago say nothing any more."""
    return throttle.sweep()


def results() -> int:
    """The queue keeps what its tasks came to; days of it are enough."""
    now = timezone.now()
    successes, _ = Success.objects.filter(stopped__lt=now - SUCCESSES).delete()
    failures, _ = Failure.objects.filter(stopped__lt=now - FAILURES).delete()
    return int(successes + failures)
