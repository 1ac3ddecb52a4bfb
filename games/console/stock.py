"""What remains of a game's prizes, by their labels."""

from typing import NamedTuple

from games.models import Game
from games.store.loading import mechanic_of

NEARLY_OUT = 10  # per cent


class Prize(NamedTuple):
    id: str
    label: str
    left: int
    of: int

    @property
    def given(self) -> int:
        return self.of - self.left

    @property
    def share(self) -> int:
        """Per cent that is left."""
        return round(100 * self.left / self.of) if self.of else 0

    @property
    def is_nearly_out(self) -> bool:
        return self.left * 100 <= self.of * NEARLY_OUT


def remaining(game: Game) -> list[Prize]:
    """In the order of the settings; before its first event a game has all of its stock."""
    return [Prize(each.id, each.label, game.stock.get(each.id, each.stock), each.stock) for each in mechanic_of(game).shelf()]
