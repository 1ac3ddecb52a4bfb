"""A game's printed rules: the version in force and every earlier one, as a page, as text and as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from games.models import Game, RulesVersion
from games.pages import times
from games.pages.proof import grouped
from games.pages.reach import in_game
from games.papers import sheet
from games.papers.document import text
from games.papers.versions import blocks_of, latest


@require_safe
@in_game
def page(request: HttpRequest, game: Game, version: int | None = None) -> HttpResponse:
    row, language = asked(game, version), get_language() or "en"
    kept = RulesVersion.objects.filter(game=game).order_by("-version").only("version", "made_at", "tenant_id")
    every = [{"version": each.version, "made": times.moment(each.made_at, game.tenant.zone)} for each in kept]
    context = {
        "game": game,
        "tenant": game.tenant,
        "blocks": blocks_of(row, language),
        "row": row,
        "hash": grouped(row.hashes[language]),
        "made": times.moment(row.made_at, game.tenant.zone),
        "zone_words": times.zone_words(game.tenant.zone),
        "versions": every,
        "in_force": every[0]["version"] == row.version,
        "sealed": bool(game.seal),
    }
    return render(request, "games/rules.html", context)


@require_safe
@in_game
def plain(request: HttpRequest, game: Game, version: int) -> HttpResponse:
    """The very bytes that the hash is of."""
    words = text(blocks_of(asked(game, version), get_language() or "en"))
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
@in_game
def printed(request: HttpRequest, game: Game, version: int) -> HttpResponse:
    row, language = asked(game, version), get_language() or "en"
    made = sheet.printed(blocks_of(row, language), row.hashes[language], row.made_at, language)
    return sheet.answer(made, f"{game.slug}-rules-{version}-{language}.pdf")


def asked(game: Game, version: int | None) -> RulesVersion:
    row = latest(game) if version is None else RulesVersion.objects.filter(game=game, version=version).first()
    if row is None:
        raise Http404
    return row
