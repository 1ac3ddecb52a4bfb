"""Plays against winning moments, as one would write them first."""

from __future__ import annotations

from django.db import models


class Named(models.Model):
    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Player(Named):
    number = models.PositiveIntegerField(unique=True)
    plays = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "tutorial"


class Moment(Named):
    at = models.DateTimeField(db_index=True)
    taken_by = models.ForeignKey(Player, null=True, on_delete=models.CASCADE)

    class Meta:
        app_label = "tutorial"


class Play(Named):
    player = models.ForeignKey(Player, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    won = models.BooleanField()

    class Meta:
        app_label = "tutorial"
