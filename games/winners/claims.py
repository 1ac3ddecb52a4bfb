"""Claims as rows: opened, moved by the rules alone, each step with who and when."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from games.models import Award, Claim, ClaimStep, Game, Handover
from games.winners import mail, rules
from tenants.models.member import Member


class By(NamedTuple):
    """Who takes a step."""

    role: str
    member: Member | None = None


PLAYER, SYSTEM = By("player"), By("system")


class Given(NamedTuple):
    """What a winner says of himself."""

    name: str
    email: str
    address: str = ""


def handover(game: Game) -> Handover:
    return Handover.objects.filter(game=game).first() or Handover(game=game)


def open_claim(award: Award, now: datetime | None = None) -> Claim:
    """The first claim of an award; the same one, whoever asks first."""
    known = Claim.objects.filter(award=award, round=1).first()
    if known is None:
        open_claims(award.game, [award], now or timezone.now())
        known = Claim.objects.get(award=award, round=1)
    return known


@transaction.atomic
def open_claims(game: Game, awards: Iterable[Award], now: datetime) -> None:
    """Of one game; who left an address is told in the same commit. Twice at once is once."""
    days, given = handover(game).days, list(awards)
    fresh = [
        Claim(
            game=game, award=award, player=award.player, opened_at=now, due_at=rules.due(datetime.fromtimestamp(award.at, UTC), now, days)
        )
        for award in given
    ]
    Claim.objects.bulk_create(fresh, ignore_conflicts=True)
    if not game.trial:
        mail.post(Claim.objects.filter(award__in=given, round=1), mail.WIN, now)


def unopened(limit: int) -> list[Award]:
    """Awards that nobody has opened a claim for; in the platform's scope. A try-out gives nothing."""
    known = Claim.objects.filter(award=OuterRef("pk"))
    return list(Award.objects.filter(~Exists(known), game__trial=False).select_related("game").order_by("pk")[:limit])


@transaction.atomic
def turn(claim: Claim, act: str, by: By, now: datetime, words: str = "", **fields: Any) -> Claim:
    """Takes a step, if the claim is still where it was read: of two at once, one wins. Raises Refused."""
    state = rules.turned(claim.state, act)
    if not Claim.objects.filter(pk=claim.pk, state=claim.state, settled_at=claim.settled_at).update(state=state, **fields):
        raise rules.Refused("overtaken")
    ClaimStep.objects.create(claim=claim, at=now, act=act, role=by.role, member=by.member, words=words[:120])
    for name, value in {"state": state, **fields}.items():
        setattr(claim, name, value)
    return claim


@transaction.atomic
def claim(held: Claim, given: Given, now: datetime) -> Claim:
    """The winner says who he is; his code is his from now on. Raises Refused."""
    if rules.is_late(held.state, held.due_at, now):
        raise rules.Refused(rules.LAPSED)
    turn(held, "claim", PLAYER, now, claimed_at=now, **given._asdict())
    if not held.game.trial:
        mail.post(Claim.objects.filter(pk=held.pk), mail.CODE, now)
    return held


def ship(held: Claim, member: Member, now: datetime) -> Claim:
    return turn(held, "ship", By("member", member), now, settled_at=now, settled_by=member)


def redeem(held: Claim, member: Member, now: datetime, receiver: str = "") -> Claim:
    return turn(held, "redeem", By("member", member), now, receiver, settled_at=now, settled_by=member, receiver=receiver[:120])


def undo(held: Claim, member: Member, now: datetime) -> Claim:
    """A slip of the thumb: within a minute, by whom it was."""
    if held.state == rules.REDEEMED and not rules.may_undo(held.settled_at, held.settled_by_id, member.pk, now):
        raise rules.Refused("too_late")
    return turn(held, "undo", By("member", member), now, settled_at=None, settled_by=None, receiver="")
