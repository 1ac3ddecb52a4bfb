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
from games.console.counted import Counted, counted
from games.console.page import show
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
    bars: list[minutes.Bar]
    pulse: Counted

    @property
    def pace(self) -> str:
        """What the minute that runs has brought, in the words of its mechanic."""
        return self.pulse.words_now


class Sum(NamedTuple):
    """What seven days added up to, how people call that, and what each game had counted of it by then: the page adds what came since."""

    title: str
    total: minutes.Total
    bases: str


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    games = list(Game.objects.filter(trial=False, archived_at=None).select_related("tenant").order_by("pk"))
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
    prizes, pulse = stock.remaining(game), counted(game, *minutes.lately(rows, now))[0]
    given, of = sum(prize.of - prize.left for prize in prizes), sum(prize.of for prize in prizes)
    bars = minutes.bars(rows, now, pulse.figure.name)
    return Tile(game, cards.kind(game), game.totals.get("players", 0), given, of, bars, pulse)


def week(games: list[Game], now: float) -> list[Sum]:
    """The figures of all kinds of game that there are, each once, and who came in."""
    kinds = dict.fromkeys(game.kind for game in games)
    titles = {figure.name: _(figure.title) for kind in kinds for figure in MECHANICS[kind].figures} | {"players": _("New players")}
    return [Sum(titles[total.name], total, bases(games, total.name)) for total in minutes.week(list(titles), now)] if games else []


def bases(games: list[Game], name: str) -> str:
    return " ".join(f"{game.public_id}:{game.totals.get(name, 0)}" for game in games)


def headline(live: int) -> str:
    """How many games are live is the headline; small numbers are words."""
    if not live:
        return _("No game live")
    return ngettext("{count} game live", "{count} games live", live).format(count=spelled(live))


def spelled(number: int) -> str:
    words = [_("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine")]
    return words[number - 1] if number <= len(words) else str(number)
