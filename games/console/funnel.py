"""From the door to the prize: how many people took each step. Real rows only, no estimate."""

from typing import Any, NamedTuple

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from games.models import Award, Game, GameEvent, Player


class Step(NamedTuple):
    name: str
    label: str
    value: int
    share: int  # of the first step, per cent
    rate: int | None  # of the step before, per cent; None where nobody took that

    @property
    def width(self) -> str:
        """As an SVG attribute."""
        return f"{self.share}%"


class Funnel(NamedTuple):
    steps: list[Step]
    last_win: float | None

    def bare(self) -> dict[str, Any]:
        return {"steps": [step._asdict() for step in self.steps], "last_win": self.last_win}


def funnel(game: Game) -> Funnel:
    named = Player.objects.filter(game=game).count()
    acted = GameEvent.objects.filter(game=game, role="player").exclude(kind="joined").aggregate(people=Count("by", distinct=True))
    given = Award.objects.filter(game=game).aggregate(people=Count("player", distinct=True), last=Max("at"))
    counted = [
        ("named", _("Gave a name"), named),
        ("came", _("Came in"), game.totals.get("players", 0)),
        ("played", _("Played"), acted["people"]),
        ("won", _("Won"), given["people"]),
    ]
    return Funnel(steps(counted), given["last"])


def steps(counted: list[tuple[str, str, int]]) -> list[Step]:
    first = counted[0][2]
    found, before = [], None
    for name, label, value in counted:
        found.append(Step(name, label, value, per_cent(value, first), per_cent(value, before) if before else None))
        before = value
    return found


def per_cent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
