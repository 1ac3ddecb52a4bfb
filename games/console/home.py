"""Home: what is live now, what needs doing, what comes next, and the last seven days."""

import time
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import agenda, minutes, stock
from games.console.page import show
from games.mechanic import Figure
from games.models import Game
from games.pages import cards, times
from games.registry import MECHANICS
from tenants.access import MemberRequest, member_required


class Tile(NamedTuple):
    game: Game
    kind: str
    players: int
    given: int
    of: int  # prizes in all, 0 where there are none
    a_minute: int
    bars: list[minutes.Bar]
    pulse: Figure

    @property
    def pace(self) -> str:
        """What the last minute brought, in the words of its mechanic."""
        one, other = self.pulse.pace
        return ngettext(one, other, self.a_minute).format(count=times.number(self.a_minute))

    @property
    def paces(self) -> list[str]:
        """The same for any number, of one and of many: what moves on the page is worded there."""
        return [ngettext(*self.pulse.pace, number) for number in (1, 2)]


class Sum(NamedTuple):
    """What seven days added up to, and how people call that."""

    title: str
    total: minutes.Total


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    games = list(Game.objects.select_related("tenant").order_by("pk"))
    tiles = made(games, time.time())
    context = {**lists(games, now), **head(tiles, now, request.tenant.zone), "tiles": tiles}
    return show(request, "games/console/home.html", context, "games/console/home.js")


def head(tiles: list[Tile], now: datetime, zone: str) -> dict[str, Any]:
    live = sum(tile.game.phase == "open" for tile in tiles)
    date = format_date(now.astimezone(ZoneInfo(zone)), "EEEE d MMMM", locale=get_language())
    return {"headline": headline(live), "date": date[0].upper() + date[1:], "clock": times.clock(now, zone), "now": now.timestamp()}


def lists(games: list[Game], now: datetime) -> dict[str, Any]:
    return {
        "games": games,
        "tasks": agenda.tasks(games),
        "coming": agenda.coming(games, now),
        "week": week(games, now.timestamp()),
    }


def made(games: list[Game], now: float) -> list[Tile]:
    """The tiles: running games before paused ones, the fullest first."""
    running = [game for game in games if game.phase in ("open", "paused")]
    hours = minutes.last_hour([game.pk for game in running], now)
    tiles = [tile(game, hours[game.pk], now) for game in running]
    return sorted(tiles, key=lambda each: (each.game.phase != "open", -each.players))


def tile(game: Game, rows: list[minutes.Row], now: float) -> Tile:
    prizes, pulse = stock.remaining(game), MECHANICS[game.kind].pulse()
    given, of = sum(prize.of - prize.left for prize in prizes), sum(prize.of for prize in prizes)
    bars, a_minute = minutes.bars(rows, now, pulse.name), minutes.last_full(rows, now, pulse.name)
    return Tile(game, cards.kind(game), game.totals.get("players", 0), given, of, a_minute, bars, pulse)


def week(games: list[Game], now: float) -> list[Sum]:
    """The figures of all kinds of game that there are, each once, and who came in."""
    kinds = dict.fromkeys(game.kind for game in games)
    titles = {figure.name: _(figure.title) for kind in kinds for figure in MECHANICS[kind].figures} | {"players": _("New players")}
    return [Sum(titles[total.name], total) for total in minutes.week(list(titles), now)] if games else []


def headline(live: int) -> str:
    """How many games are live is the headline; small numbers are words."""
    if not live:
        return _("No game live")
    return ngettext("{count} game live", "{count} games live", live).format(count=spelled(live))


def spelled(number: int) -> str:
    words = [_("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine")]
    return words[number - 1] if number <= len(words) else str(number)
