"""The log of a game: what happened, numbered 1, 2, 3…; never changed."""

from typing import ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned
from tenants.models.tenant import Tenant


class GameEvent(Owned):
    # Neither index nor check: nothing asks for a tenant's events but by game, and an event has the tenant of its game (`writing`).
    # Each event would pay for both, and that is a quarter of what the database does for it.
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False, db_constraint=False)

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    at = models.FloatField()
    role = models.CharField(max_length=8)
    by = models.PositiveBigIntegerField()  # number of the player, or id of the member, or 0
    ref = models.CharField(max_length=36)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    data = models.TextField()

    class Meta:
        # The last line behind the game's fence: a second writer of the same number fails here, whole (architecture 3.4).
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["game", "seq"], name="event_seq")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
