"""The history of a game's numbers: what each minute added (decision 48)."""

from typing import ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned


class Minute(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+")
    minute = models.PositiveIntegerField()  # whole minutes since 1970, UTC
    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["game", "minute", "name"], name="minute_name")
        ]

    def __str__(self) -> str:
        return f"{self.minute} {self.name}"
