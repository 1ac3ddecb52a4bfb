"""What the console's pages of games share: who may operate, the game of an address, and the frame around a page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from games.models import Game
from games.pages import modules, times
from tenants.access import MemberRequest, may
from tenants.models.member import Role

OPERATORS = (Role.EDITOR, Role.MODERATOR)  # and owners, always
EDITORS = (Role.EDITOR,)  # the same


def find(public_id: str) -> Game:
    """The game of an address in the tenant of the scope; somebody else's is not there, word for word like none at all."""
    game = Game.objects.filter(public_id=public_id).select_related("tenant").first()
    if game is None:
        raise Http404
    return game


def show(request: MemberRequest, template: str, context: dict[str, Any], *scripts: str) -> HttpResponse:
    """`scripts` names the page's modules, the one that starts it first."""
    shared = {
        "modules": modules.needed(*scripts),
        "operates": may(request.member, OPERATORS),
        "edits": may(request.member, EDITORS),
        "zone": request.tenant.zone,
        "zone_words": times.zone_words(request.tenant.zone),
    }
    return render(request, template, {**shared, **context})
