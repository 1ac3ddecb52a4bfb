"""A player of one game; rules know the number alone (decision 1)."""

from typing import ClassVar

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned
from tenants.models.contact import Contact


class Player(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    device = models.CharField(max_length=32)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["game", "number"], name="player_number"),
            models.UniqueConstraint(fields=["game", "device"], name="player_device"),
            models.UniqueConstraint(fields=["game", "contact"], name="player_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class UsedTicket(Owned):
    """A ticket opens one socket: the row is what makes the second try fail (decision 38)."""

    ticket = models.CharField(max_length=32, unique=True)
    expires_at = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.ticket
