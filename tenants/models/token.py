"""A token of the API: shown once, kept as a digest."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from tenants.models.base import Owned
from tenants.models.user import User

PREFIX = "sobuzz_"


class ApiToken(Owned):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)  # empty: what the member may do
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tenant", "user"], name="token_user")]

    def __str__(self) -> str:
        return self.name or f"token {self.pk}"

    @classmethod
    def issue(cls, user: User, **fields: Any) -> tuple[Self, str]:
        """The row and the secret; the secret exists nowhere else."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(user=user, digest=digest(secret), **fields), secret

    def expired(self, now: datetime | None = None) -> bool:
        return self.expires_at is not None and self.expires_at <= (now or timezone.now())


def digest(secret: str) -> str:
    """A plain hash is enough: the secret has 256 random bits, nobody can try them out."""
    return hashlib.sha256(secret.encode()).hexdigest()
