"""Tries of a sign-in within the last minutes, by account and by address; belongs to nobody's space."""

from django.db import models


class Attempt(models.Model):
    key = models.CharField(max_length=64, unique=True)  # digest: neither account nor address is stored
    times: "models.JSONField[list[float], list[float]]" = models.JSONField(default=list)
    last_at = models.FloatField(default=0.0, db_index=True)  # for the sweep

    def __str__(self) -> str:
        return f"{len(self.times)} tries"
