"""The end of an instant win: what nobody took or what came back is stated, and waits for a draw or is void."""

from collections import Counter
from collections.abc import Iterator, Sequence

from games.mechanic import Prize
from games.mechanics.instant_win.settings import Rest
from games.mechanics.instant_win.state import State
from games.mechanics.instant_win.words import Remaining


def remaining(state: State, prizes: Sequence[Prize], becomes: Rest) -> list[Remaining]:
    """Said once."""
    if state.rest is not None:
        return []
    still = {prize: units for prize, units in state.left(prizes, state.standing.given).items() if units}
    back = Counter(prize for prize, _ in state.returned)
    return [Remaining(still, dict(back), becomes)]


def second_chance(state: State, prizes: Sequence[Prize]) -> Iterator[tuple[str, int]]:
    """The units, each with its number, that a draw among those who won nothing may still give. Empty where they are void."""
    if state.rest is None or state.rest.becomes == "void":
        return
    for prize, units in state.rest.left.items():
        given = state.standing.given.get(prize, 0)
        yield from ((prize, unit) for unit in range(given, given + units))
    yield from sorted(state.returned)


def non_winners(state: State) -> Iterator[int]:
    """Who takes part in that draw: everybody who played, won nothing and was not disqualified."""
    return (player for player in sorted(state.today) if not state.standing.wins.get(player) and player not in state.barred)
