"""Instant wins whose moments are known, for tests."""

from __future__ import annotations

from typing import Any

import msgspec

from games.fairness.moments import Moment
from games.lifecycle import Lifecycle
from games.mechanics.instant_win import InstantWin, Play, Prize, Sealed
from games.mechanics.instant_win.promises import caps
from tests.games.table import OPENS, Table

MUG, TRIP = Prize("mug", "Mug", 3), Prize("trip", "Trip", 1)
DAY = 86_400.0


def table(*moments: float | tuple[float, str], open_for: float = 7 * DAY, sealed: bool = False, **fields: Any) -> Table:
    """Moments are seconds after the opening, of mugs unless a prize is named; or what the key gives, where it is `sealed`."""
    game = InstantWin(**{"prizes": [MUG, TRIP], "zone": "UTC", **fields})
    made = Table(game, hours=Lifecycle(OPENS, OPENS + open_for))
    pairs = [moment if isinstance(moment, tuple) else (moment, "mug") for moment in moments]
    known = [Moment(int((OPENS + at) * 1000), unit, prize) for unit, (at, prize) in enumerate(pairs)]
    if not sealed:
        made.rules = msgspec.structs.replace(made.rules, sealed=Sealed(known, caps(game)))
    made.hello(OPENS, 1, 2, 3)
    return made


def outcome(made: Table, second: float, player: int) -> Any:
    (event,) = made.play(OPENS + second, player, Play())
    return event
