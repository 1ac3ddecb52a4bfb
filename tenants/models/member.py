"""What a user may do in a tenant's space."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models.base import Owned
from tenants.models.user import User


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    ANALYST = "analyst", _("analyst")
    MODERATOR = "moderator", _("moderator")


class Member(Owned):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=9, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["tenant", "user"], name="member_user")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
