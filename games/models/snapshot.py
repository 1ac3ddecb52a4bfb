"""A game's state at a number of its log, so that its next actor need not read all of it (decision 29)."""

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned


class Snapshot(Owned):
    """The newest one of a game; it may be thrown away at any time."""

    game = models.OneToOneField(Game, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64)  # of the state's type: one that does not fit is not read (decision 20)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.game_id} at {self.seq}"
