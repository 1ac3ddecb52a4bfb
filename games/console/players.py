"""The players of a game: found by name, number or address, sorted, a page at a time; addresses for those who may read them."""

from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import keyset
from games.console.frame import reads, show_tab
from games.console.page import find
from games.console.people import LONGEST, number_is
from games.models import Award, Game, GameEvent, Player
from tenants.access import MemberRequest, member_required

ORDERS = {"new": ("-number",), "old": ("number",), "name": ("name", "number")}


class Line(NamedTuple):
    player: Player
    plays: int
    wins: int
    purposes: list[str]  # what his contact has agreed to; empty for those who may not read addresses


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game, may_read = find(public_id), reads(request)
    words = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    sort, only = request.GET.get("sort", "new"), request.GET.get("only", "")
    whole = Player.objects.filter(game=game)
    found = keyset.page(whole, searched(game, whole, words, only, may_read), ORDERS.get(sort, ORDERS["new"]), keyset.asked(request.GET))
    context = {"found": found, "lines": lines(game, found.rows, may_read), "q": words, "sort": sort, "only": only}
    return show_tab(request, game, "players", {**context, "any": bool(words or only)})


def searched(game: Game, players: QuerySet[Player], words: str, only: str, may_read: bool) -> QuerySet[Player]:
    """Who may not read an address may not guess one either."""
    if words:
        match = Q(name__icontains=words) | number_is(words)
        players = players.filter(match | Q(contact__email__icontains=words) if may_read else match)
    if only == "won":
        players = players.filter(number__in=Award.objects.filter(game=game).values("player"))  # one pass: awards have no index by player
    return players.select_related("contact").prefetch_related("contact__consents") if may_read else players


def lines(game: Game, players: list[Player], may_read: bool) -> list[Line]:
    numbers = [player.number for player in players]
    plays, wins = counted(played(game), "by", numbers), counted(Award.objects.filter(game=game), "player", numbers)
    return [Line(each, plays.get(each.number, 0), wins.get(each.number, 0), purposes(each, may_read)) for each in players]


def played(game: Game) -> QuerySet[GameEvent]:
    """What players did, besides coming in."""
    return GameEvent.objects.filter(game=game, role="player").exclude(kind="joined")


def counted(rows: QuerySet[Any], player: str, numbers: list[int]) -> dict[int, int]:
    """How many of these rows each of these players has, in one query."""
    found = rows.filter(**{f"{player}__in": numbers}).order_by().values_list(player)
    return dict(found.annotate(many=Count("pk"))) if numbers else {}


def purposes(player: Player, may_read: bool) -> list[str]:
    if not may_read or player.contact is None:
        return []
    return sorted({consent.purpose for consent in player.contact.consents.all()})
