"""Players and their contacts, read by their numbers."""

from array import array
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from games.console.export.table import STRIDE, Pages, Row
from games.console.players import played
from games.models import Award, Game, Player
from tenants.models.contact import Consent


def players(game: Game) -> Pages:
    plays, wins = tally(game, played(game), "by"), tally(game, Award.objects.filter(game=game), "player")
    for some in strides(Player.objects.filter(game=game)):
        yield [(each.number, each.name, each.created_at, at(plays, each), at(wins, each), each.contact_id is not None) for each in some]


def tally(game: Game, rows: QuerySet[Any], player: str) -> "array[int]":
    """How many rows each player has, by his number: four octets a player, filled by one query."""
    found = array("L", bytes(array("L").itemsize * (game.numbers + 1)))
    for number, many in rows.order_by().values_list(player).annotate(many=Count("pk")).iterator(STRIDE):
        if number < len(found):
            found[number] = many
    return found


def at(counted: "array[int]", player: Player) -> int:
    """Who came in after it was counted has nothing yet."""
    return counted[player.number] if player.number < len(counted) else 0


def strides(rows: QuerySet[Player]) -> Iterator[list[Player]]:
    last = 0
    while some := list(rows.filter(number__gt=last).order_by("number")[:STRIDE]):
        yield some
        last = some[-1].number


def contacts(game: Game) -> Pages:
    """A line for each purpose that was agreed to; who agreed to none has one without."""
    for some in strides(Player.objects.filter(game=game, contact__isnull=False).select_related("contact")):
        given: dict[int, list[Consent]] = {}
        for consent in Consent.objects.filter(contact__in=[each.contact_id for each in some]).order_by("pk"):
            given.setdefault(consent.contact_id, []).append(consent)
        yield [line for each in some for line in agreed(each, given.get(each.contact_id or 0, []))]


def agreed(player: Player, given: list[Consent]) -> list[Row]:
    assert player.contact is not None
    begun = (player.number, player.name, player.contact.email, player.contact.created_at)
    return [(*begun, each.purpose, each.given_at, each.text_hash) for each in given] or [(*begun, None, None, None)]
