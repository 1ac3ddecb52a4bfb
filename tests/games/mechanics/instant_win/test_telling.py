"""Who hears of a win, and when."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games.lifecycle import End, Ended, Pause, Resume
from games.mechanics.instant_win import Announced, InstantWin, Prize, Prized, Win
from tests.games.mechanics.instant_win.known import outcome, table
from tests.games.plans import fitted, plans, settings_of
from tests.games.table import OPENS, Table


def test_a_win_is_told_to_the_winner_at_once_without_what_would_count_the_others():
    game = table(1)
    won = outcome(game, 5, 1)
    assert game.rules.seen(won, 1) == Prized(1, "mug", OPENS + 5)
    assert msgspec.to_builtins(game.rules.seen(won, 1)) == {"t": "won", "player": 1, "prize": "mug", "at": OPENS + 5}
    assert game.rules.seen(won, "operator") == won
    assert [game.rules.seen(won, eye) for eye in ("everyone", 2)] == [None, None]
    assert game.rules.view(game.state, 1)["mechanic"]["won"] == [{"prize": "mug", "at": OPENS + 5}]


def test_everyone_hears_of_a_win_after_a_quarter_of_an_hour_on_the_whole_minute():
    game = table(1)
    outcome(game, 5, 1)
    before = game.rules.view(game.state, "everyone")["mechanic"]
    assert (before["left"], before["recent"]) == (4, [])
    assert game.wait(OPENS + 959) == []
    (told,) = game.wait(OPENS + 960)
    assert told.event == Announced([Win(1, "mug", OPENS + 5)], {"mug": 1})
    after = game.rules.view(game.state, "everyone")["mechanic"]
    assert (after["left"], after["prizes"][0]["left"]) == (3, 2)
    assert after["recent"] == [{"player": 1, "prize": "mug", "at": OPENS + 5}]


def test_operators_see_the_stock_as_it_is():
    game = table(1)
    outcome(game, 5, 1)
    seen = game.rules.view(game.state, "operator")["mechanic"]
    assert (seen["left"], seen["plays"], seen["won"]) == (3, 1, 1)
    assert game.rules.mechanic.stock(game.state.mechanic) == {"mug": 2, "trip": 1}


def test_a_pause_keeps_the_telling_waiting():
    game = table(1)
    outcome(game, 5, 1)
    game.ask(OPENS + 10, "operator", 9, Pause())
    assert game.wait(OPENS + 5000) == []
    game.ask(OPENS + 5010, "operator", 9, Resume())
    assert game.rules.deadline(game.state) == OPENS + 960 + 5000


def test_the_end_tells_what_is_not_told_yet():
    game = table(1, 2)
    outcome(game, 5, 1)
    outcome(game, 6, 2)
    ended, told, rest = game.ask(OPENS + 10, "operator", 9, End()).events
    assert isinstance(ended, Ended)
    assert [win.player for win in told.wins] == [1, 2]
    assert rest.left == {"mug": 1, "trip": 1}
    assert game.rules.deadline(game.state) is None
    assert game.rules.view(game.state, "everyone")["mechanic"]["left"] == 2


def test_a_telling_names_fifty_and_counts_all():
    many = Prize("mug", "Mug", 70)
    game = table(*[1] * 70, prizes=[many])
    game.hello(OPENS, *range(1, 71))
    for player in range(1, 71):
        outcome(game, 5, player)
    (told,) = game.wait(OPENS + 960)
    assert told.event.given == {"mug": 70}
    assert [win.player for win in told.event.wins] == list(range(21, 71))
    assert game.rules.view(game.state, "everyone")["mechanic"]["left"] == 0
    assert game.rules.mechanic.deadline(game.state.mechanic) is None


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.promise("P6")
def test_nobody_hears_of_a_win_before_its_quarter_of_an_hour_unless_the_game_is_over(data):
    game = Table(data.draw(settings_of(InstantWin)), data.draw(st.binary(min_size=32, max_size=32)))
    for step in fitted(game.rules.mechanic, data.draw(plans(InstantWin))):
        game.ask(*step)
    over = {entry.at for entry in game.log if isinstance(entry.event, Ended)}
    for entry in game.log:
        if isinstance(entry.event, Announced) and entry.at not in over:
            assert all(entry.at >= win.at + 900 or game.rules.mechanic.is_staged(win.prize) for win in entry.event.wins)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_screen_that_hears_the_frames_shows_what_a_fresh_snapshot_shows(data):
    """What the page's script does with `announced`, done here."""
    game = Table(data.draw(settings_of(InstantWin)), data.draw(st.binary(min_size=32, max_size=32)))
    screen = game.rules.mechanic.view(game.state.mechanic, "everyone")
    for step in fitted(game.rules.mechanic, data.draw(plans(InstantWin))):
        for entry in game.ask(*step).entries:
            if event := game.rules.seen(entry.event, "everyone"):
                apply(screen, msgspec.to_builtins(event))
    assert screen == game.rules.mechanic.view(game.state.mechanic, "everyone")


def apply(screen, event):
    match event:
        case {"t": "bursting", **burst}:
            screen["burst"] = burst
        case {"t": "remaining", **rest}:
            screen["rest"] = rest
        case {"t": "disqualified", "player": player}:
            screen["recent"] = [win for win in screen["recent"] if win["player"] != player]
        case {"t": "extended", "prizes": prizes}:
            for prize in screen["prizes"]:
                prize["stock"] += prizes.get(prize["id"], 0)
                prize["left"] += prizes.get(prize["id"], 0)
            screen["left"] += sum(prizes.values())
    if event["t"] != "announced":
        return
    for prize in screen["prizes"]:
        prize["left"] -= event["given"].get(prize["id"], 0)
    screen["left"] -= sum(event["given"].values())
    screen["recent"] = [*screen["recent"], *event["wins"]][-8:]
