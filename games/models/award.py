"""A prize given, and the codes that its units carry."""

from typing import ClassVar

from django.db import models

from games.models.game import Game
from tenants.ids import public_id
from tenants.models.base import Owned


class Award(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    player = models.PositiveIntegerField()
    prize = models.CharField(max_length=40)
    unit = models.PositiveIntegerField()
    moment = models.PositiveIntegerField(null=True)
    play = models.PositiveBigIntegerField()  # number of the event that gave it
    at = models.FloatField()

    class Meta:
        # The last line of exactly-once (decision 10): whatever a program gets wrong, the second award fails here.
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["game", "moment"], name="award_moment"),
            models.UniqueConstraint(fields=["game", "prize", "unit"], name="award_unit"),
            models.UniqueConstraint(fields=["game", "play"], name="award_play"),
        ]

    def __str__(self) -> str:
        return f"{self.prize} {self.unit}"


class PrizeCode(Owned):
    """The code of unit n of a prize: unit n takes row n, so nothing is searched or locked (decision 47)."""

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    prize = models.CharField(max_length=40)
    unit = models.PositiveIntegerField()
    code = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["game", "prize", "unit"], name="code_unit")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tenant", "code"], name="code_typed")]  # at a counter

    def __str__(self) -> str:
        return f"{self.prize} {self.unit}"
