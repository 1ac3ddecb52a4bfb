"""The players of a game as its operators search them: the newest first, a page at a time."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from games.models import Award, Game, Player

PAGE = 30
LONGEST = 60


def page(game: Game, asked: str, before: int | None) -> dict[str, Any]:
    """Whose name contains what was asked, or who has that number; `before` is the number that the last page ended with."""
    players = Player.objects.filter(game=game).order_by("-number")
    asked = asked.strip().replace("\0", "")[:LONGEST]
    if asked:
        players = players.filter(Q(name__icontains=asked) | number_is(asked))
    if before is not None:
        players = players.filter(number__lt=before)
    found = list(players[: PAGE + 1])
    return {"players": shown(game, found[:PAGE]), "more": len(found) > PAGE}


def number_is(asked: str) -> Q:
    digits = asked.removeprefix("#")
    return Q(number=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else Q(pk__in=[])


def shown(game: Game, players: list[Player]) -> list[dict[str, Any]]:
    wins: dict[int, int] = defaultdict(int)
    for player in Award.objects.filter(game=game, player__in=[player.number for player in players]).values_list("player", flat=True):
        wins[player] += 1
    return [{"player": each.number, "name": each.name, "at": each.created_at.timestamp(), "won": wins[each.number]} for each in players]
