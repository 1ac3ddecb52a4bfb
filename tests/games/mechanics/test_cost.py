"""Nothing that everybody waits for grows with the crowd (decision 17)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from games.mechanic import Mechanic, Rejected
from games.mechanics.instant_win import InstantWin
from games.registry import MECHANICS
from tests.games.plans import commands, settings_of
from tests.games.table import OPENS, Table
from tests.strategies import instances

FEW, MANY = 100, 10_000
ROUNDS = 60
TOO_MUCH = 12  # a cost that follows the crowd would be a hundred times as high
ONE = settings(
    max_examples=3, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
)


def crowd(game: Mechanic[Any, Any, Any], command: Any, players: int) -> Table:
    table = Table(game)
    table.wait(OPENS)
    for player in range(1, players + 1):
        table.state.lifecycle.admit(player)
        ask(table, command, player)
    return table


def ask(table: Table, command: Any, player: int) -> None:
    """Straight to the rules: the table's own checks look at the whole state."""
    at = OPENS + 1800 + player / 1000
    try:
        events = table.rules.decide(table.state, "player", player, command, at, Random(1))
    except Rejected:
        return
    for event in events:
        table.rules.evolve(table.state, event)


def questions(table: Table, command: Any) -> dict[str, Callable[[], Any]]:
    rules, state = table.rules, table.state
    newcomers = range(state.lifecycle.players + 1, state.lifecycle.players + ROUNDS + 1)
    for player in newcomers:
        state.lifecycle.admit(player)
    coming = iter(newcomers)
    return {
        "decide and evolve": lambda: ask(table, command, next(coming)),
        "stats": lambda: rules.stats(state),
        "deadline": lambda: rules.deadline(state),
        "view of everyone": lambda: rules.view(state, "everyone"),
        "view of operators": lambda: rules.view(state, "operator"),
        "view of a player": lambda: rules.view(state, 50),
        "stock": lambda: rules.mechanic.stock(state.mechanic),
    }


def price(question: Callable[[], Any]) -> float:
    """The least of many: whatever else the machine does only adds to it."""
    found = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        question()
        found.append(perf_counter() - begun)
    return min(found)


def compare(mechanic: type[Mechanic[Any, Any, Any]]) -> None:
    @ONE
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        game = data.draw(settings_of(mechanic))
        command = data.draw(
            st.one_of(*(instances(kind, 20) for kind in commands(mechanic, "player") if kind.__module__ != "games.lifecycle.words"))
        )
        small, large = (questions(crowd(game, command, players), command) for players in (FEW, MANY))
        for name in small:
            assert price(large[name]) < TOO_MUCH * price(small[name]) + 5e-6, f"{name} costs more with a crowd"

    check()


@pytest.mark.parametrize("mechanic", MECHANICS.values(), ids=MECHANICS)
def test_nothing_costs_more_with_a_crowd(mechanic):
    compare(mechanic)


def test_a_sum_over_all_players_is_found():
    class Sums(InstantWin, frozen=True):
        def stats(self, state: Any) -> dict[str, int]:
            return {"plays": sum(plays.count for plays in state.today.values())}

    with pytest.raises(AssertionError, match="stats costs more"):
        compare(Sums)
