"""What a game's mechanic counts, in its own words: a console page knows no number by its name."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from games.mechanic import Figure
from games.models import Game
from games.pages import times
from games.registry import MECHANICS

Row = Mapping[str, int]


class Counted(NamedTuple):
    """A number of one game: in all, in the minute that runs, and in the one before."""

    figure: Figure
    total: int
    now: int = 0
    before: int = 0

    @property
    def title(self) -> str:
        return _(self.figure.title)

    @property
    def by_minute(self) -> str:
        return _("{figure} per minute").format(figure=self.title)

    @property
    def words(self) -> str:
        return worded(self.figure, self.total)

    @property
    def words_now(self) -> str:
        return _("{counted} this minute").format(counted=worded(self.figure, self.now))

    @property
    def forms(self) -> list[str]:
        """Of one and of many: what moves on the page is worded there."""
        return [ngettext(*self.figure.counted, number) for number in (1, 2)]


def worded(figure: Figure, number: int) -> str:
    return ngettext(*figure.counted, number).format(count=times.number(number))


def counted(game: Game, now: Row | None = None, before: Row | None = None) -> list[Counted]:
    """The mechanic's numbers, its pulse first."""
    return [of(figure, game, now or {}, before or {}) for figure in MECHANICS[game.kind].figures]


def of(figure: Figure, game: Game, now: Row, before: Row) -> Counted:
    return Counted(figure, game.totals.get(figure.name, 0), now.get(figure.name, 0), before.get(figure.name, 0))


def prized(numbers: Sequence[Counted]) -> Counted | None:
    """The one that counts prizes, where the mechanic gives any."""
    return next((each for each in numbers if each.figure.prizes), None)
