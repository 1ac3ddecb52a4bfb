"""The link by which a winner reaches his claim without cookies: in a mail, and from a play page inside another app."""

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from games.models import Game


def key(tenant: int, award: str, player: int) -> str:
    """Names the player; for this award alone."""
    return f"{player}.{signature(tenant, award, player)}"


def holder(tenant: int, award: str, text: str) -> int | None:
    """Whom a key names; None for one that we have not made for this award."""
    number, _, given = text[:200].partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return int(number) if constant_time_compare(given, signature(tenant, award, int(number))) else None


def signature(tenant: int, award: str, player: int) -> str:
    return Signer(salt=f"sobuzz.claim.{tenant}").signature(f"{award}:{player}")


def path(game: Game, award: str, player: int) -> str:
    where = reverse("claim", args=[game.tenant.slug, game.slug, award])
    return f"{where}?{urlencode({'key': key(game.tenant_id, award, player)})}"


def absolute(where: str) -> str:
    """For mails, which no request has asked for."""
    return f"{settings.PUBLIC_URL}{where}"
