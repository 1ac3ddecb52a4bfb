"""What an instant win remembers, and how each event changes it."""

from bisect import insort
from collections.abc import Mapping, Sequence
from operator import itemgetter

import msgspec

from games.fairness.giving import Gift, Standing
from games.mechanic import Prize
from games.mechanics.instant_win.words import (
    Announced,
    Bursting,
    Consoled,
    Disqualified,
    Events,
    Extended,
    Frozen,
    Lost,
    Remaining,
    Win,
    Won,
)

RECENT = 8


class Plays(msgspec.Struct):
    """What a player has used of his day."""

    until: float = 0.0
    count: int = 0


class State(msgspec.Struct):
    standing: Standing = msgspec.field(default_factory=Standing)
    won: int = 0
    consoled: int = 0
    announced: dict[str, int] = {}
    untold: list[tuple[float, Win]] = []  # by the game time at which everyone hears of them
    recent: list[Win] = []
    today: dict[int, Plays] = {}
    additions: list[Extended | Bursting] = []
    barred: set[int] = set()
    returned: list[tuple[str, int]] = []  # units of who was disqualified
    rest: Remaining | None = None

    def supply(self, prizes: Sequence[Prize]) -> dict[str, int]:
        """How many units of each prize there have been to give. What a burst gives was there before."""
        units = {prize.id: prize.stock for prize in prizes}
        for addition in self.additions:
            if isinstance(addition, Extended):
                for prize, count in addition.prizes.items():
                    units[prize] += count
        return units

    def left(self, prizes: Sequence[Prize], given: Mapping[str, int]) -> dict[str, int]:
        return {prize: units - given.get(prize, 0) for prize, units in self.supply(prizes).items()}

    def evolve(self, event: Events) -> None:
        match event:
            case Won() | Lost() | Consoled():
                self.settle(event)
            case Announced():
                self.tell(event)
            case Frozen(prize, frozen):
                (self.standing.frozen.add if frozen else self.standing.frozen.discard)(prize)
            case Extended() | Bursting():
                self.additions.append(event)
            case Disqualified(player):
                self.bar(player)
            case Remaining():
                self.rest = event

    def settle(self, event: Won | Lost | Consoled) -> None:
        self.standing.plays += 1
        today = self.today.setdefault(event.player, Plays())
        today.count = today.count + 1 if today.until == event.until else 1
        today.until = event.until
        self.consoled += isinstance(event, Consoled)
        if isinstance(event, Won):
            mode = "calendar" if event.moment is not None else "odds" if event.ticket is None else "deck"
            self.standing.take(event.player, Gift(mode, event.prize, None), event.at, event.until)
            self.won += 1
            insort(self.untold, (event.told_at, Win(event.player, event.prize, event.at)), key=itemgetter(0))

    def tell(self, event: Announced) -> None:
        del self.untold[: sum(event.given.values())]
        self.recent = (self.recent + event.wins)[-RECENT:]
        for prize, number in event.given.items():
            self.announced[prize] = self.announced.get(prize, 0) + number

    def bar(self, player: int) -> None:
        self.barred.add(player)
        self.returned += [(held.prize, held.unit) for held in self.standing.wins.pop(player, [])]
        self.recent = [win for win in self.recent if win.player != player]
