"""Which engine owns a shard of the games, and until when by the database's clock (decision 28)."""

from django.db import models


class Lease(models.Model):
    shard = models.PositiveSmallIntegerField(primary_key=True)
    owner = models.CharField(max_length=64)
    term = models.PositiveBigIntegerField(default=1)  # counts the owners
    until = models.FloatField()  # seconds since 1970
    hears = models.BooleanField(db_default=True)  # letters reach the owner; a release that does not say so counts as before

    def __str__(self) -> str:
        return f"{self.shard}: {self.owner}"
