"""A person who left an address with a tenant, and what he agreed to."""

import hashlib
from typing import Any, ClassVar

from django.db import models

from tenants.email import normalised
from tenants.models.base import Owned


class Contact(Owned):
    email = models.EmailField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["tenant", "email"], name="contact_email")]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = normalised(self.email)
        super().save(*args, **kwargs)


class Consent(Owned):
    """One purpose agreed to, with the hash of the words that were shown."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tenant", "purpose"], name="consent_purpose")]

    def __str__(self) -> str:
        return self.purpose


def text_hash(text: str) -> str:
    """What a consent row keeps of the words that were agreed to."""
    return hashlib.sha256(text.encode()).hexdigest()
