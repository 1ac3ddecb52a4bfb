"""A game that is being set up: what was typed, as it was typed, and how it came to be so."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from games.models.game import Game
from games.registry import choices
from tenants.ids import public_id
from tenants.models.base import Owned
from tenants.models.member import Member


class Draft(Owned):
    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=40, choices=choices)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)  # counts the savings: who saves names the one he has seen
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    binned_at = models.DateTimeField(null=True, blank=True, db_index=True)
    game = models.ForeignKey(Game, null=True, on_delete=models.SET_NULL, related_name="+")  # what it became
    trial = models.ForeignKey(Game, null=True, on_delete=models.SET_NULL, related_name="+")  # in which it is tried out

    def __str__(self) -> str:
        return str(self.content.get("title", "")).strip() or _("Without a title")


class DraftVersion(Owned):
    """The content as somebody left it: savings of one person in a row are one version until he pauses."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"
