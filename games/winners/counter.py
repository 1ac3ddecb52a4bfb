"""At a shop's counter: from what is typed or scanned to one answer."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.db.models import Q

from games.models import Award, Claim, PrizeCode
from games.winners import rules

VALID, UNCLAIMED, UNKNOWN = "valid", "unclaimed", "unknown"
TONES = {VALID: "good", UNCLAIMED: "warn", rules.SHIPPED: "warn", rules.REDEEMED: "bad", rules.LAPSED: "bad", UNKNOWN: "bad"}
SEVERAL = 20  # prizes that may carry one code


@dataclass(frozen=True)
class Answer:
    verdict: str
    claim: Claim | None = None

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


def typed(text: str) -> str:
    """A scanner types the address that stands in the square, people the code alone."""
    text = text.strip().replace("\0", "")[:500]
    if "://" in text:
        text = inside(text)
    return text.strip()[:64]


def inside(address: str) -> str:
    try:
        return parse_qs(urlsplit(address).query).get("code", [""])[0]
    except ValueError:
        return ""  # no address after all


def find(text: str, now: datetime) -> Answer:
    """In the tenant's scope: a code of another tenant is unknown here."""
    wanted = typed(text)
    awards = awards_of(wanted) if wanted else []
    claims = Claim.objects.filter(award__in=awards).select_related("award", "game__tenant", "settled_by__user").order_by("-round")
    answers = [Answer(verdict(claim, now), claim) for claim in latest(list(claims))]
    if not answers and awards:
        return Answer(UNCLAIMED)
    return min(answers, key=lambda each: list(TONES).index(each.verdict), default=Answer(UNKNOWN))


def awards_of(wanted: str) -> list[Award]:
    """By the code of the unit; by the award's own number where prizes have no codes."""
    codes = PrizeCode.objects.filter(code__in={wanted, wanted.upper(), wanted.lower()})[:SEVERAL]
    units = [Q(game=code.game_id, prize=code.prize, unit=code.unit) for code in codes]
    asked = Q(public_id=wanted.lower())
    for unit in units:
        asked |= unit
    return list(Award.objects.filter(asked, game__trial=False))


def latest(claims: list[Claim]) -> list[Claim]:
    """Of each award who holds it, or held it last."""
    found: dict[int, Claim] = {}
    for claim in claims:
        found.setdefault(claim.award_id, claim)
    return list(found.values())


def verdict(claim: Claim, now: datetime) -> str:
    if claim.state == rules.CLAIMED:
        return VALID
    if claim.state in (rules.SHIPPED, rules.REDEEMED):
        return claim.state
    if claim.state == rules.WON and not rules.is_late(claim.state, claim.due_at, now):
        return UNCLAIMED
    return rules.LAPSED
