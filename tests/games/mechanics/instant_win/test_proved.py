"""Whatever was played and pressed: the proof of it holds, for us and for a stranger; and one that was touched does not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games.fairness.verdict import FAILS, HOLDS, verify
from games.fairness.witness import commit, label, randomness
from games.lifecycle import End, Lifecycle
from games.mechanic import Seal, Terms
from games.mechanics.instant_win import InstantWin, Lost, Play, Prize, Won
from games.mechanics.instant_win.settings import Fixed
from games.mechanics.instant_win.words import Addendum, Burst, Disqualify, Freeze
from games.ruleset import Ruleset
from tests.games.mechanics.instant_win.known import DAY
from tests.games.plans import fitted, plans, settings_of
from tests.games.table import CLOSES, HOURS, OPENS, Table

FIRST, SECOND = b"1" * 32, b"2" * 32
TWO_DAYS = Lifecycle(OPENS, OPENS + 2 * DAY)
PRIZES = [
    Prize("mug", "Mug", 30, per_day=10, per_hour=4),
    Prize("cap", "Cap", 20, "deck", per_hour=3),
    Prize("pin", "Pin", 20, "odds"),
    Prize("cup", "Cup", 5, "stage"),
    Prize("trip", "Trip", 2),
]


def table(game: InstantWin, hours: Lifecycle = HOURS, key: bytes = bytes(32)) -> Table:
    """With witnesses whose secrets are known, so that its proof can be told."""
    made = Table(game, key, hours)
    manifest = game.manifest(Terms("game", hours.opens_at, hours.closes_at, label(commit(FIRST), commit(SECOND))))
    made.seal = Seal(key, manifest, randomness(FIRST, SECOND), {"secrets": [FIRST.hex(), SECOND.hex()]})
    made.rules = Ruleset(game, hours, game.sealed(made.seal))
    made.state = made.rules.beginning()
    return made


def judged(files: dict[str, bytes]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        return verify(["moments", folder])


def proof(made: Table) -> dict[str, bytes]:
    return made.rules.mechanic.reveal(made.seal, made.facts())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.promise("P4")
def test_what_was_played_can_be_recomputed(data):
    game = data.draw(settings_of(InstantWin))
    made = table(game, key=data.draw(st.binary(min_size=32, max_size=32)))
    for step in fitted(game, data.draw(plans(InstantWin))):
        made.ask(*step)
    made.ask(CLOSES - 1, "operator", 9, End())
    assert list(game.faults(made.seal, made.facts())) == []
    code, words = judged(proof(made))
    assert code == HOLDS, words


def everything(**more: Any) -> Table:
    """Two days in which each thing happens that can."""
    made = table(
        InstantWin(prizes=PRIZES, plays_per_day=200, wins_per_player=9, gap=600, wins_per_day=40, sweep=90, expected_plays=600, **more),
        TWO_DAYS,
    )
    made.hello(OPENS, *range(1, 21))
    presses = {
        40: Freeze("mug"),
        90: Freeze("mug", False),
        120: Addendum("trip", 3),
        150: Burst(60, {"cup": 4}),
        170: Disqualify(3, "staff"),
    }
    for number in range(400):
        at = OPENS + 300 + number * 420
        if number in presses:
            press(made, at - 1, presses[number])
        made.ask(at, "player", number % 20 + 1, Play())
    made.ask(OPENS + 2 * DAY - 1, "operator", 9, End())
    return made


def press(made: Table, at: float, command: Any) -> None:
    assert made.ask(at, "operator", 9, command).refused is None


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    made = everything()
    kinds = {type(entry.event).__name__ for entry in made.log}
    assert {"Won", "Lost", "Frozen", "Extended", "Bursting", "Disqualified", "Announced", "Remaining"} <= kinds
    modes = {(event.moment is not None, event.ticket is not None) for entry in made.log if isinstance(event := entry.event, Won)}
    assert len(modes) == 3, "calendar, deck and odds all gave something"
    return proof(made)


@pytest.mark.promise("P4")
def test_a_game_in_which_everything_happened_holds(files):
    code, words = judged(files)
    assert code == HOLDS, words
    assert "winning tickets" in words
    acts = [act["act"] for act in json.loads(files["acts.json"])]
    assert acts == ["freeze", "thaw", "addendum", "burst", "disqualify"]
    result = json.loads(files["result.json"])
    assert result["left"]
    assert result["returned"]


def changed(files: dict[str, bytes], name: str, how: Any) -> dict[str, bytes]:
    """The file is another, and what would merely be the hash of it is left out."""
    result = json.loads(files["result.json"])
    for told in ("plays_sha256", "left", "returned"):
        result.pop(told, None)
    return {**files, "result.json": json.dumps(result).encode(), name: how(files[name])}


def acts(how: Any) -> Any:
    def change(data: bytes) -> bytes:
        found = json.loads(data)
        how(found)
        return json.dumps(found).encode()

    return change


def lines(how: Any) -> Any:
    def change(data: bytes) -> bytes:
        found = data.decode().splitlines()
        how(found)
        return "".join(f"{line}\n" for line in found).encode()

    return change


def winners(found: list[str], sign: str) -> list[int]:
    return [place for place, line in enumerate(found) if line.split()[3].startswith(sign)]


def deny(sign: str) -> Any:
    def change(found: list[str]) -> None:
        place = winners(found, sign)[0]
        found[place] = found[place].rsplit(" ", 1)[0] + " -"

    return lines(change)


FORGERIES = {
    "a ticket is denied": ("plays.txt", deny("d")),
    "one by the odds is denied": ("plays.txt", deny("o")),
    "a play is left out": ("plays.txt", lines(lambda found: found.pop(winners(found, "d")[0] - 1))),
    "a freeze is left out": ("acts.json", acts(lambda found: found.pop(0))),
    "a freeze lasts longer": ("acts.json", acts(lambda found: found[1].update(after=200))),
    "an addendum is left out": ("acts.json", acts(lambda found: found.pop(2))),
    "an addendum has more units": ("acts.json", acts(lambda found: found[2]["manifest"]["prizes"][0].__setitem__(1, 4))),
    "an addendum reaches into the past": ("acts.json", acts(lambda found: found[2]["manifest"]["intervals"][0].__setitem__(0, 1))),
    "the caps are others": ("manifest.json", acts(lambda found: found["caps"].update(wins_per_player=8))),
    "the deck is larger": ("manifest.json", acts(lambda found: found["parts"][1].update(tickets=500))),
    "the odds expect more": ("manifest.json", acts(lambda found: found["parts"][2].update(plays=500))),
}


@pytest.mark.control("P4")
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_proof_that_was_touched_does_not_hold(files, forgery):
    code, words = judged(changed(files, *FORGERIES[forgery]))
    assert code == FAILS, words


@pytest.mark.control("P4")
@pytest.mark.parametrize("kind", [Won, Lost])
def test_our_own_check_finds_a_play_that_got_something_else(kind):
    made = everything()
    place = next(place for place, entry in enumerate(made.log) if isinstance(entry.event, kind) and place > 100)
    event = made.log[place].event
    other = (
        Lost(event.player, event.until)
        if kind is Won
        else Won(event.player, "pin", 90, None, made.log[place].at, event.until, made.log[place].at)
    )
    made.log[place] = msgspec.structs.replace(made.log[place], event=other)
    assert list(made.rules.mechanic.faults(made.seal, made.facts()))


def test_a_bare_game_that_was_frozen_holds_too():
    made = table(InstantWin(prizes=[Prize("mug", "Mug", 20), Prize("trip", "Trip", 2)], plays_per_day=100), TWO_DAYS)
    made.hello(OPENS, *range(1, 41))
    for number in range(120):
        at = OPENS + 300 + number * 1300
        if number in (30, 60):
            press(made, at - 1, Freeze("mug", number == 30))
        made.ask(at, "player", number % 40 + 1, Play())
    made.ask(OPENS + 2 * DAY - 1, "operator", 9, End())
    found = proof(made)
    assert json.loads(found["manifest.json"])["v"] == "IW/1"
    code, words = judged(found)
    assert code == HOLDS, words
    assert judged(changed(found, "acts.json", acts(lambda each: each.clear())))[0] == FAILS


def test_moments_that_somebody_brought_are_bound_by_the_commitment():
    brought = [Fixed(int((OPENS + 3607 * n) * 1000), "mug") for n in range(1, 4)]
    game = InstantWin(prizes=[Prize("mug", "Mug", 3)], moments=brought, plays_per_day=100, wins_per_player=3, zone="UTC")
    made = table(game, TWO_DAYS)
    assert str(brought[0].at_ms) not in json.dumps(made.seal.manifest)
    made.hello(OPENS, 1)
    outcomes = [made.play(OPENS + 3607 * n - 1 + second, 1, Play())[0] for n in range(1, 4) for second in (0, 1)]
    assert [isinstance(event, Won) for event in outcomes] == [False, True] * 3
    found = proof(made)
    code, words = judged(found)
    assert code == HOLDS, words
    moved = {**found, "moments.txt": found["moments.txt"].replace(str(brought[0].at_ms).encode(), str(brought[0].at_ms - 1).encode())}
    assert judged(moved)[0] == FAILS
