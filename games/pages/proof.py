"""The public proof of a game: what was sealed before it, and, when it is over, everything that recomputes it."""

import re
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from games.fairness.canonical import digest
from games.models import Game
from games.pages import pack, play, times
from games.pages.reach import in_game


@require_safe
@in_game
def page(request: HttpRequest, game: Game) -> HttpResponse:
    if not game.seal:
        raise Http404
    return render(request, "games/proof.html", {**play.context(game), **sealed(game)})


@require_safe
@in_game
def download(request: HttpRequest, game: Game) -> HttpResponse:
    """Only after the end: before it, the secret would tell when to play."""
    if not game.seal or game.phase != "ended":
        raise Http404
    response = HttpResponse(pack.zipped(game), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{game.slug}-proof.zip"'
    return response


def sealed(game: Game) -> dict[str, Any]:
    manifest = game.seal["manifest"]
    zone = game.tenant.zone
    starts = [interval[0] for interval in manifest["intervals"]]
    return {
        "over": game.phase == "ended",
        "sealed_at": times.moment(game.created_at, zone),
        "units": times.number(sum(stock for _, stock in manifest["prizes"])),
        "first": times.moment(instant(min(starts)), zone),
        "last": times.moment(instant(max(interval[1] for interval in manifest["intervals"])), zone),
        "manifest_hash": grouped(digest(manifest).hex()),
        "commit": grouped(game.seal["commit"]),
        "witnesses": [grouped(part) for part in manifest["beacon"].split(":")[1:]],
        "secret": grouped(pack.secret(game)) if game.phase == "ended" else "",
    }


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def grouped(text: str) -> str:
    """Eight and eight: a hash that eyes can compare."""
    return " ".join(re.findall(".{1,8}", text))
