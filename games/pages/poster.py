"""A game's poster: a page to print, and the same as PDF. All that stands on it is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from games.models import Game, RulesVersion
from games.pages import screen, times
from games.pages.outward import outward
from games.pages.reach import in_game
from games.papers import poster, sheet
from games.store.loading import mechanic_of


@require_safe
@in_game
def page(request: HttpRequest, game: Game) -> HttpResponse:
    made = drawn(request, game)
    context = {"game": game, "tenant": game.tenant, "poster": made, "qr": screen.square(made.link), "long": len(made.headline) > 40}
    return render(request, "games/poster.html", context)


@require_safe
@in_game
def printed(request: HttpRequest, game: Game, size: str) -> HttpResponse:
    if size not in poster.SIZES:
        raise Http404
    return sheet.answer(poster.printed(drawn(request, game), size), f"{game.slug}-poster-{size}.pdf")


def drawn(request: HttpRequest, game: Game) -> poster.Poster:
    tenant = game.tenant
    ruled = RulesVersion.objects.filter(game=game).exists()
    rules = outward(request, reverse("rules", args=[tenant.slug, game.slug]))
    return poster.Poster(
        headline=game.headline or game.title,
        brand=tenant.name,
        colours=(tenant.brand_ground or tenant.brand_1, tenant.brand_2),
        link=outward(request, game.get_absolute_url()),
        short=screen.plain(outward(request, reverse("code", args=[game.code]))),
        code=game.code,
        hours=hours(game),
        prizes=poster.listed(mechanic_of(game).shelf()),
        rules=rules.split("://", 1)[1] if ruled else "",
        made_at=game.created_at,
        language=get_language() or "en",
    )


def hours(game: Game) -> str:
    """With the dates: a poster hangs for longer than a day."""
    zone, words = game.tenant.zone, [times.moment(at, game.tenant.zone) for at in (game.opens_at, game.closes_at) if at]
    return times.zoned(" – ".join(words), zone) if words else ""
