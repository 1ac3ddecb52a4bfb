"""What operators may do to the prizes of a running game. Nothing that is sealed is ever changed: it is frozen, or more is added."""

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from games.fairness.giving import millisecond
from games.fairness.shape import Refused
from games.mechanic import Context, Rejected
from games.mechanics.instant_win.promises import MARGIN_MS, Addition, Sealed
from games.mechanics.instant_win.settings import Prize
from games.mechanics.instant_win.state import State
from games.mechanics.instant_win.words import Addendum, Burst, Bursting, Disqualified, Disqualify, Extended, Freeze, Frozen

if TYPE_CHECKING:
    from games.mechanics.instant_win import InstantWin

MOST_UNITS = 1_000_000
MOST_ADDITIONS = 200

Hosting = Freeze | Addendum | Burst | Disqualify


def host(game: "InstantWin", state: State, command: Hosting, context: Context) -> Frozen | Extended | Bursting | Disqualified:
    """Raises Rejected."""
    match command:
        case Freeze(prize, frozen):
            known(game, prize)
            if (prize in state.standing.frozen) == frozen:
                raise Rejected("not_now")
            return Frozen(prize, frozen)
        case Addendum(prize, stock):
            known(game, prize)
            since = millisecond(context.at) + MARGIN_MS
            return sealed(game, state, context, Extended({prize: stock}, since, ""))
        case Burst(seconds, prizes):
            for prize, count in prizes.items():
                if known(game, prize).mode != "stage" or count > waiting(game, state, prize):
                    raise Rejected("not_enough_left")
            since = millisecond(context.at) + 1
            if any(isinstance(each, Bursting) and each.until > since for each in state.additions):
                raise Rejected("not_now")
            return sealed(game, state, context, Bursting(dict(prizes), since, since + seconds * 1000, ""))
        case Disqualify(player, reason):
            if player in state.barred:
                raise Rejected("not_now")
            return Disqualified(player, reason, dict(Counter(held.prize for held in state.standing.wins.get(player, ()))))


def known(game: "InstantWin", prize: str) -> Prize:
    for each in game.prizes:
        if each.id == prize:
            return each
    raise Rejected("unknown_prize")


def waiting(game: "InstantWin", state: State, prize: str) -> int:
    """Units of the stage that no burst has called yet."""
    called: Counter[str] = Counter()
    for addition in state.additions:
        if isinstance(addition, Bursting):
            called.update(addition.prizes)
    return known(game, prize).stock - called[prize]


def sealed(game: "InstantWin", state: State, context: Context, wanted: Addition) -> Addition:
    """With its commitment. What is added late has no time left to lie in."""
    hidden: Sealed = context.sealed
    promise = hidden.promise
    if promise is None or (promise.sweep_from is not None and context.at * 1000 >= promise.sweep_from):
        raise Rejected("too_late")
    more = sum(wanted.prizes.values()) if isinstance(wanted, Extended) else 0
    if len(state.additions) >= MOST_ADDITIONS or sum(state.supply(game.prizes).values()) + more > MOST_UNITS:
        raise Rejected("too_many_units")
    try:
        commit = hidden.committed(len(state.additions) + 1, wanted)
    except Refused as refused:
        raise Rejected("too_late") from refused
    return msgspec.structs.replace(wanted, commit=commit)
