"""The prizes of a game: what is given and what is left, and each unit that was won. Of a code two letters are shown (decision 47)."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Right
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import keyset, stock
from games.console.frame import show_tab
from games.console.page import find
from games.console.people import LONGEST, number_is
from games.models import Award, Game, Player, PrizeCode
from tenants.access import MemberRequest, member_required

ORDERS = {"new": ("-play",), "old": ("play",), "prize": ("prize", "unit", "play")}
SHOWN = 2  # letters of a code: enough to tell two apart, too few to redeem one


class Given(NamedTuple):
    label: str
    unit: int  # as people count, from 1
    at: datetime
    player: int
    name: str
    code: str


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    words = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    sort, only, prizes = request.GET.get("sort", "new"), request.GET.get("only", ""), stock.remaining(game)
    whole = Award.objects.filter(game=game)
    found = keyset.page(whole, searched(game, whole, words, only), ORDERS.get(sort, ORDERS["new"]), keyset.asked(request.GET))
    labels = {prize.id: prize.label for prize in prizes}
    context = {"prizes": prizes, "found": found, "lines": lines(game, found.rows, labels), "q": words, "sort": sort, "only": only}
    return show_tab(request, game, "prizes", {**context, "any": bool(words or only)})


def searched(game: Game, awards: QuerySet[Award], words: str, only: str) -> QuerySet[Award]:
    if words:
        named = Player.objects.filter(Q(name__icontains=words) | number_is(words), game=game)
        awards = awards.filter(player__in=named.values("number"))
    return awards.filter(prize=only) if only else awards


def lines(game: Game, awards: list[Award], labels: dict[str, str]) -> list[Given]:
    names = dict(Player.objects.filter(game=game, number__in={each.player for each in awards}).values_list("number", "name"))
    codes = endings(game, awards)
    return [
        Given(labels.get(each.prize, each.prize), each.unit + 1, instant(each.at), each.player, names.get(each.player, ""), code)
        for each, code in ((award, codes.get((award.prize, award.unit), "")) for award in awards)
    ]


def endings(game: Game, awards: list[Award]) -> dict[tuple[str, int], str]:
    """Cut in the database: the whole code never comes here."""
    units = Q(pk__in=[])
    for award in awards:
        units |= Q(prize=award.prize, unit=award.unit)
    rows = PrizeCode.objects.filter(units, game=game).annotate(ending=Right("code", SHOWN))
    return {(prize, unit): ending for prize, unit, ending in rows.values_list("prize", "unit", "ending")}


def instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
