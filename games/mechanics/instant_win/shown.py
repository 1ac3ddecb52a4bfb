"""What phones, screens and consoles are shown of an instant win."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from games.mechanic import Figure, Prize, gettext_noop, ngettext_noop
from games.mechanics.instant_win.words import Plays, State, Win

FIGURES = (
    Figure("plays", gettext_noop("Plays"), ngettext_noop("{count} play", "{count} plays")),
    Figure("won", gettext_noop("Prizes won"), ngettext_noop("{count} prize won", "{count} prizes won"), prizes=True),
)


def stock(prizes: Sequence[Prize], given: Mapping[str, int], recent: Sequence[Win]) -> dict[str, Any]:
    """What is left to win, by what was given as far as these eyes know of it."""
    shown = [{"id": prize.id, "label": prize.label, "stock": prize.stock, "left": prize.stock - given.get(prize.id, 0)} for prize in prizes]
    return {"prizes": shown, "left": sum(prize.stock for prize in prizes) - sum(given.values()), "recent": msgspec.to_builtins(recent)}


def mine(state: State, player: int, plays_per_day: int) -> dict[str, Any]:
    """A player's own: tries of the day he last played on, and what he has won."""
    today = state.today.get(player, Plays())
    left = plays_per_day - today.count
    return {
        "plays_left": left,
        "next_play_at": today.until if left <= 0 else None,
        "won": [{"prize": win.prize, "at": win.at} for win in state.wins.get(player, ())],
    }
