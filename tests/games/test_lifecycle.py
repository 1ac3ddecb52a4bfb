"""Opening, pausing, ending; who comes in, and who stays out."""

from __future__ import annotations

import pytest

from games.lifecycle import (
    Admit,
    Ban,
    Banned,
    End,
    Ended,
    Gone,
    Joined,
    Kick,
    Kicked,
    Lifecycle,
    Lock,
    Locked,
    Open,
    Opened,
    Pause,
    Paused,
    Resume,
    Resumed,
)
from games.mechanic import Mechanic, Rejected
from tests.games.mechanics.instant_win.known import DAY, Play, outcome, table
from tests.games.table import CLOSES, HOURS, OPENS, Table


class Idle(Mechanic[dict, Play, Opened], frozen=True):
    """Rules without anything in them."""

    def evolve(self, state, event):
        raise AssertionError("nothing happens here")

    def view(self, state, eye):
        return {}


def game(hours: Lifecycle = HOURS) -> Table:
    return Table(Idle(), hours=hours)


def operate(at: Table, second: float, command) -> list:
    outcome = at.ask(OPENS + second, "operator", 9, command)
    return [outcome.refused.code] if outcome.refused else outcome.events


def test_a_game_opens_and_closes_at_its_hours_and_at_no_other():
    it = game()
    assert it.wait(OPENS - 0.001) == []
    assert [entry.event for entry in it.wait(OPENS)] == [Opened()]
    assert it.wait(CLOSES - 0.001) == []
    assert [(entry.at, entry.event) for entry in it.wait(CLOSES + 5)] == [(CLOSES, Ended("hours"))]
    assert it.wait(CLOSES + DAY) == []


def test_a_game_that_nobody_woke_goes_through_its_hours_in_order():
    assert [(entry.at, entry.event) for entry in game().wait(CLOSES + DAY)] == [(OPENS, Opened()), (CLOSES, Ended("hours"))]


def test_an_operator_opens_earlier_and_the_hour_then_changes_nothing():
    it = game()
    assert operate(it, -60, Open()) == [Opened()]
    assert it.wait(OPENS + 1) == []
    assert operate(it, 2, Open()) == ["not_now"]


def test_a_game_without_hours_waits_for_its_host():
    it = game(Lifecycle())
    assert it.rules.deadline(it.state) is None
    assert operate(it, 0, Open()) == [Opened()]
    assert operate(it, 9, End()) == [Ended("host")]


def test_a_withdrawn_app_ends_with_that_reason():
    assert operate(game(), 1, End("withdrawn")) == [Ended("withdrawn")]


def test_start_is_inclusive_and_end_exclusive():
    it = Table(table().rules.mechanic)
    it.hello(OPENS - 2, 1, 2)
    with pytest.raises(Rejected, match="not_open"):
        outcome(it, -0.001, 1)
    assert outcome(it, 0, 1)
    with pytest.raises(Rejected, match="ended"):
        outcome(it, CLOSES - OPENS, 2)


def test_a_pause_stops_the_games_clock_and_nothing_else():
    it = game()
    it.wait(OPENS)
    assert operate(it, 10, Pause()) == [Paused(OPENS + 10)]
    assert operate(it, 11, Pause()) == ["not_now"]
    assert it.rules.lifecycle.now(it.state.lifecycle, OPENS + 60) == OPENS + 10
    assert it.rules.lifecycle.wall(it.state.lifecycle, OPENS + 20) is None
    assert operate(it, 70, Resume()) == [Resumed(OPENS + 70)]
    assert operate(it, 71, Resume()) == ["not_now"]
    assert it.rules.lifecycle.now(it.state.lifecycle, OPENS + 80) == OPENS + 20
    assert it.rules.lifecycle.wall(it.state.lifecycle, OPENS + 20) == OPENS + 80
    assert it.rules.deadline(it.state) == CLOSES


def test_pauses_add_up():
    it = game()
    it.wait(OPENS)
    for second in (10, 30, 50):
        operate(it, second, Pause())
        operate(it, second + 5, Resume())
    assert it.state.lifecycle.paused == 15


def test_a_paused_game_refuses_plays_and_still_closes_at_its_hour():
    it = table(open_for=100)
    operate(it, 10, Pause())
    with pytest.raises(Rejected, match="paused"):
        outcome(it, 20, 1)
    assert it.wait(OPENS + 100)[0].event == Ended("hours")
    assert it.rules.view(it.state, "everyone")["running"] is False
    assert operate(it, 101, Resume()) == ["ended"]


@pytest.mark.parametrize("command", [Open(), Pause(), Resume(), End(), Lock(), Kick(1), Ban(1)])
def test_after_the_end_no_button_does_anything(command):
    it = game()
    it.wait(CLOSES)
    assert operate(it, 7300, command) == ["ended"]


def hello(it: Table, second: float, player: int):
    outcome = it.ask(OPENS + second, "player", player, Admit(player))
    return outcome.refused.code if outcome.refused else outcome.events


def test_a_hello_is_a_joining_once():
    it = game()
    assert hello(it, -5, 7) == [Joined(7, OPENS - 5)]
    assert hello(it, -4, 7) == []
    assert it.state.lifecycle.players == 1
    assert it.state.lifecycle.has_joined(7)
    assert not any(it.state.lifecycle.has_joined(number) for number in (0, 6, 8, 15, 999))


def test_a_locked_door_keeps_out_who_is_new_and_nobody_else():
    it = game()
    hello(it, 0, 1)
    assert operate(it, 1, Lock()) == [Locked(True)]
    assert operate(it, 1, Lock()) == ["not_now"]
    assert hello(it, 2, 2) == "locked"
    assert hello(it, 2, 1) == []
    assert operate(it, 3, Lock(False)) == [Locked(False)]
    assert hello(it, 4, 2) == [Joined(2, OPENS + 4)]


def test_who_is_kicked_may_come_back_and_who_is_banned_may_not():
    it = game()
    hello(it, 0, 1)
    assert operate(it, 1, Kick(1)) == [Kicked(1)]
    assert hello(it, 2, 1) == []
    assert operate(it, 3, Ban(1)) == [Banned(1)]
    assert operate(it, 3, Ban(1)) == ["not_now"]
    assert hello(it, 4, 1) == "banned"
    with pytest.raises(Rejected, match="banned"):
        it.play(OPENS + 5, 1, Play())


def test_nobody_is_kicked_who_is_not_there_but_a_ban_may_come_first():
    it = game()
    assert operate(it, 1, Kick(5)) == ["not_now"]
    assert operate(it, 1, Ban(5)) == [Banned(5)]
    assert hello(it, 2, 5) == "banned"


def test_nobody_new_comes_in_after_the_end_and_who_played_may_look():
    it = game()
    hello(it, 0, 1)
    it.wait(CLOSES)
    assert hello(it, 7300, 2) == "ended"
    assert hello(it, 7300, 1) == []


def test_who_never_said_hello_cannot_play():
    it = table()
    with pytest.raises(Rejected, match="not_joined"):
        outcome(it, 1, 99)


def test_why_somebody_left_is_for_operators():
    it = game()
    for event in (Kicked(1), Banned(1)):
        assert it.rules.seen(event, "everyone") == Gone(1)
        assert it.rules.seen(event, 1) is None
        assert it.rules.seen(event, "operator") == event
    for event in (Opened(), Paused(1.0), Resumed(2.0), Ended("host"), Locked(True)):
        assert it.rules.seen(event, "everyone") == event
    operate(it, 1, Ban(3))
    assert it.rules.view(it.state, "operator")["banned"] == [{"player": 3}]
    assert "banned" not in it.rules.view(it.state, "everyone")


def named(it: Table) -> list[int]:
    return [each["player"] for each in it.rules.view(it.state, "everyone")["newest"]]


def test_everyone_is_told_who_came_the_newest_first():
    it = game()
    for second, player in enumerate((4, 9, 2)):
        (event,) = hello(it, second - 60, player)
        assert it.rules.seen(event, "everyone") == Joined(player)
        assert it.rules.seen(event, player) is None
    assert named(it) == [2, 9, 4]


@pytest.mark.parametrize(("begin", "calm"), [(-60, 6), (60, 60)])
def test_a_crowd_is_not_told_one_by_one(begin, calm):
    """Twelve in six seconds before the game, twelve a minute in it: what is told of a crowd does not grow with it."""
    it = game()
    it.wait(OPENS + begin)
    for player in range(1, 501):
        (event,) = hello(it, begin + player / 1000, player)
        assert (it.rules.seen(event, "everyone") is not None) == (player <= 12)
        assert it.rules.seen(event, "operator") == event
    assert named(it) == [*range(12, 0, -1)]
    assert it.state.lifecycle.players == 500
    hello(it, begin + calm, 501)
    assert named(it) == [*range(12, 0, -1)]
    hello(it, begin + calm + 0.001, 502)
    assert named(it) == [502, *range(12, 1, -1)]


def test_whom_the_host_sends_away_is_not_named_any_more():
    it = game()
    for player in (1, 2, 3):
        hello(it, player, player)
    operate(it, 10, Kick(2))
    operate(it, 11, Ban(3))
    assert named(it) == [1]
