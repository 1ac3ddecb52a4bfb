"""The lifecycle's rules and the mechanic's, together over one log."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from games.lifecycle import End, Ended, Joined, Lifecycle, Opened, Pause, Resume
from games.mechanic import NOBODY, Award, Command, Context, Event, Rejected, Tick
from games.mechanics.instant_win import InstantWin, Play, Prize
from games.ruleset import Ruleset
from tests.games.bell import Bell, Commands, Events, Rang, Ring, Said, Say, Silence, State
from tests.games.table import HOURS, OPENS, Table


@pytest.fixture
def bell() -> Table:
    it = Table(Bell())
    it.hello(OPENS, 1)
    return it


def operate(it: Table, second: float, command: Command) -> list[Event]:
    outcome = it.ask(OPENS + second, "operator", 9, command)
    assert outcome.refused is None
    return outcome.events


def test_players_need_to_have_joined_and_operators_do_not(bell):
    assert bell.play(OPENS, 1, Say("hi")) == [Said(1, "hi")]
    assert operate(bell, 0, Ring()) == [Rang(OPENS)]
    with pytest.raises(Rejected, match="not_joined"):
        bell.play(OPENS, 2, Say("hi"))


def test_operators_too_wait_for_the_opening_and_the_end_of_a_pause(bell):
    assert Table(Bell()).ask(OPENS - 1, "operator", 9, Ring()).refused.code == "not_open"
    operate(bell, 1, Pause())
    assert bell.ask(OPENS + 2, "operator", 9, Ring()).refused.code == "paused"


def test_the_operator_is_no_player_to_the_mechanic():
    seen = []

    class Nosy(Bell, frozen=True):
        def decide(self, state: State, player: int, command: Commands, context: Context) -> list[Events]:
            seen.append(player)
            return super().decide(state, player, command, context)

    it = Table(Nosy())
    it.wait(OPENS)
    operate(it, 0, Ring())
    assert seen == [NOBODY]


def test_a_deadline_of_the_game_waits_for_the_end_of_a_pause(bell):
    operate(bell, 0, Ring())
    assert bell.rules.deadline(bell.state) == OPENS + 60
    operate(bell, 20, Pause())
    assert bell.rules.deadline(bell.state) == HOURS.closes_at
    operate(bell, 120, Resume())
    assert bell.rules.deadline(bell.state) == OPENS + 160
    assert [(entry.at, entry.event) for entry in bell.wait(OPENS + 500)] == [(OPENS + 160, Silence())]


def test_sums_of_times_that_do_not_round_back_lose_no_tick():
    """From 2038 on, seconds have one binary place less: wall time less the pauses may fall short of the deadline it was made from."""
    turn, grain = 2.0**31, 2.0**-22
    for place in range(8):
        it = Table(Bell(every=60.0), hours=Lifecycle(turn - 1000, turn + 1000))
        for at, command in ((turn - 500, Pause()), (turn - 400 + grain, Resume()), (turn - 50 + place * grain, Ring())):
            it.ask(at, "operator", 9, command)
        assert [entry.event for entry in it.wait(turn + 100)] == [Silence()]


def test_what_is_over_at_once_is_told_in_the_order_of_time():
    it = Table(Bell(every=7200.0))
    it.wait(OPENS)
    operate(it, 0, Ring())
    assert [entry.event for entry in it.wait(OPENS + 9999)] == [Ended("hours"), Silence()], (
        "the hours go first: what is closed has no steps"
    )


def test_the_end_brings_what_the_mechanic_still_owes(bell):
    operate(bell, 0, Ring())
    assert operate(bell, 5, End()) == [Ended("host"), Silence()]


def test_after_the_end_the_mechanic_wants_no_tick_any_more():
    class Careless(Bell, frozen=True):
        def finish(self, state: State, context: Context) -> list[Events]:
            return []

    it = Table(Careless())
    it.wait(OPENS)
    operate(it, 0, Ring())
    operate(it, 5, End())
    assert it.rules.deadline(it.state) is None
    assert it.wait(OPENS + 500) == []


def test_a_tick_that_is_early_changes_nothing(bell):
    assert bell.decide(OPENS + 1, "system", NOBODY, Tick()) == []


def test_numbers_are_the_mechanics_and_the_players(bell):
    bell.play(OPENS, 1, Say("hi"))
    assert bell.rules.stats(bell.state) == {"said": 1, "players": 1}
    sums = Counter()
    for entry in bell.log:
        sums.update(bell.rules.counts(entry.event))
    assert sums == {"said": 1, "players": 1}


def test_events_of_the_lifecycle_give_no_prizes_and_touch_nobody(bell):
    assert list(bell.rules.awards(Joined(1))) == []
    assert list(bell.rules.touched(Opened())) == []
    assert list(bell.rules.awards(Said(1, "hi"))) == [Award(1, "applause", 0)]


def test_a_players_view_holds_the_mechanics_alone(bell):
    assert bell.rules.view(bell.state, 1) == {"mechanic": {"said": 0, "eye": 1}}
    assert set(bell.rules.view(bell.state, "everyone")) == {
        "phase",
        "running",
        "locked",
        "opens_at",
        "closes_at",
        "paused",
        "players",
        "newest",
        "mechanic",
    }


def test_rules_without_their_key_replay_and_show_but_do_not_decide():
    it = Table(InstantWin(prizes=[Prize("mug", "Mug", 1)]))
    it.hello(OPENS, 1, 2)
    it.play(OPENS + 1, 1, Play())
    blind = Ruleset(it.rules.mechanic, Lifecycle(HOURS.opens_at, HOURS.closes_at))
    state = blind.beginning()
    for entry in it.log:
        blind.evolve(state, entry.event)
    assert state == it.state
    with pytest.raises(AttributeError):
        blind.decide(state, "player", 2, Play(), OPENS + 2, Random(1))
