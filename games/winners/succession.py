"""What becomes of a unit that nobody has claimed: the next substitute gets it, or it is free again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Q, Value, When

from games.models import Claim, Game, Substitute
from games.winners import mail, rules
from games.winners.claims import SYSTEM, By, handover, turn

AT_ONCE = 200


@transaction.atomic
def lapse(held: Claim, by: By, now: datetime) -> Claim | None:
    """Ends a claim and hands its unit on, in one commit. Answers the substitute's claim. Raises Refused.

    A unit whose code its winner has seen is not handed on: his code would be valid again with the next one's claim.
    """
    seen = held.state == rules.CLAIMED
    turn(held, "lapse", by, now, settled_at=now, settled_by=by.member)
    heir = None if seen else next_of(held)
    if heir is None:
        turn(held, "return", SYSTEM, now)
        return None
    turn(held, "pass", SYSTEM, now)
    until = now + timedelta(days=handover(held.game).days)
    fresh = Claim.objects.create(game=held.game, award=held.award, round=held.round + 1, player=heir.player, opened_at=now, due_at=until)
    Substitute.objects.filter(pk=heir.pk).update(claim=fresh)
    mail.post(Claim.objects.filter(pk=fresh.pk), mail.WIN, now)
    return fresh


def next_of(held: Claim, lock: bool = True) -> Substitute | None:
    """The first who waits for this very prize, else for any; never one who let this unit go already."""
    before = Claim.objects.filter(award=held.award).values("player")
    exact = Case(When(prize="", then=Value(1)), default=Value(0))
    rows = Substitute.objects.select_for_update() if lock else Substitute.objects.all()
    rows = rows.filter(Q(prize=held.award.prize) | Q(prize=""), game=held.game, claim=None)
    return rows.exclude(player__in=before).order_by(exact, "pk").first()


def overdue(now: datetime) -> list[Claim]:
    """In the platform's scope, the longest overdue first."""
    late = Claim.objects.filter(state=rules.WON, due_at__lte=now)
    return list(late.select_related("award", "game").order_by("due_at")[:AT_ONCE])


def waiting(game: Game) -> list[Substitute]:
    return list(Substitute.objects.filter(game=game).order_by("pk"))


def free_units(game: Game) -> list[Claim]:
    """Units that came back and have no holder: what a second chance may give."""
    held = Claim.objects.filter(game=game, state__in=rules.LIVING).values("award")
    return list(Claim.objects.filter(game=game, state=rules.RETURNED).exclude(award__in=held).select_related("award").order_by("pk"))
