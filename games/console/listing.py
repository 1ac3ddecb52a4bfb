"""All games of a tenant: searched by title, sorted, a page at a time."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console.counted import counted, prized
from games.console.page import show
from games.models import Game
from games.pages import cards
from tenants.access import MemberRequest, member_required

PAGE = 25
ORDERS = {"new": "-pk", "title": "title", "opens": "opens_at", "closes": "closes_at"}


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest) -> HttpResponse:
    asked, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "new")
    archived = request.GET.get("archived") == "1"
    found = Paginator(searched(asked, order, archived), PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "rows": rows(found), "q": asked, "sort": order, "archived": archived}
    return show(request, "games/console/games.html", context)


def searched(asked: str, order: str, archived: bool) -> QuerySet[Game]:
    games = (
        Game.objects.filter(trial=False, archived_at__isnull=not archived).select_related("tenant").order_by(ORDERS.get(order, "-pk"), "pk")
    )
    return games.filter(title__icontains=asked.replace("\0", "")) if asked else games


def rows(games: Any) -> list[dict[str, Any]]:
    return [row(game) for game in games]


def row(game: Game) -> dict[str, Any]:
    numbers = counted(game)
    return {"card": cards.card(game), "pulse": numbers[0], "prizes": prized(numbers)}
