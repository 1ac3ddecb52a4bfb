"""What a list of games says of each: its state in a word, its hours, its players."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from games.models import Game
from games.pages import times
from games.registry import MECHANICS


@dataclass(frozen=True)
class Card:
    game: Game
    tone: str  # live (a break is part of it), soon, over
    word: str
    hours: str
    kind: str

    @property
    def players(self) -> int:
        return self.game.totals.get("players", 0)

    @property
    def players_shown(self) -> str:
        return times.number(self.players)


TONES = {"open": "live", "paused": "live", "waiting": "soon", "ended": "over"}


def card(game: Game) -> Card:
    tone = TONES[game.phase]
    words = {"open": _("Live"), "paused": _("Short break"), "waiting": _("Soon"), "ended": _("Over")}
    return Card(game, tone, words[game.phase], hours(game), kind(game))


def kind(game: Game) -> str:
    return _(MECHANICS[game.kind].title)


def hours(game: Game) -> str:
    """Until when, or from when; as "until tomorrow, 21:00"."""
    if game.phase == "waiting" and game.opens_at:
        return times.since(game.opens_at, game.tenant.zone)
    if game.phase in ("open", "paused") and game.closes_at:
        return times.until(game.closes_at, game.tenant.zone)
    return ""


def cards(tenant_id: int) -> list[Card]:
    """Running games first, then those to come, then those that are over; within a tenant's scope."""
    games = Game.objects.filter(tenant=tenant_id, trial=False, archived_at=None).select_related("tenant")
    order = ["live", "soon", "over"]
    return sorted((card(game) for game in games), key=lambda each: (order.index(each.tone), each.game.pk))
