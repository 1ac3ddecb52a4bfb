"""Whole games as examples: settings of a mechanic, and what people ask of it at which second."""

from __future__ import annotations

import typing
from functools import cache
from typing import Any, NamedTuple

import msgspec
from hypothesis import reject
from hypothesis import strategies as st

from games import lifecycle
from games.lifecycle import Admit
from games.mechanic import Command, Mechanic, Role
from tests.games.table import OPENS, sealed
from tests.strategies import instances

PLAYERS = (1, 2, 3)
SMALL = 20
WAITS = st.one_of(st.just(0.0), st.integers(0, 5_000).map(lambda ms: ms / 1000), st.integers(0, 120), st.integers(0, 1800)).map(float)


class Step(NamedTuple):
    at: float
    role: Role
    player: int
    command: Command


def commands(mechanic: type[Mechanic[Any, Any, Any]], role: Role) -> list[type[Command]]:
    wanted = mechanic.types()[1]
    kinds = (*(typing.get_args(wanted) or (wanted,)), *lifecycle.COMMANDS)
    return [kind for kind in kinds if kind.role == role]


@cache
def examples(mechanic: type[Mechanic[Any, Any, Any]]) -> st.SearchStrategy[Any]:
    return instances(mechanic, SMALL)


@st.composite
def settings_of(draw: st.DrawFn, mechanic: type[Mechanic[Any, Any, Any]]) -> Mechanic[Any, Any, Any]:
    """Such as can be published."""
    found: Mechanic[Any, Any, Any] = draw(examples(mechanic))
    try:
        sealed(found)
    except ValueError:
        reject()
    return found


@cache
def asked(mechanic: type[Mechanic[Any, Any, Any]]) -> st.SearchStrategy[tuple[Role, int, Command]]:
    """Mostly what players do; now and then a hello, or an operator's button."""
    player = st.sampled_from(PLAYERS)
    plays = st.tuples(st.just("player"), player, st.one_of(*(instances(kind, SMALL) for kind in commands(mechanic, "player"))))
    hello = player.map(lambda number: ("player", number, Admit(number)))
    buttons = st.tuples(st.just("operator"), st.just(9), st.one_of(*(instances(kind, 5) for kind in commands(mechanic, "operator"))))
    own = [kind for kind in commands(mechanic, "operator") if kind not in lifecycle.COMMANDS]
    hosts = [st.tuples(st.just("operator"), st.just(9), st.one_of(*(instances(kind, 5) for kind in own)))] if own else []
    return st.sampled_from([buttons, hello, *hosts * 2, *[plays] * 14]).flatmap(lambda chosen: chosen)


def fitted(game: Mechanic[Any, Any, Any], steps: list[Step]) -> list[Step]:
    """Commands that name prizes name such as there are: else nearly all would be refused."""
    return [step._replace(command=named(game, step.command)) for step in steps]


def named(game: Mechanic[Any, Any, Any], command: Command) -> Command:
    known = [prize.id for prize in game.shelf()]

    def fit(name: str) -> str:
        return known[sum(name.encode()) % len(known)] if known else name

    if isinstance(prize := getattr(command, "prize", None), str):
        return msgspec.structs.replace(command, prize=fit(prize))
    if isinstance(prizes := getattr(command, "prizes", None), dict):
        return msgspec.structs.replace(command, prizes={fit(name): count for name, count in prizes.items()})
    return command


@st.composite
def plans(draw: st.DrawFn, mechanic: type[Mechanic[Any, Any, Any]], most: int = 40) -> list[Step]:
    """Some say hello before the opening; then comes whoever, at once or half an hour later."""
    newcomer = draw(st.sampled_from((0, 0, 0, *PLAYERS)))
    steps = [Step(OPENS - 60, "player", number, Admit(number)) for number in PLAYERS if number != newcomer]
    at = OPENS + draw(st.sampled_from((-30, 0, 30, 600, 1800, 3000)))
    for wait, (role, player, command) in draw(st.lists(st.tuples(WAITS, asked(mechanic)), min_size=most // 4, max_size=most)):
        at += wait
        steps.append(Step(at, role, player, command))
    return steps
