"""A game's overview: its numbers, the last hour, what remains, the way from the door to the prize, and where people find it."""

import time
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import minutes, stock
from games.console.counted import counted, prized
from games.console.funnel import funnel
from games.console.page import find, show
from games.console.tabs import tabs
from games.models import Game, GameEvent
from games.pages import cards, screen, times
from games.pages.outward import outward
from tenants.access import MemberRequest, member_required


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game, now = find(public_id), time.time()
    context = {**numbers(game, now), **doors(request, game), **about(game), "tabs": tabs(game, "console-game")}
    return show(request, "games/console/overview.html", context, "games/console/overview.js")


@require_safe
@never_cache
@member_required()
def figures(request: MemberRequest, public_id: str) -> JsonResponse:
    """What the socket does not carry, for a page that stays open."""
    return JsonResponse(funnel(find(public_id)).bare())


def about(game: Game) -> dict[str, Any]:
    zone = game.tenant.zone
    ended = ended_at(game)
    return {
        "game": game,
        "kind": cards.kind(game),
        "opens": game.opens_at and times.moment(game.opens_at, zone),
        "closes": game.closes_at and times.moment(game.closes_at, zone),
        "ended": ended and times.moment(ended, zone),
    }


def ended_at(game: Game) -> datetime | None:
    """A host may close a game before its hour."""
    if game.phase != "ended":
        return None
    at = GameEvent.objects.filter(game=game, kind="ended").order_by("-seq").values_list("at", flat=True).first()
    return datetime.fromtimestamp(at, UTC) if at is not None else game.closes_at


def numbers(game: Game, now: float) -> dict[str, Any]:
    hour, way = minutes.last_hour([game.pk], now)[game.pk], funnel(game)
    lately = minutes.lately(hour, now)
    own = counted(game, *lately)
    columns = {each.figure.name: each.title for each in own} | {"players": _("New players")}
    return {
        "numbers": own,
        "pulse": own[0],
        "prized": prized(own),
        "players": game.totals.get("players", 0),
        "came": [row.get("players", 0) for row in lately],
        "hour": [line(row, columns, game.tenant.zone) for row in reversed(hour)],
        "prizes": stock.remaining(game),
        "funnel": way.steps,
        "last_win": way.last_win and datetime.fromtimestamp(way.last_win, UTC),
    }


def line(row: minutes.Row, columns: dict[str, str], zone: str) -> dict[str, Any]:
    """Of the table."""
    cells = [(title, row.get(name, 0)) for name, title in columns.items()]
    return {"clock": datetime.fromtimestamp(row["at"], ZoneInfo(zone)), "cells": cells}


def doors(request: HttpRequest, game: Game) -> dict[str, Any]:
    """Where people come in: the link, the code that is typed, the square that is photographed."""
    link = outward(request, game.get_absolute_url())
    short = outward(request, reverse("code", args=[game.code]))
    return {"link": link, "short": screen.plain(short), "qr": screen.square(link)}
