"""The proof of a game that was really played: anyone can check it, and nobody can change it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from games import proof
from games.fairness import verify
from games.fairness.pack import zipped
from games.fairness.verdict import FAILS, HOLDS
from games.fairness.verdict import verify as judge
from games.lifecycle import End
from games.models import Game
from games.proof import NotOver
from tenants import scope
from tests.games.published import Hand, fill, published

STANDALONE = Path(verify.__file__)


@pytest.fixture
def over(game: Game) -> Game:
    """Played and ended, as the row of the game then says."""
    hand = Hand(fill(game))
    hand.ask(hand.at + 60, "operator", 1, End())
    return current(game)


def current(game: Game) -> Game:
    with scope.tenant(game.tenant_id):
        return Game.objects.get(pk=game.pk)


def packed(game: Game) -> dict[str, bytes]:
    with scope.tenant(game.tenant_id):
        return proof.pack(game)


@pytest.fixture
def folder(over: Game, tmp_path: Path) -> Path:
    for name, data in packed(over).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_pack_holds_what_verify_asks_for(folder):
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "witness.json", "secret.json", "result.json", "plays.txt"}
    plays = (folder / "plays.txt").read_text().splitlines()
    assert [line.split()[3] for line in plays] == ["-", "0", "-", "1"]


@pytest.mark.promise("P4")
def test_a_stranger_finds_that_all_holds(folder):
    code, words = judge(["moments", str(folder)])
    assert code == HOLDS, words
    assert "4 plays, 2 of them won" in words


@pytest.mark.promise("P4")
def test_the_stand_alone_file_finds_the_same_without_us(folder):
    command = [sys.executable, "-I", str(STANDALONE), "moments", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("All holds: 4 moments")


def test_the_commitment_is_the_one_that_was_published_before(over, folder):
    assert over.seal["commit"] in judge(["moments", str(folder)])[1]
    assert json.loads((folder / "manifest.json").read_bytes()) == over.seal["manifest"]


def flip_an_outcome(folder: Path) -> None:
    """The first loser is said to have won what the second play won."""
    change(folder / "plays.txt", lambda text: swap(text.splitlines(keepends=True)))


def swap(lines: list[str]) -> str:
    first, second = (line.split() for line in lines[:2])
    first[3], second[3] = second[3], first[3]
    return "".join([" ".join(first) + "\n", " ".join(second) + "\n", *lines[2:]])


def change(path: Path, how) -> None:
    path.write_text(how(path.read_text()))


def deny_a_win(folder: Path) -> None:
    change(folder / "plays.txt", lambda text: text.replace(" 0\n", " -\n"))


def move_a_play(folder: Path) -> None:
    change(folder / "plays.txt", lambda text: text.replace(text.split()[4], str(int(text.split()[4]) + 1), 1))


def raise_the_stock(folder: Path) -> None:
    change(folder / "manifest.json", lambda text: text.replace('["mug",3]', '["mug",4]'))


def take_another_secret(folder: Path) -> None:
    change(folder / "secret.json", lambda text: text[:15] + ("0" if text[15] != "0" else "1") + text[16:])


def take_another_witness(folder: Path) -> None:
    change(folder / "witness.json", lambda text: text.replace(json.loads(text)["secrets"][0], "00" * 32))


def announce_another_moment(folder: Path) -> None:
    result = json.loads((folder / "result.json").read_text())
    result["moments"][0][0] += 1
    (folder / "result.json").write_text(json.dumps(result))


FORGERIES = [flip_an_outcome, deny_a_win, raise_the_stock, take_another_secret, take_another_witness, announce_another_moment]


@pytest.mark.control("P4")
@pytest.mark.parametrize("tamper", [*FORGERIES, move_a_play], ids=lambda tamper: tamper.__name__)
def test_a_proof_that_was_tampered_with_is_refused(folder, tamper):
    tamper(folder)
    code, words = judge(["moments", str(folder)])
    assert code == FAILS, words


@pytest.mark.control("P4")
@pytest.mark.parametrize("tamper", FORGERIES, ids=lambda tamper: tamper.__name__)
def test_a_forger_who_leaves_out_the_hash_of_the_plays_is_found_too(folder, tamper):
    """What he cannot be shown to have done is to move a win to a time at which it was still the first play."""
    tamper(folder)
    result = json.loads((folder / "result.json").read_text())
    del result["plays_sha256"]
    (folder / "result.json").write_text(json.dumps(result))
    code, words = judge(["moments", str(folder)])
    assert code == FAILS, words


@pytest.mark.promise("P6")
@pytest.mark.parametrize("phase", ["waiting", "open", "paused"])
def test_before_the_end_there_is_no_proof(game, phase):
    game.phase = phase
    with pytest.raises(NotOver):
        packed(game)


def test_a_game_that_was_ended_before_anybody_played_has_a_proof_too(tenant, tmp_path):
    game = published(tenant, "empty")
    Hand(game).begin().ask(game.opens_at.timestamp() + 5, "operator", 1, End())
    for name, data in packed(current(game)).items():
        (tmp_path / name).write_bytes(data)
    assert judge(["moments", str(tmp_path)])[0] == HOLDS


def test_the_zip_is_the_same_at_any_time(over):
    assert zipped(packed(over)) == zipped(packed(over))


def test_the_proof_of_one_game_says_nothing_of_the_key_of_it(over):
    with scope.tenant(over.tenant_id):
        key = proof.opened(over).key
    assert key.hex().encode() not in b"".join(packed(over).values())
