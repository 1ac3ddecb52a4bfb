"""The play page: entrance and game in one page; what moves on it comes over the socket."""

import json

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.api import who
from games.models import Game, RulesVersion
from games.pages import cards, modules, times
from games.pages.reach import in_game
from games.store.loading import ruleset_of

MOST = 200  # letters of a name that was sent before the page was awake
LONG = 28  # letters of a headline that still stand as a poster


@require_safe
@never_cache
@in_game
def page(request: HttpRequest, game: Game) -> HttpResponse:
    more = {"known": bool(who(request, game, None)), "typed": request.GET.get("nickname", "")[:MOST]}
    return render(request, "games/play.html", {**context(game), **more, "modules": scripts(game, "games/play.js")})


def scripts(game: Game, entry: str) -> tuple[str, ...]:
    return modules.needed(entry, f"games/mechanics/{game.kind}.js")


def context(game: Game) -> dict[str, object]:
    """What the pages of one game have in common."""
    title, zone, card = game.headline or game.title, game.tenant.zone, cards.card(game)
    return {
        "game": game,
        "tenant": game.tenant,
        "headline": title,
        "long": len(title) > LONG,
        "card": card,
        "zone_words": times.zone_words(zone),
        "hours": card.hours and times.zoned(card.hours, zone),
        "opens": game.opens_at and times.zoned(times.when(game.opens_at, zone), zone),
        "beginning": beginning(game),
        "sealed": bool(game.seal),
        "ruled": bool(game.pk) and RulesVersion.objects.filter(game=game).exists(),  # a draft is shown too, and is no game yet
    }


def beginning(game: Game) -> str:
    """What everyone sees of the mechanic before anything has happened: public by its nature, so the page may carry it."""
    ruleset = ruleset_of(game)
    view = ruleset.view(ruleset.beginning(), "everyone")["mechanic"]
    return json.dumps(msgspec.to_builtins(view), ensure_ascii=False)
