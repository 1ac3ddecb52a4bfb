"""The proof for the client: before the end what may be known, after it everything that recomputes the game."""

import hashlib
import io
import zipfile

import pytest

from games.console import evidence
from games.fairness.canonical import digest
from games.fairness.verdict import verify
from games.models import Game
from games.pages.proof import grouped
from tenants import scope
from tests.games.console.export.test_tables import secrets
from tests.games.console.test_tabs import at
from tests.games.published import fill, published


@pytest.fixture
def game(world):
    return fill(published(world.demo))


def pack(world, game) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(world.client("analyst").get(at(game, "proof/pack.zip")).content))


def end(game: Game) -> None:
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(phase="ended")


def sums_hold(archive: zipfile.ZipFile) -> bool:
    lines = [line.split("  ") for line in archive.read("SHA256SUMS").decode().splitlines()]
    return bool(lines) and all(hashlib.sha256(archive.read(name)).hexdigest() == wanted for wanted, name in lines)


def test_the_fingerprints_stand_there_from_the_beginning(world, game):
    body = world.client().get(at(game, "proof/")).content.decode()
    assert grouped(game.seal["commit"]) in body
    assert grouped(digest(game.seal["manifest"]).hex()) in body
    assert "IW/1" in body


@pytest.mark.promise("P6")
def test_the_deposit_holds_only_what_may_be_known(world, game):
    archive = pack(world, game)
    assert set(archive.namelist()) == {"manifest.json", "commitment.json", "SHA256SUMS", "verify.py"}
    assert sums_hold(archive)
    data = b"".join(archive.read(name) for name in archive.namelist())
    hidden = {what: word for what, word in secrets(game).items() if not what.startswith("moment")}  # hours of the manifest are public
    assert [what for what, word in hidden.items() if word in data] == []


@pytest.mark.promise("P4")
def test_the_pack_recomputes_the_game_after_its_end(world, game, tmp_path):
    end(game)
    archive = pack(world, game)
    assert sums_hold(archive)
    archive.extractall(tmp_path)
    code, words = verify(["moments", str(tmp_path)])
    assert code == 0, words
    body = world.client().get(at(game, "proof/")).content.decode()
    assert hashlib.sha256(archive.read("plays.txt")).hexdigest() in body
    assert "Everything that was sealed is open." in body


def test_a_game_that_sealed_nothing_says_so(world):
    game = world.game()
    assert "Nothing was sealed in this game." in world.client().get(at(game, "proof/")).content.decode()
    assert world.client().get(at(game, "proof/pack.zip")).status_code == 200


@pytest.mark.parametrize("name", ["acts.json", "moments.txt", "verify.html", "verify.py", "manifest.json", "secret.json", "plays.txt"])
def test_each_file_of_a_proof_says_what_it_is(name):
    assert evidence.meaning(name)
