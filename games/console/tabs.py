"""The tabs of one game's pages: what each is called, and which one is open."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from games.models import Game

# In the order in which they stand. A page that comes later adds its line here.
TABS = (
    ("console-game", _("Overview")),
    ("console-game-players", _("Players")),
    ("console-game-prizes", _("Prizes")),
    ("console-game-results", _("Results")),
    ("console-game-proof", _("Proof")),
    ("console-game-export", _("Export")),
)


class Tab(NamedTuple):
    address: str
    label: str
    current: bool


def tabs(game: Game, current: str) -> list[Tab]:
    return [Tab(reverse(name, args=[game.public_id]), str(label), name == current) for name, label in TABS]
