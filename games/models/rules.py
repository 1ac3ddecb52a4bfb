"""The printed rules of a game, a row for each version: none is ever changed."""

from typing import Any, ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned


class RulesVersion(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    details: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)  # as facts.Details, for the next version
    blocks: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()  # by language, as they were written
    hashes: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField()  # by language, of the canonical text

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["game", "version"], name="rules_version")]

    def __str__(self) -> str:
        return f"{self.game_id} v{self.version}"
