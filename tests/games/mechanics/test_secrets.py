"""What is secret stays so: two games that differ in their key alone look alike, until the rules themselves tell (non-interference)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from games.lifecycle import Ended
from games.log import Logged
from games.mechanic import Context, Event, Eye, Mechanic, Rejected
from games.mechanics.instant_win import InstantWin, Lost, Won
from games.registry import MECHANICS
from tests.games.plans import PLAYERS, Step, fitted, plans, settings_of
from tests.games.table import Outcome, Table

KEYS = st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=2, unique=True)
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("mechanic", MECHANICS.values(), ids=MECHANICS)
@pytest.mark.promise("P6")
def test_games_that_differ_in_their_key_alone_look_alike(mechanic):
    compare(mechanic, settings(max_examples=300, deadline=None, suppress_health_check=CHECKS))


def compare(mechanic: type[Mechanic[Any, Any, Any]], effort: settings) -> None:
    @effort
    @given(data=st.data())
    def twins(data: st.DataObject) -> None:
        game, keys = data.draw(settings_of(mechanic)), data.draw(KEYS)
        run(Table(game, keys[0]), Table(game, keys[1]), fitted(game, data.draw(plans(mechanic, 25))))

    twins()


def run(here: Table, there: Table, steps: list[Step]) -> None:
    """Who has got another answer in one game than in the other knows a piece of the secret; nobody else may."""
    knowing: set[int] = set()
    for step in steps:
        ours, theirs = here.ask(*step), there.ask(*step)
        if public(here, ours.due) != public(there, theirs.due) or any(isinstance(event, Ended) for event in ours.events):
            return  # from here on everyone has been told
        if step.role == "player" and answer(here, ours) != answer(there, theirs):
            knowing.add(step.player)
        assert len(ours.entries) == len(theirs.entries), "the number of the last event stands in every frame"
        for eye in ("everyone", *(player for player in PLAYERS if player not in knowing)):
            assert heard(here, step, ours, eye) == heard(there, step, theirs, eye), f"{eye} can tell the games apart"


def public(table: Table, entries: list[Logged]) -> list[Event]:
    return [seen for entry in entries if (seen := table.rules.seen(entry.event, "everyone"))]


def answer(table: Table, outcome: Outcome) -> list[Any]:
    """What an answer is meant to say: what kind of thing happened, which prize it gave, why it was refused."""
    prizes = [(award.player, award.prize) for event in outcome.events for award in table.rules.awards(event)]
    return [[type(event) for event in outcome.events], prizes, outcome.refused and outcome.refused.code]


def heard(table: Table, step: Step, outcome: Outcome, eye: Eye) -> list[Any]:
    """All that reaches these eyes of a step: frames, the reply to their own command, personal news, and a fresh look."""
    touched = [table.rules.touched(entry.event) for entry in outcome.entries]
    found: list[Any] = [public(table, outcome.entries), table.rules.view(table.state, eye)]
    found.append([each == "all" or eye in each for each in touched])
    if step.role == "player" and step.player == eye:
        refused = outcome.refused
        found.append([table.rules.seen(event, eye) for event in outcome.events])
        found.append(refused and (refused.code, refused.retry))
    return found


# Controls: leaks that were planted are found.


class ShowsLiveStock(InstantWin, frozen=True):
    def view(self, state: Any, eye: Eye) -> dict[str, Any]:
        return {**super().view(state, eye), "live": sum(state.standing.given.values())}


class TellsWinsAtOnce(InstantWin, frozen=True):
    def seen(self, event: Any, eye: Eye) -> Event | None:
        return event if isinstance(event, Won) else super().seen(event, eye)


class TellsTheWinnerHisUnit(InstantWin, frozen=True):
    def seen(self, event: Any, eye: Eye) -> Event | None:
        return event if isinstance(event, Won) and event.player == eye else super().seen(event, eye)


class ShowsPlayersEachOther(InstantWin, frozen=True):
    def view(self, state: Any, eye: Eye) -> dict[str, Any]:
        others = {"winners": sorted(state.standing.wins)} if isinstance(eye, int) else {}
        return {**super().view(state, eye), **others}


class TellsLosersTheNextMoment(InstantWin, frozen=True):
    def play(self, state: Any, player: int, context: Context) -> Won | Lost:
        outcome = super().play(state, player, context)
        if isinstance(outcome, Lost) and state.won < len(context.sealed):
            return Lost(player, context.sealed[state.won].at_ms / 1000)
        return outcome


class RefusesUntilTheNextMoment(InstantWin, frozen=True):
    def play(self, state: Any, player: int, context: Context) -> Won | Lost:
        try:
            return super().play(state, player, context)
        except Rejected as rejected:
            if state.won < len(context.sealed):
                raise Rejected(rejected.code, context.sealed[state.won].at_ms / 1000) from rejected
            raise


class WritesMoreForAWin(InstantWin, frozen=True):
    def decide(self, state: Any, player: int, command: Any, context: Context) -> list[Any]:
        events = super().decide(state, player, command, context)
        return [*events, *(Lost(event.player, event.until) for event in events if isinstance(event, Won))]


class NudgesEverybodyAtAWin(InstantWin, frozen=True):
    def touched(self, event: Any) -> Any:
        return "all" if isinstance(event, Won) else ()


LEAKS = [
    ShowsLiveStock,
    TellsWinsAtOnce,
    TellsTheWinnerHisUnit,
    ShowsPlayersEachOther,
    TellsLosersTheNextMoment,
    RefusesUntilTheNextMoment,
    WritesMoreForAWin,
    NudgesEverybodyAtAWin,
]


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.control("P6")
def test_a_planted_leak_is_found(leak):
    effort = settings(max_examples=3000, deadline=None, suppress_health_check=CHECKS, phases=[Phase.generate], database=None)
    with pytest.raises(AssertionError, match=r"tell the games apart|stands in every frame"):
        compare(leak, effort)
