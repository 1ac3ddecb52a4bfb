"""A letter to a game from where no node is: a worker, a command line (decision 32)."""

from collections.abc import Collection
from typing import Any, NamedTuple

import msgspec
from django.db.models import Min
from django.utils import timezone

from games.mechanic import Command, Role
from games.models import Game, Inbox


class Posted(NamedTuple):
    """A letter that waits for the clock."""

    row: int
    tenant: int
    game: int
    role: str
    by: int
    ref: str
    command: dict[str, Any]


def put(game: Game, command: Command, ref: str, role: Role = "system", by: int = 0) -> None:
    """In the caller's scope and transaction: it goes out when that commits, or never. The same ref again is the same letter."""
    if command.role != role:
        raise ValueError(f"{type(command).__name__} is for {command.role}, not for {role}.")
    letter = Inbox(game=game, role=role, by=by, ref=ref, command=msgspec.to_builtins(command))
    Inbox.objects.bulk_create([letter], ignore_conflicts=True)


def waiting(limit: int, but: Collection[int] = ()) -> list[Posted]:
    """The oldest letter of each game `but` these, of at most so many games: a game gets its letters one after the other."""
    first = (
        Inbox.objects.filter(delivered_at=None).exclude(game__in=but).order_by().values("game").annotate(first=Min("pk")).values("first")
    )
    rows = Inbox.objects.filter(pk__in=first).order_by("pk")
    return [Posted(*row) for row in rows.values_list("pk", "tenant_id", "game_id", "role", "by", "ref", "command")[:limit]]


def delivered(row: int) -> None:
    """It is in the game's log, or was refused: nobody need bring it again. Its row keeps the ref from being written again."""
    Inbox.objects.filter(pk=row, delivered_at=None).update(delivered_at=timezone.now())
