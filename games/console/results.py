"""What came of a game: so far while it runs, final when it is over. Charts are drawn by the server, each with its table."""

from datetime import timedelta
from typing import Any

from babel.dates import format_date
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import columns, stock
from games.console.frame import show_tab
from games.console.funnel import funnel
from games.console.hours import MOST, Span, days, hours, unbroken
from games.console.page import find
from games.models import Game
from games.pages import times
from tenants.access import MemberRequest, member_required


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    prizes = stock.remaining(game)
    totals = {"players": 0, "plays": 0, "won": 0, **game.totals}
    given = {"given": sum(each.of - each.left for each in prizes), "of": sum(each.of for each in prizes)}
    odds = 100 * totals["won"] / totals["plays"] if totals["plays"] else None
    shared = {"over": game.phase == "ended", "totals": totals, "odds": odds, "funnel": funnel(game).steps}
    return show_tab(request, game, "results", {**shared, **given, **charts(game)})


def charts(game: Game) -> dict[str, Any]:
    rows = hours(game)
    by_day = bool(rows) and (rows[-1].at - rows[0].at) > timedelta(hours=MOST)
    spans = unbroken(days(rows), timedelta(days=1)) if by_day else unbroken(rows, timedelta(hours=1))
    plays = columns.drawn([(label(each, by_day), each.plays) for each in spans])
    odds = columns.drawn([(label(each, by_day), each.odds or 0) for each in spans], "%")
    table = [(label(each, by_day), each) for each in reversed(days(rows) if by_day else rows)]
    return {"plays_chart": plays, "odds_chart": odds, "rows": table[:MOST], "by_day": by_day}


def label(each: Span, by_day: bool) -> str:
    day = format_date(each.at, "d MMM", locale=get_language())
    return day if by_day else _("{day}, {clock}").format(day=day, clock=times.clock(each.at, str(each.at.tzinfo)))
