"""A log that is cut anywhere: what a snapshot says and the rest of the log are together what the whole log says."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.lifecycle import Joined
from games.log import Logged
from games.registry import MECHANICS
from games.replay import LEAST, Kept, Replay, fingerprint
from games.ruleset import Ruleset
from tests.games.bell import Bell, Said
from tests.games.mechanics.test_laws import EYES, every_mechanic, many, played

LINE = "line01"


def told(log: list[Logged], data: st.DataObject) -> list[Logged]:
    """The same log, asked for by clients who name their commands."""
    names = data.draw(st.lists(st.sampled_from(["", "a", "b", "c", "🎉"]), min_size=len(log), max_size=len(log)))
    return [msgspec.structs.replace(entry, ref=name) for entry, name in zip(log, names, strict=True)]


def shown(replay: Replay, log: list[Logged]) -> dict[str, Any]:
    """All that anyone can ask of a game."""
    rules, state = replay.ruleset, replay.state
    return {
        "views": [rules.view(state, eye) for eye in EYES],
        "stats": rules.stats(state),
        "stock": rules.mechanic.stock(state.mechanic),
        "deadline": rules.deadline(state),
        "end": (replay.seq, replay.last_at),
        "repeats": [replay.repeats.find(entry.role, entry.by, entry.ref) for entry in log],
    }


@every_mechanic
@many
@given(data=st.data())
@pytest.mark.promise("P2")
def test_a_snapshot_and_the_tail_are_the_whole_log_wherever_it_is_cut(mechanic, data):
    table = played(data, mechanic)
    log = told(table.log, data)
    cut = data.draw(st.integers(0, len(log)))
    whole, half = Replay(table.rules, LINE).follow(log), Replay(table.rules, LINE).follow(log[:cut])
    again = Replay.unpacked(table.rules, LINE, half.frozen().packed())
    assert again is not None
    again.follow(log[cut:])
    assert shown(again, log) == shown(whole, log)
    assert again.same(whole)


def bell(*texts: str, **settings: float) -> Replay:
    events = [Logged(seq, float(seq), "player", seq, "r", Said(seq, text)) for seq, text in enumerate(texts, 1)]
    return Replay(Ruleset(Bell(**settings)), LINE).follow(events)


def test_a_snapshot_of_another_line_of_other_settings_or_of_another_game_is_not_taken():
    kept = bell("hello").frozen().packed()
    assert Replay.unpacked(Ruleset(Bell()), LINE, kept) is not None
    assert Replay.unpacked(Ruleset(Bell()), "line02", kept) is None
    assert Replay.unpacked(Ruleset(Bell(every=5.0)), LINE, kept) is None
    other = next(iter(MECHANICS.values()))
    assert Replay.unpacked(Ruleset(msgspec.convert(SETTINGS, other)), LINE, kept) is None


SETTINGS = {"prizes": [{"id": "mug", "label": "Mug", "stock": 1}]}


class MoreState(msgspec.Struct):
    said: int = 0
    rings_at: float | None = None
    heard: int = 0


def test_a_state_of_another_type_has_another_fingerprint(monkeypatch):
    before = fingerprint(Ruleset(Bell()), LINE)
    monkeypatch.setattr(Bell, "types", classmethod(lambda cls: (MoreState, *cls.__orig_bases__[0].__args__[1:])))
    assert fingerprint(Ruleset(Bell()), LINE) != before


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x94\x00\x80", msgspec.msgpack.encode([1.0, {"phase": "gone"}, {}, {}])])
def test_what_cannot_be_read_is_no_snapshot(data):
    kept = bell("hello").frozen().packed()
    assert Replay.unpacked(Ruleset(Bell()), LINE, Kept(1, kept.fingerprint, data)) is None


def test_a_snapshot_is_due_after_a_thousand_events_and_after_a_quarter_of_a_crowd():
    replay = bell(*["x"] * LEAST)
    assert not replay.snapshot_due()
    replay.take(Logged(LEAST + 1, 1e9, "player", 1, "", Said(1, "x")))
    assert replay.snapshot_due()
    replay.frozen().packed()
    assert not replay.snapshot_due()
    crowd = Replay(Ruleset(Bell()))
    crowd.follow(Logged(seq, 1.0, "system", 0, "", Joined(seq)) for seq in range(1, 8001))
    crowd.frozen().packed()
    crowd.follow(Logged(seq, 1.0, "player", 1, "", Said(1, "x")) for seq in range(8001, 10_001))
    assert not crowd.snapshot_due()
    crowd.take(Logged(10_001, 1.0, "player", 1, "", Said(1, "x")))
    assert crowd.snapshot_due()


def test_what_was_frozen_stays_as_it_was_while_the_game_goes_on():
    replay = bell("hello")
    expected, frozen = replay.frozen().packed(), replay.frozen()
    last = replay.seq
    for number in range(1, 10):
        replay.take(Logged(last + number, 9.0, "player", number % 3, f"r{number}", Joined(100 + number)))
    assert frozen.packed() == expected
    assert replay.frozen().packed() != expected
