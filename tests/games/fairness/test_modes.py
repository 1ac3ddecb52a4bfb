"""The sealed deck, the odds and the list: what follows from their manifests, and what is refused."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness.canonical import digest
from games.fairness.deck import tickets
from games.fairness.listing import listed, listing
from games.fairness.moments import commitment
from games.fairness.odds import Odds
from games.fairness.promise import judge_promise, promise_commitment
from games.fairness.shape import Refused
from games.fairness.stream import Stream

SECRET, RANDOMNESS = bytes(range(32)), b"r" * 32
BEACON = "witness:" + "a" * 64 + ":" + "b" * 64
DECK = {"v": "DECK/1", "campaign": "c", "tickets": 50, "prizes": [["mug", 6], ["trip", 2]], "beacon": BEACON}
ODDS = {"v": "ODDS/1", "campaign": "c", "plays": 50, "prizes": [["pin", 5], ["cap", 5]], "beacon": BEACON}
LIST = {"v": "LIST/1", "campaign": "c", "prizes": [["cup", 2]], "beacon": BEACON}
CALENDAR = {"v": "IW/1", "campaign": "c", "intervals": [[0, 9000]], "prizes": [["book", 4]], "mode": "iid", "beacon": BEACON}
WHOLE = {
    "v": "PRIZES/1",
    "campaign": "c",
    "beacon": BEACON,
    "intervals": [[0, 9000]],
    "parts": [CALENDAR, DECK, ODDS],
    "caps": {"wins_per_player": 2, "per_day": {"mug": 3}},
    "days": [5000, 10_000],
}


def free(prize: str) -> bool:
    return True


def shuffled(manifest, secret):
    """The definition, word by word: the whole deck, prizes first, shuffled by Fisher-Yates from its beginning."""
    units = [prize for prize, count in manifest["prizes"] for _ in range(count)]
    places = list(range(manifest["tickets"]))
    stream = Stream(hmac.digest(secret, b"DECK/1\0" + digest(manifest) + RANDOMNESS, "sha256"))
    for unit in range(len(units)):
        other = unit + stream.below(len(places) - unit)
        places[unit], places[other] = places[other], places[unit]
    return sorted((places[unit] + 1, prize) for unit, prize in enumerate(units))


@pytest.mark.promise("P5")
@settings(deadline=None)
@given(st.integers(8, 400), st.binary(min_size=32, max_size=32))
def test_the_short_shuffle_is_the_whole_one(count, secret):
    manifest = DECK | {"tickets": count}
    assert [(ticket.number, ticket.prize) for ticket in tickets(manifest, secret, RANDOMNESS)] == shuffled(manifest, secret)


def test_every_ticket_is_as_likely_to_win():
    counts = Counter(ticket.number for key in range(2000) for ticket in tickets(DECK, key.to_bytes(32), RANDOMNESS))
    expected = 2000 * 8 / 50
    assert sum((counts[number] - expected) ** 2 / (expected * 42 / 50) for number in range(1, 51)) < 75  # 49 degrees, once in a hundred


@pytest.mark.promise("P5")
def test_the_odds_are_a_number_below_what_is_expected_still():
    odds, taken = Odds(ODDS, SECRET, RANDOMNESS), {"pin": 1}
    key = hmac.digest(SECRET, b"ODDS/1\0" + digest(ODDS) + RANDOMNESS, "sha256")
    for number in range(1, 60):
        drawn = Stream(hmac.digest(key, struct.pack(">Q", number), "sha256")).below(max(9, 50 - number + 1))
        assert odds.drawn(number, taken, free) == ("pin" if drawn < 4 else "cap" if drawn < 9 else None)
    assert odds.drawn(1, taken, free, certain=True)
    assert odds.drawn(50, {"pin": 5, "cap": 5}, free, certain=True) is None
    assert {odds.drawn(50, {}, lambda prize: prize == "cap") for _ in range(3)} == {"cap"}


def test_a_list_is_read_as_it_is_written():
    moments = [(5, "cup"), (3, "cup")]
    assert [(moment.at_ms, moment.unit) for moment in listed(LIST, listing(moments))] == [(3, 0), (5, 1)]
    for bad in (b"5 cup\n3 cup\n", b"3 cup\n", b"3 cup\n5 mug\n", b"3 cup\n5 cup", b"3 cup\r\n5 cup\r\n", b"3  cup\n5 cup\n"):
        with pytest.raises(Refused):
            listed(LIST, bad)


def test_one_commitment_binds_secret_manifest_and_list():
    whole = hashlib.sha256(b"PRIZES/1/commit\0" + SECRET + digest(WHOLE) + hashlib.sha256(b"").digest()).digest()
    assert promise_commitment(WHOLE, SECRET) == whole
    assert promise_commitment(WHOLE | {"parts": [LIST]}, SECRET, b"3 cup\n5 cup\n") != promise_commitment(
        WHOLE | {"parts": [LIST]}, SECRET, b"3 cup\n6 cup\n"
    )
    assert promise_commitment(CALENDAR, SECRET) == commitment(SECRET, CALENDAR), "a calendar alone is what it always was"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"v": "PRIZES/2"}, "PRIZES/1"),
        ({"note": 1}, "unknown key 'note'"),
        ({"parts": [DECK, DECK]}, "each at most once"),
        ({"parts": [{"v": "DICE/1"}]}, "a part must be one of"),
        ({"parts": ["DECK/1"]}, "a part must be one of"),
        ({"parts": [CALENDAR, LIST]}, "either drawn or listed"),
        ({"parts": [DECK | {"campaign": "d"}]}, "of another game"),
        ({"parts": [DECK | {"beacon": BEACON.replace("a", "c")}]}, "of another game"),
        ({"parts": [CALENDAR, DECK | {"prizes": [["book", 1]]}]}, "'book' stands in two parts"),
        ({"parts": [DECK | {"tickets": 7}]}, "8 units of prizes do not fit into a deck of 7"),
        ({"parts": [DECK | {"tickets": 0}]}, "tickets"),
        ({"parts": [DECK | {"seed": 1}]}, "unknown key 'seed'"),
        ({"parts": [ODDS | {"plays": 0}]}, "plays expected"),
        ({"parts": [ODDS | {"plays": 1.5}]}, "plays expected"),
        ({"caps": {"wins_per_player": 0}}, "wins_per_player"),
        ({"caps": {"wins": 1}}, "unknown key 'wins'"),
        ({"caps": {"per_day": [1]}}, "per_day must be an object"),
        ({"caps": {"per_hour": {"mug": 0}}}, "per_hour"),
        ({"days": []}, "days must rise"),
        ({"days": [5, 5]}, "days must rise"),
        ({"intervals": [[5, 4]]}, "end"),
        ({"sweep_from": -1}, "sweep_from"),
        ({"stage": [["cup", 0]]}, "quantity"),
        ({"beacon": "dice"}, "beacon"),
    ],
)
def test_a_promise_that_no_game_may_open_with_is_refused(change, fault):
    with pytest.raises(Refused, match=fault):
        judge_promise(WHOLE | change)


def test_a_day_ends_where_the_manifest_says():
    promise = judge_promise(WHOLE)
    assert [promise.until(at) for at in (0, 4999, 5000, 9999, 10_000)] == [5.0, 5.0, 10.0, 10.0, float("inf")]
