"""Whether what an editor has set fits together; a sentence for each thing that does not."""

from collections import Counter
from typing import TYPE_CHECKING

from games.fairness.moments import MOST_UNITS
from games.mechanics.instant_win.settings import zones

if TYPE_CHECKING:
    from games.mechanics.instant_win import InstantWin


def judge(game: "InstantWin") -> None:
    """Raises ValueError."""
    names = [prize.id for prize in game.prizes]
    if len(set(names)) < len(names):
        raise ValueError("Two prizes have the same id.")
    if game.consolation and game.consolation.id in names:
        raise ValueError("The consolation has the id of a prize.")
    if sum(prize.stock for prize in game.prizes) > MOST_UNITS:
        raise ValueError(f"A game has at most {MOST_UNITS} units of prizes.")
    if game.zone not in zones():
        raise ValueError("This time zone is not known.")
    if game.traffic is not None and not any(game.traffic):
        raise ValueError("A week in which nobody plays has no winning moments.")
    judge_deck(game)
    if game.moments:
        judge_moments(game)


def judge_deck(game: "InstantWin") -> None:
    units = sum(prize.stock for prize in game.prizes if prize.mode == "deck")
    if units > game.expected_plays:
        raise ValueError(
            f"{units} units of prizes do not fit into a deck of {game.expected_plays} tickets: expect more plays, or give less."
        )


def judge_moments(game: "InstantWin") -> None:
    """What was brought is all there is: a moment for each unit, and no other."""
    brought = Counter(moment.prize for moment in game.moments)
    stocks = {prize.id: prize.stock for prize in game.prizes if prize.mode == "calendar"}
    for prize in brought.keys() - stocks.keys():
        raise ValueError(f"A moment was brought for {prize}, and no prize of this id is given by moments.")
    for prize, stock in stocks.items():
        if brought[prize] != stock:
            raise ValueError(f"{prize} has {stock} units, and {brought[prize]} moments were brought for it.")
