"""The public proof of a game: what was sealed before it, and, when it is over, everything that recomputes it."""

import re
from typing import Any

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from games.fairness.canonical import digest
from games.models import Game
from games.pages import play, protocols, times
from games.pages.archive import ARCHIVE
from games.pages.reach import in_game
from games.papers import verifier
from games.proof import NotOver, opened
from games.store.loading import mechanic_of


@require_safe
@in_game
def page(request: HttpRequest, game: Game) -> HttpResponse:
    if not game.seal:
        raise Http404
    protocol = protocols.of(game)
    context = {**play.context(game), **sealed(game), **protocol.facts(game)}
    return render(request, f"games/proof/{protocol.name}.html", context)


@require_safe
@in_game
def download(request: HttpRequest, game: Game) -> HttpResponse:
    """Only after the end: before it, the secret would tell when to play."""
    if not game.seal:
        raise Http404
    try:
        made = ARCHIVE.zipped(game)
    except NotOver:
        raise Http404 from None
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{game.slug}-proof.zip"'
    return response


@require_safe
@csp({**verifier.page().policy, "frame-ancestors": [NONE], "base-uri": [NONE], "form-action": [NONE]})
@in_game
def verify(request: HttpRequest, game: Game) -> HttpResponse:
    """The file of the zip, for who has not unpacked it: it may reach nothing, not even us."""
    if not game.seal:
        raise Http404
    return HttpResponse(verifier.page().html)


def sealed(game: Game) -> dict[str, Any]:
    """What every seal has, whatever it is about."""
    over = game.phase == "ended"
    source, *parts = game.seal["manifest"]["beacon"].split(":")
    return {
        "over": over,
        "sealed_at": times.moment(game.created_at, game.tenant.zone),
        "manifest_hash": grouped(digest(game.seal["manifest"]).hex()),
        "commit": grouped(game.seal["commit"]),
        "witnesses": [grouped(part) for part in parts] if source == "witness" else [],
        "secret": grouped(secret(game)) if over else "",
    }


def secret(game: Game) -> str:
    return (mechanic_of(game).secret(opened(game)) or b"").hex()


def grouped(text: str) -> str:
    """Eight and eight: a hash that eyes can compare."""
    return " ".join(re.findall(".{1,8}", text))
