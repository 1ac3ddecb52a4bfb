"""What remains of a game's prizes, by their labels."""

from typing import NamedTuple

from games.models import Game

NEARLY_OUT = 10  # per cent


class Prize(NamedTuple):
    id: str
    label: str
    left: int
    of: int

    @property
    def share(self) -> int:
        """Per cent that is left."""
        return round(100 * self.left / self.of) if self.of else 0

    @property
    def is_nearly_out(self) -> bool:
        return self.left * 100 <= self.of * NEARLY_OUT


def remaining(game: Game) -> list[Prize]:
    """In the order of the settings; before its first event a game has all of its stock."""
    return [
        Prize(prize["id"], prize["label"], game.stock.get(prize["id"], prize["stock"]), prize["stock"])
        for prize in game.settings.get("prizes", [])
    ]
