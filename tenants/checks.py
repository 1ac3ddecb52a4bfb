"""Says at the start what would be dangerous later (checklist 62)."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections, models

from tenants.hashers import Argon2
from tenants.isolation import unprotected
from tenants.models.base import Owned, ScopedManager
from tenants.models.tenant import Tenant

DOMAINS = "tenants.middleware.Domains"


@register(Tags.security)
def hosts(**kwargs: Any) -> list[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS and not _trying():
        return [
            Error(
                "ALLOWED_HOSTS answers to every name.", hint="Name the platform's hosts; tenants' domains are looked up.", id="tenants.E001"
            )
        ]
    return []


@register(Tags.security)
def hashers(**kwargs: Any) -> list[CheckMessage]:
    first = get_hashers()[0]
    if isinstance(first, Argon2) or getattr(settings, "TESTING", False):
        return []
    return [Error("Passwords are not hashed at the price that was measured.", hint="Put tenants.hashers.Argon2 first.", id="tenants.E002")]


@register(Tags.security)
def debug(**kwargs: Any) -> list[CheckMessage]:
    if not settings.DEBUG:
        return []
    if getattr(settings, "SECURE", False):
        return [Error("DEBUG is on behind the proxy: errors would show settings and code.", hint="Unset DEBUG.", id="tenants.E003")]
    return [Warning("DEBUG is on: never where strangers can reach it.", id="tenants.W003")]


@register(Tags.security)
def cookies(**kwargs: Any) -> list[CheckMessage]:
    if _trying() or (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return []
    hint = "Set SECURE=1 behind a proxy that ends TLS."
    return [Warning("Sign-ins travel without TLS: anybody on the way can take them over.", hint=hint, id="tenants.W004")]


@register(Tags.security)
def proxies(**kwargs: Any) -> list[CheckMessage]:
    if not getattr(settings, "SECURE", False) or settings.TRUSTED_PROXIES:
        return []
    hint = "Name its addresses in TRUSTED_PROXIES."
    return [Warning("Everybody seems to come from the proxy: limits for one are limits for all.", hint=hint, id="tenants.W009")]


@register(Tags.security)
def order(**kwargs: Any) -> list[CheckMessage]:
    """Whoever asks for the host before the domains are known would refuse every tenant's own."""
    if settings.MIDDLEWARE[:1] == [DOMAINS]:
        return []
    return [Error("Domains of tenants are looked up too late.", hint=f"Put {DOMAINS} first in MIDDLEWARE.", id="tenants.E008")]


@register(Tags.models)
def owners(**kwargs: Any) -> list[CheckMessage]:
    """Whoever has a tenant has the manager that asks for the scope, also behind `obj.game` and `save()`."""
    return [
        Error("A model with a tenant has to be `Owned`, with its manager.", obj=model, id="tenants.E005")
        for model in owned()
        if not (
            issubclass(model, Owned)
            and isinstance(model._default_manager, ScopedManager)
            and isinstance(model._base_manager, ScopedManager)
        )
    ]


@register(Tags.database)
def walls(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            found += [Error(problem, id="tenants.E006") for problem in unprotected(connection, [model._meta.db_table for model in owned()])]
        elif connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
            found.append(Error("SQLite without IMMEDIATE transactions loses writes under load.", id="tenants.E007"))
    return found


def owned() -> list[type[models.Model]]:
    """Every table whose rows belong to a tenant."""
    return [model for model in apps.get_models() if any(field.related_model is Tenant for field in model._meta.concrete_fields)]


def _trying() -> bool:
    return bool(settings.DEBUG or getattr(settings, "DEMO", False))
