"""Tickets made by the load itself: the platform's own signature, without its database."""

from __future__ import annotations

from django.conf import settings

from benchmarks import stage
from tenants import identity


def use(key: str) -> None:
    settings.configure(SECRET_KEY=key)


def player(tenant: int, game: int, number: int) -> str:
    return identity.make_ticket(identity.Identity(tenant, "player", player=number), game)


def operator(tenant: int, game: int) -> str:
    return identity.make_ticket(identity.Identity(tenant, "operator", member=stage.HOST), game)
