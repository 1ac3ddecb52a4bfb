"""The history of a game's numbers: what each minute added (decision 48)."""

from typing import ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned
from tenants.models.tenant import Tenant


class Minute(Owned):
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False)
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    minute = models.PositiveIntegerField()  # whole minutes since 1970, UTC
    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["game", "minute", "name"], name="minute_name")
        ]
        # The last hour of all games of a tenant. Nothing that changes is in an index, so that adding up stays in its page.
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tenant", "minute"], name="minute_tenant")]

    def __str__(self) -> str:
        return f"{self.minute} {self.name}"
