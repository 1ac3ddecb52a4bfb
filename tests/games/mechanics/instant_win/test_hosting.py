"""What operators may do to the prizes of a running game, and who hears of it."""

from __future__ import annotations

import msgspec
import pytest

from games.lifecycle import End
from games.mechanic import Rejected
from games.mechanics.instant_win import Announced, Lost, Prize, Win, Won
from games.mechanics.instant_win.words import Addendum, Burst, Bursting, Disqualified, Disqualify, Extended, Freeze, Frozen, Remaining
from realtime.refusals import SENTENCES
from tests.games.mechanics.instant_win.known import DAY, outcome, table
from tests.games.table import OPENS

STAGE = [Prize("mug", "Mug", 2), Prize("cup", "Cup", 5, "stage")]
FREE = {"plays_per_day": 100, "wins_per_player": 100}


def host(game, second, command):
    (event,) = ask(game, second, command)
    return event


def ask(game, second, command):
    found = game.ask(OPENS + second, "operator", 9, command)
    if found.refused:
        raise found.refused
    return found.events


def refusal(game, second, command):
    with pytest.raises(Rejected) as refused:
        ask(game, second, command)
    assert refused.value.code in SENTENCES
    return refused.value.code


def public(game):
    return game.rules.view(game.state, "everyone")["mechanic"]


def hosted(game):
    return game.rules.view(game.state, "operator")["mechanic"]


def test_a_freeze_is_for_operators_eyes():
    game = table(1)
    before = public(game)
    frozen = host(game, 5, Freeze("mug"))
    assert frozen == Frozen("mug", True)
    assert [game.rules.seen(frozen, eye) for eye in ("everyone", 1)] == [None, None]
    assert (public(game), hosted(game)["frozen"]) == (before, ["mug"])
    host(game, 6, Freeze("mug", False))
    assert "frozen" not in hosted(game)


@pytest.mark.parametrize("command", [Freeze("boat"), Addendum("boat", 1), Burst(30, {"boat": 1})])
def test_a_prize_that_there_is_not_is_refused(command):
    assert refusal(table(sealed=True), 5, command) == "unknown_prize"


def test_what_is_so_already_is_refused():
    game = table(1)
    assert refusal(game, 5, Freeze("mug", False)) == "not_now"
    host(game, 5, Freeze("mug"))
    assert refusal(game, 6, Freeze("mug")) == "not_now"
    host(game, 7, Disqualify(1, "staff"))
    assert refusal(game, 8, Disqualify(1, "fraud")) == "not_now"


def test_all_moments_of_an_addendum_lie_after_it():
    game = table(sealed=True, **FREE)
    known = list(game.rules.sealed)
    added = host(game, DAY, Addendum("mug", 50))
    assert isinstance(added, Extended)
    plan = game.rules.sealed.plan(game.state.mechanic.additions)
    late = [unit for unit in plan.calendar.units if unit not in [[moment.at_ms, moment.prize] for moment in known]]
    assert len(late) == 50
    assert min(at for at, _ in late) > (OPENS + DAY) * 1000
    assert list(game.rules.sealed) == known, "what was sealed is not touched"


def test_added_stock_is_told_to_everyone_without_what_binds_it_and_can_be_won():
    game = table(sealed=True, **FREE)
    added = host(game, DAY, Addendum("trip", 2))
    assert msgspec.to_builtins(game.rules.seen(added, "everyone")) == {"t": "extended", "prizes": {"trip": 2}}
    assert (public(game)["left"], public(game)["prizes"][1]) == (6, {"id": "trip", "label": "Trip", "stock": 3, "left": 3})
    assert game.rules.mechanic.stock(game.state.mechanic) == {"mug": 3, "trip": 3}
    events = [outcome(game, 7 * DAY - 60, 1) for _ in range(7)]
    assert sorted((event.prize, event.unit) for event in events[:6]) == [
        ("mug", 0),
        ("mug", 1),
        ("mug", 2),
        *[("trip", n) for n in range(3)],
    ]
    assert isinstance(events[6], Lost)
    assert len({event.moment for event in events[:6]}) == 6


@pytest.mark.parametrize("second", [7 * DAY - 3600, 7 * DAY - 1])
def test_stock_that_no_moment_could_be_drawn_for_is_refused(second):
    assert refusal(table(sealed=True), second, Addendum("mug", 1)) == "too_late"


def test_more_than_a_game_holds_is_refused():
    game = table(prizes=[Prize("mug", "Mug", 999_999)], sealed=True)
    assert refusal(game, 5, Addendum("mug", 2)) == "too_many_units"


def test_in_the_last_stretch_nothing_is_added():
    game = table(prizes=STAGE, sweep=24 * 60, sealed=True)
    assert refusal(game, 6 * DAY, Addendum("mug", 1)) == "too_late"
    assert refusal(game, 6 * DAY, Burst(30, {"cup": 1})) == "too_late"


def test_a_burst_gives_what_waited_for_it_within_its_seconds_and_everyone_hears_at_once():
    game = table(prizes=STAGE, sealed=True, **FREE)
    assert isinstance(outcome(game, 30, 1), Lost)
    begun = host(game, 60, Burst(30, {"cup": 3}))
    assert (begun.since, begun.until) == (int((OPENS + 60) * 1000) + 1, int((OPENS + 90) * 1000) + 1)
    units = game.rules.sealed.plan(game.state.mechanic.additions).calendar.units
    assert all(begun.since <= at < begun.until for at, prize in units if prize == "cup")
    won = [outcome(game, 91, player) for player in (1, 2, 3)]
    assert [event.prize for event in won] == ["cup"] * 3
    game.wait(OPENS + 91)
    told = [entry for entry in game.log if isinstance(entry.event, Announced)]
    assert {entry.at for entry in told} == {OPENS + 91}
    assert [win for entry in told for win in entry.event.wins] == [Win(player, "cup", OPENS + 91) for player in (1, 2, 3)]
    assert public(game)["burst"] == {"prizes": {"cup": 3}, "since": begun.since, "until": begun.until}
    assert "commit" not in msgspec.to_builtins(game.rules.seen(begun, "everyone"))


def test_what_a_burst_gives_does_not_hurry_what_is_told_late():
    game = table(prizes=[Prize("mug", "Mug", 200), STAGE[1]], sealed=True, traffic=[1] * 168, **FREE)
    due = game.rules.sealed[0].at_ms / 1000 - OPENS
    assert outcome(game, due, 1).prize == "mug"
    host(game, due + 1, Burst(30, {"cup": 1}))
    while not (isinstance(event := outcome(game, due + 40, 2), Won) and event.prize == "cup"):
        pass
    game.wait(OPENS + due + 40)
    assert [win.prize for win in game.log[-1].event.wins] == ["cup"]
    assert public(game)["prizes"][0]["left"] == 200


def test_a_burst_gives_no_more_than_waits_and_only_what_waits():
    game = table(prizes=STAGE, sealed=True)
    assert refusal(game, 5, Burst(30, {"cup": 6})) == "not_enough_left"
    assert refusal(game, 5, Burst(30, {"mug": 1})) == "not_enough_left"
    host(game, 5, Burst(30, {"cup": 3}))
    assert refusal(game, 20, Burst(30, {"cup": 2})) == "not_now"
    assert refusal(game, 60, Burst(30, {"cup": 3})) == "not_enough_left"
    assert isinstance(host(game, 60, Burst(30, {"cup": 2})), Bursting)


def test_who_is_disqualified_gives_back_what_he_won_and_wins_no_more():
    game = table(1, 2, (3, "trip"), **FREE)
    for second in (10, 11):
        outcome(game, second, 1)
    out = host(game, 20, Disqualify(1, "staff"))
    assert out == Disqualified(1, "staff", {"mug": 2})
    assert list(game.rules.touched(out)) == [1]
    assert game.rules.view(game.state, 1)["mechanic"] == {"plays_left": 0, "next_play_at": None, "won": [], "disqualified": True}
    assert (hosted(game)["disqualified"], hosted(game)["returned"]) == ([{"player": 1}], 2)
    with pytest.raises(Rejected, match="disqualified"):
        outcome(game, 30, 1)
    assert outcome(game, 31, 2).prize == "trip"


def test_everyone_hears_only_that_a_name_is_gone_and_it_is_not_told_later():
    game = table(1, 2, **FREE)
    outcome(game, 10, 1)
    out = host(game, 20, Disqualify(1, "minor"))
    assert msgspec.to_builtins(game.rules.seen(out, "everyone")) == {"t": "disqualified", "player": 1}
    (told,) = game.wait(OPENS + 2000)
    assert told.event == Announced([], {"mug": 1})
    assert public(game)["recent"] == []


def test_a_name_that_was_told_leaves_the_screen():
    game = table(1, **FREE)
    outcome(game, 10, 1)
    game.wait(OPENS + 2000)
    assert public(game)["recent"]
    host(game, 2001, Disqualify(1, "rules"))
    assert public(game)["recent"] == []


@pytest.mark.parametrize("then", ["draw", "void"])
def test_the_end_states_what_nobody_took_and_what_came_back(then):
    game = table(1, (2, "trip"), rest=then, **FREE)
    outcome(game, 10, 1)
    outcome(game, 11, 2)
    host(game, 20, Disqualify(2, "unreachable"))
    *_, rest = ask(game, 30, End())
    assert rest == Remaining({"mug": 2}, {"trip": 1}, then)
    assert game.rules.seen(rest, "everyone") == rest
    assert public(game)["rest"] == {"left": {"mug": 2}, "returned": {"trip": 1}, "becomes": then}
