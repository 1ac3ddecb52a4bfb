"""Controls of the laws: for each law a mechanic that breaks it, and is caught."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from games.mechanic import Award, Eye, Rejected
from games.mechanics.instant_win import Announced, InstantWin, Play, Won
from tests.games.mechanics import test_laws as laws

drawn = count()
QUICK = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None)


class ChangesWhileDeciding(InstantWin, frozen=True):
    def decide(self, state: Any, player: int, command: Any, context: Any) -> list[Any]:
        state.standing.plays += isinstance(command, Play)
        return super().decide(state, player, command, context)


class LivesByChance(InstantWin, frozen=True):
    def evolve(self, state: Any, event: Any) -> None:
        super().evolve(state, event)
        state.standing.plays += next(drawn) % 2


class KeepsItsDeadline(InstantWin, frozen=True):
    def evolve(self, state: Any, event: Any) -> None:
        if not isinstance(event, Announced):
            super().evolve(state, event)


class ShowsWhatNoFrameCarries(InstantWin, frozen=True):
    def view(self, state: Any, eye: Eye) -> dict[str, Any]:
        return {**super().view(state, eye), "winners": set(state.standing.wins)}


class RefusesInItsOwnWords(InstantWin, frozen=True):
    def play(self, state: Any, player: int, context: Any) -> Any:
        raise Rejected("not_in_the_mood")


class CountsWinsTwice(InstantWin, frozen=True):
    def counts(self, event: Any) -> dict[str, int]:
        return {"plays": 1, "won": 2} if isinstance(event, Won) else dict(super().counts(event))


class GivesTheFirstUnitToAll(InstantWin, frozen=True):
    def awards(self, event: Any) -> list[Award]:
        return [Award(event.player, event.prize, 0)] if isinstance(event, Won) else []


class ShowsPlaysSilently(InstantWin, frozen=True):
    def view(self, state: Any, eye: Eye) -> dict[str, Any]:
        return {**super().view(state, eye), "plays": state.standing.plays}


class HasMoreToSayAfterTheEnd(InstantWin, frozen=True):
    def finish(self, state: Any, context: Any) -> list[Any]:
        return [Announced([], {})]


class LetsEveryPlayWin(InstantWin, frozen=True):
    def play(self, state: Any, player: int, context: Any) -> Any:
        prize = self.prizes[state.won % len(self.prizes)].id
        return Won(player, prize, state.standing.given.get(prize, 0), state.won, context.at, context.at + 60, context.now + 900)


BROKEN = [
    (laws.test_the_log_alone_gives_the_state, ChangesWhileDeciding),
    (laws.test_the_log_alone_gives_the_state, LivesByChance),
    (laws.test_the_log_alone_gives_the_state, KeepsItsDeadline),
    (laws.test_state_log_and_views_survive_both_codecs, ShowsWhatNoFrameCarries),
    (laws.test_every_refusal_has_its_sentence, RefusesInItsOwnWords),
    (laws.test_totals_are_the_sums_of_what_the_events_count, CountsWinsTwice),
    (laws.test_what_eyes_are_shown_changes_only_with_what_they_are_told, ShowsPlaysSilently),
    (laws.test_after_the_end_nothing_happens_any_more, HasMoreToSayAfterTheEnd),
    (laws.test_what_was_played_keeps_what_was_promised, LetsEveryPlayWin),
]
GREEDY = [GivesTheFirstUnitToAll, LetsEveryPlayWin]


def breaks(law: Any, breaker: Any) -> None:
    """Without looking for the smallest example."""
    again = QUICK(given(data=st.data())(law.hypothesis.inner_test))
    with pytest.raises((AssertionError, TypeError)):
        again(mechanic=breaker)


@pytest.mark.parametrize(("law", "breaker"), BROKEN)
def test_a_mechanic_that_breaks_a_law_is_caught(law, breaker):
    breaks(law, breaker)


@pytest.mark.parametrize("breaker", GREEDY)
@pytest.mark.control("P1")
def test_a_mechanic_that_gives_too_much_is_caught(breaker):
    breaks(laws.test_no_prize_is_given_twice_and_none_beyond_its_stock, breaker)
