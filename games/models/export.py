"""Who took which data away, and when: kept for as long as the game."""

from django.db import models

from games.models.game import Game
from tenants.models.base import Owned
from tenants.models.user import User


class Export(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=254)  # as he was called then
    table = models.CharField(max_length=20)
    form = models.CharField(max_length=8)
    at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField(null=True)  # null: has not come to its end

    def __str__(self) -> str:
        return f"{self.table}.{self.form}"
