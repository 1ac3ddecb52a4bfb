"""Whom a token of the API speaks for, and what it was made for. It never may more than its member may at this moment."""

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone

from tenants import access, scope
from tenants.models.member import Member
from tenants.models.token import ApiToken, digest

COARSE = timedelta(hours=1)  # between two notes of when a token was used


class Scope(StrEnum):
    """What a token can be made for; one that names none may all that its member may."""

    OPERATE = "operate"  # commands, and the operators' socket
    WATCH = "watch"  # the statistics' socket


class Holder(NamedTuple):
    """Who stands behind a token, or behind a ticket that was made with it."""

    role: str
    scopes: list[str]

    def may(self, wanted: str) -> bool:
        return not self.scopes or wanted in self.scopes


def read(secret: str) -> tuple[ApiToken, Member] | None:
    """The token and its member, if token, account and membership are all still good."""
    with scope.platform():
        row = ApiToken.objects.select_related("user").filter(digest=digest(secret)).first()
    if row is None or row.expired() or not row.user.is_active:
        return None
    _note(row)
    member = access.membership(row.user, row.tenant_id)
    return (row, member) if member else None


def _note(row: ApiToken) -> None:
    now = timezone.now()
    if row.used_at is None or now - row.used_at > COARSE:
        with scope.tenant(row.tenant_id):
            ApiToken.objects.filter(pk=row.pk).update(used_at=now)
