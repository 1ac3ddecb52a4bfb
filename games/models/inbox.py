"""Letters to games from where no node is: written in the sender's transaction, delivered by the clock (decision 32)."""

from typing import Any, ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned


class Inbox(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    role = models.CharField(max_length=8)
    by = models.PositiveBigIntegerField(default=0)  # id of the member, or 0
    ref = models.CharField(max_length=36)
    command: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    delivered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        # A letter stays for some time after it was delivered: the task that wrote it may run again, and it is the same letter then.
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["game", "ref"], name="inbox_ref")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["game", "id"], condition=models.Q(delivered_at=None), name="inbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.game_id} {self.ref}"
