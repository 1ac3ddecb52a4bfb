"""The big screen: a spectator with a QR code and a short code for who comes late."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from games.models import Game
from games.pages import play
from games.pages.outward import is_for_this_machine_alone, outward
from games.pages.reach import in_game


@require_safe
@in_game
def page(request: HttpRequest, game: Game) -> HttpResponse:
    url = outward(request, game.get_absolute_url())
    short = outward(request, reverse("code", args=[game.code]))
    shown = {"qr": square(url), "address": plain(short), "letters": list(game.code), **hint(url), **proof(request, game)}
    return render(request, "games/screen.html", {**play.context(game), **shown, "modules": play.scripts(game, "games/screen.js")})


def hint(url: str) -> dict[str, bool]:
    """For who sets the screen up: why phones will not get in, and whether it is for want of a network."""
    return {"unreachable": is_for_this_machine_alone(url), "networkless": settings.NEIGHBOURS_REACH_US_AT is not None}


def proof(request: HttpRequest, game: Game) -> dict[str, Any]:
    """Where the phones go when the game is over."""
    if not game.seal:
        return {}
    url = outward(request, reverse("proof", args=[game.tenant.slug, game.slug]))
    return {"proof_qr": square(url), "proof_address": url.split("://", 1)[1].rstrip("/").split("/")}


def plain(url: str) -> str:
    """As people type it: without the scheme, without the code, which stands beside in large letters."""
    return url.split("://", 1)[1].rsplit("/", 2)[0]


def square(url: str) -> SafeString:
    """A QR code as an SVG that carries no style of its own. It says an address of ours, escaped by its maker as black and white."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - made of squares; the address itself does not stand in it
