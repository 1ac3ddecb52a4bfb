"""Tables, players and moments of the tutorial's game: `python -m benchmarks.peers.tutorial.scene 1000`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta


def make(players: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from benchmarks.peers.tutorial.models import Moment, Play, Player

    with connection.schema_editor() as editor:
        for model in (Player, Moment, Play):
            editor.create_model(model)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    Player.objects.bulk_create(Player(number=number) for number in range(1, players + 1))
    Moment.objects.bulk_create(Moment(at=timezone.now() + timedelta(minutes=6 * number - 1440)) for number in range(1654))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.tutorial.settings")
    import django

    django.setup()
    make(int(sys.argv[1]))
