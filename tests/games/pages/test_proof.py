"""The public proof: fingerprints before the end, everything after it, and nothing between."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from games.fairness.canonical import digest
from games.fairness.verdict import verify
from games.models import Game, GameEvent
from games.pages.proof import grouped
from tenants import scope

PAGE, PACK = "/t/colibri/ete/proof/", "/t/colibri/ete/proof.zip"


def written(game: Game, *events: tuple[str, float, str]) -> None:
    with scope.tenant(game.tenant_id):
        for seq, (kind, at, data) in enumerate(events, 1):
            GameEvent.objects.create(game=game, seq=seq, at=at, role="player", by=1, ref=str(seq), kind=kind, data=data)


def test_the_fingerprints_are_public_before_the_end(client: Client, game: Game) -> None:
    page = client.get(PAGE).content.decode()
    assert grouped(digest(game.seal["manifest"]).hex()) in page
    assert grouped(game.seal["commit"]) in page
    assert all(grouped(part) in page for part in game.seal["manifest"]["beacon"].split(":")[1:])
    assert "made by the platform" in page


def test_before_the_end_the_page_does_not_tell_how_many_have_won(client: Client, publish: Callable[..., Game]) -> None:
    publish(totals={"won": 1})
    page = client.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Won: " not in page
    assert "Back to the game" in page


def test_nothing_that_is_sealed_can_be_had_before_the_end(client: Client, publish: Callable[..., Game]) -> None:
    for phase in ("waiting", "open", "paused"):
        game = publish(f"g-{phase}", phase=phase)
        page = client.get(f"/t/colibri/g-{phase}/proof/").content.decode()
        assert client.get(f"/t/colibri/g-{phase}/proof.zip").status_code == 404
        for secret in game.seal["witness"]["secrets"]:
            assert secret not in page.replace(" ", "")


@pytest.mark.promise("P4")
def test_after_the_end_the_pack_can_be_downloaded_and_recomputed(client: Client, publish: Callable[..., Game], tmp_path) -> None:
    game = publish(phase="ended")
    lost = game.opens_at.timestamp() + 1  # nothing lies in the first minute
    written(game, ("joined", lost - 1, '{"t":"joined","player":1}'), ("lost", lost, f'{{"t":"lost","player":1,"until":{lost + 9}}}'))
    answer = client.get(PACK)
    assert answer["Content-Type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    assert (tmp_path / "plays.txt").read_text().count("\n") == 1
    code, words = verify(["moments", str(tmp_path)])
    assert code == 0, words
    assert game.seal["commit"] in words


def test_after_the_end_the_page_tells_the_secret(client: Client, publish: Callable[..., Game]) -> None:
    publish(phase="ended", totals={"won": 1})
    page = client.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Check for yourself." in page
    assert "Won: 1" in page
    assert "Back to the game" not in page
    assert "proof.zip" in page


def test_the_verifier_is_served_with_a_policy_that_lets_nothing_out(client: Client, game: Game) -> None:
    answer = client.get(f"{PAGE}verify/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "self" not in policy
    assert "connect-src" not in policy


def test_the_zip_brings_both_verifiers(client: Client, publish: Callable[..., Game]) -> None:
    publish(phase="ended")
    names = zipfile.ZipFile(io.BytesIO(client.get(PACK).content)).namelist()
    assert {"verify.py", "verify.html"} <= set(names)
    assert "proof/verify/?lang=en" in client.get(PAGE).content.decode()
