"""The frame around a game's pages besides its overview, and who may read what is personal on them."""

from typing import Any

from django.http import HttpResponse

from games.console.overview import about
from games.console.page import show
from games.console.tabs import tabs
from games.models import Game
from tenants.access import MemberRequest, may
from tenants.models.member import Role

READERS = (Role.EDITOR, Role.ANALYST)  # may see addresses and take personal data away; and owners, always


def show_tab(request: MemberRequest, game: Game, name: str, context: dict[str, Any]) -> HttpResponse:
    """`name` is the page's, without what all of them begin with."""
    shared = {**about(game), "tabs": tabs(game, f"console-game-{name}"), "reads": reads(request)}
    return show(request, f"games/console/tabs/{name}.html", {**shared, **context}, "games/console/tabs.js")


def reads(request: MemberRequest) -> bool:
    return may(request.member, READERS)
