"""What gives a prize: its moment, its ticket, the odds; and in which order they are asked."""

from __future__ import annotations

from typing import Any

import pytest

from games.lifecycle import Lifecycle
from games.mechanics.instant_win import Consoled, InstantWin, Lost, Play, Prize, Won
from games.mechanics.instant_win.settings import Consolation
from tests.games.mechanics.instant_win.known import DAY
from tests.games.table import OPENS, Table

MANY = 300
OPEN = Lifecycle(OPENS, OPENS + 7 * DAY)


def game(*prizes: Prize, hours: Lifecycle = OPEN, key: bytes = bytes(32), **fields: Any) -> Table:
    usual = {"plays_per_day": 100, "wins_per_player": 1000, "zone": "UTC", "traffic": [1] * 168}
    made = Table(InstantWin(prizes=list(prizes), **{**usual, **fields}), key, hours=hours)
    made.hello(OPENS, *range(1, MANY + 1))
    return made


def crowd(table: Table, begin: float, count: int, every: float = 1.0, first: int = 1) -> list[Any]:
    """Each plays once; what came of it."""
    return [table.play(begin + place * every, first + place, Play())[0] for place in range(count)]


def won(events: list[Any]) -> list[int]:
    return [place for place, event in enumerate(events, 1) if isinstance(event, Won)]


def test_play_n_gets_ticket_n_of_the_deck():
    table = game(Prize("mug", "Mug", 20, "deck"), expected_plays=200)
    tickets = [number for number, _ in table.rules.sealed.opened.deck.units]
    assert len(set(tickets)) == 20
    assert max(tickets) <= 200
    assert won(crowd(table, OPENS + 1, 200)) == tickets


def test_a_deck_has_all_its_prizes_given_when_as_many_play_as_it_has_tickets():
    table = game(Prize("mug", "Mug", 7, "deck"), Prize("trip", "Trip", 3, "deck"), expected_plays=60)
    events = crowd(table, OPENS + 1, 80)
    assert len(won(events)) == 10
    assert won(events)[-1] <= 60
    assert [event.ticket for event in events if isinstance(event, Won)] == list(range(10))
    assert {event.moment for event in events if isinstance(event, Won)} == {None}


def test_a_ticket_whose_player_may_not_win_goes_to_the_next():
    table = game(Prize("mug", "Mug", 5, "deck"), expected_plays=5, wins_per_player=1)
    events = [table.play(OPENS + 1 + place, player, Play())[0] for place, player in enumerate((1, 1, 1, 2, 3))]
    assert [isinstance(event, Won) for event in events] == [True, False, False, True, True]
    assert [event.ticket for event in events if isinstance(event, Won)] == [0, 1, 2]


def test_odds_give_everything_by_the_play_that_was_expected_last():
    table = game(Prize("mug", "Mug", 30, "odds"), expected_plays=200)
    events = crowd(table, OPENS + 1, 210)
    assert len(won(events)) == 30
    assert won(events)[-1] <= 200


def test_the_odds_are_what_remains_over_what_is_still_expected():
    """Over many keys every play wins equally often: 12 of 60."""
    counts = [0] * 60
    for key in range(150):
        for place in won(crowd(game(Prize("mug", "Mug", 12, "odds"), expected_plays=60, key=key.to_bytes(32)), OPENS + 1, 60)):
            counts[place - 1] += 1
    assert sum(counts) == 150 * 12
    assert sum((count - 30) ** 2 / (30 * 0.8) for count in counts) < 90  # 59 degrees of freedom, once in a hundred and fifty


def test_the_odds_can_be_told_from_the_key_and_the_number_of_the_play():
    first, second = (won(crowd(game(Prize("mug", "Mug", 12, "odds"), expected_plays=60), OPENS + 1, 60, every)) for every in (1, 30))
    assert first == second, "neither the hour nor who plays matters"
    assert first != won(crowd(game(Prize("mug", "Mug", 12, "odds"), expected_plays=60, key=b"k" * 32), OPENS + 1, 60))


def test_the_calendar_comes_first_then_the_deck_then_the_odds():
    table = game(Prize("trip", "Trip", 2), Prize("mug", "Mug", 60, "deck"), Prize("cap", "Cap", 60, "odds"), expected_plays=60)
    due = table.rules.sealed[1].at_ms / 1000
    prizes = [event.prize for event in crowd(table, due + 1, 64)]
    assert prizes == ["trip", "trip", *["mug"] * 60, "cap", "cap"]


def test_in_the_last_stretch_every_play_wins_while_anything_remains():
    hours = Lifecycle(OPENS, OPENS + 2 * DAY)
    prizes = [Prize("trip", "Trip", 3), Prize("mug", "Mug", 2, "deck"), Prize("cap", "Cap", 2, "odds")]
    table = game(*prizes, hours=hours, sweep=36 * 60, expected_plays=5000)
    before = crowd(table, OPENS + 1, 3)
    assert won(before) == []
    events = crowd(table, OPENS + DAY / 2, 9, first=10)
    assert [getattr(event, "prize", None) for event in events] == ["trip"] * 3 + ["mug"] * 2 + ["cap"] * 2 + [None, None]


def test_a_last_stretch_as_long_as_the_game_is_refused():
    with pytest.raises(ValueError, match="as long as the whole game"):
        game(Prize("mug", "Mug", 1), hours=Lifecycle(OPENS, OPENS + 3600), sweep=60)


def test_who_wins_nothing_has_the_consolation():
    table = game(Prize("mug", "Mug", 1), consolation=Consolation("tip", "A tip", "SUMMER10"))
    assert crowd(table, OPENS + 1, 2) == [Consoled(1, OPENS + 57_600), Consoled(2, OPENS + 57_600)]
    assert table.rules.view(table.state, "everyone")["mechanic"]["consolation"] == {"id": "tip", "label": "A tip", "text": "SUMMER10"}
    assert table.rules.stats(table.state) == {"plays": 2, "won": 0, "consoled": 2, "players": MANY}
    assert list(table.rules.awards(table.log[-1].event)) == []


def test_a_consolation_with_a_stock_is_a_unit_for_each_as_long_as_there_are_any():
    table = game(Prize("mug", "Mug", 1), consolation=Consolation("tip", "A tip", stock=2))
    first, second, third = crowd(table, OPENS + 1, 3)
    assert [award.unit for event in (first, second) for award in table.rules.awards(event)] == [0, 1]
    assert isinstance(third, Lost)
    assert table.rules.mechanic.stock(table.state.mechanic) == {"mug": 1, "tip": 0}
    assert "unit" not in type(table.rules.seen(first, 1)).__struct_fields__
