"""What a release has stored, every later one shows as it was (decision 20)."""

from __future__ import annotations

import msgspec
import pytest

from games.mechanics.instant_win import InstantWin, Lost
from games.registry import MECHANICS
from tools import golden

LOGS = sorted(golden.GOLDEN.glob("*/*.jsonl"))
every_log = pytest.mark.parametrize("path", LOGS, ids=lambda path: f"{path.parent.name} {path.stem}")


@every_log
@pytest.mark.promise("P2")
def test_a_log_of_then_shows_what_it_showed_then(path):
    assert list(golden.differences(path.parent.name, path)) == []


@pytest.mark.parametrize("kind", MECHANICS)
def test_every_mechanic_has_a_log_of_a_release(kind):
    found = [path for path in LOGS if path.parent.name == kind]
    assert found, f"write its settings.json and run `python -m tools.golden {kind}`"
    kinds = {msgspec.json.decode(line)[5] for path in found for line in path.read_bytes().splitlines() if line.startswith(b"[")}
    assert len(kinds) > 3, "a game in which little happens holds little"


LOG = golden.GOLDEN / "instant_win" / "0.1.0.jsonl"


@pytest.mark.control("P2")
def test_a_view_that_changed_is_noticed(monkeypatch):
    view = InstantWin.view
    monkeypatch.setattr(InstantWin, "view", lambda self, state, eye: {**view(self, state, eye), "plays": state.standing.plays + 1})
    assert any("event 25: views were" in sentence for sentence in golden.differences("instant_win", LOG))


@pytest.mark.control("P2")
def test_rules_that_count_otherwise_are_noticed(monkeypatch):
    evolve = InstantWin.evolve

    def forgetful(self, state, event):
        if not (isinstance(event, Lost) and event.player == 7):
            evolve(self, state, event)

    monkeypatch.setattr(InstantWin, "evolve", forgetful)
    found = list(golden.differences("instant_win", LOG))
    assert any(": stats were" in sentence for sentence in found)
    assert any(": views were" in sentence for sentence in found)


@pytest.mark.control("P2")
def test_an_event_that_cannot_be_read_any_more_is_noticed(tmp_path):
    spoiled = tmp_path / "0.1.0.jsonl"
    spoiled.write_bytes(LOG.read_bytes().replace(b'\\"until\\"', b'\\"til\\"'))
    with pytest.raises(msgspec.ValidationError, match="until"):
        list(golden.differences("instant_win", spoiled))


def test_a_match_holds_every_event_of_its_mechanic():
    path = LOG.with_name("0.1.0-match.jsonl")
    kinds = {msgspec.json.decode(line)[5] for line in path.read_bytes().splitlines() if line.startswith(b"[")}
    assert {str(kind.__struct_config__.tag) for kind in InstantWin.types()[2].__args__} <= kinds


def test_a_play_is_written_down_once_and_by_its_seed_alone(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "instant_win"
    folder.mkdir()
    (folder / "settings.json").write_bytes((golden.GOLDEN / "instant_win" / "settings.json").read_bytes())
    monkeypatch.setattr(golden, "GOLDEN", tmp_path)
    monkeypatch.setattr(golden, "ROOT", tmp_path)
    assert [golden.main("instant_win", release) for release in ("1.0", "1.1", "1.0")] == [0, 0, 1]
    assert "never written again" in capsys.readouterr().out
    once, again = ((folder / f"{release}.jsonl").read_bytes().splitlines() for release in ("1.0", "1.1"))
    assert once[1:] == again[1:]
    assert list(golden.differences("instant_win", folder / "1.0.jsonl")) == []


def test_the_command_says_which_mechanics_there_are(capsys):
    assert golden.main("nothing") == 1
    assert "instant_win" in capsys.readouterr().out


def test_a_log_begins_with_what_the_game_was():
    game = msgspec.json.decode(LOG.read_bytes().splitlines()[0], type=golden.Game)
    assert (game.release, golden.rules_of("instant_win", game).mechanic.plays_per_day) == ("0.1.0", 30)
