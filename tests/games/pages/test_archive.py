"""Proofs are made once, and never take more memory than they may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from games import proof
from games.models import Game
from games.pages import archive
from games.pages.archive import Archive
from games.proof import NotOver
from tenants import scope


@pytest.fixture
def replays(monkeypatch) -> list[str]:
    """Whose log was replayed."""
    made: list[str] = []

    def pack(game: Game) -> dict[str, bytes]:
        made.append(game.slug)
        return real(game)

    real = proof.pack
    monkeypatch.setattr(archive.proof, "pack", pack)
    return made


def ask(kept: Archive, game: Game) -> bytes:
    with scope.tenant(game.tenant_id):
        return kept.zipped(game)


def test_a_log_is_replayed_once_however_many_want_its_proof(publish: Callable[..., Game], replays: list[str]) -> None:
    kept, game = Archive(), publish(phase="ended")
    assert ask(kept, game) == ask(kept, game)
    assert replays == ["ete"]


def test_a_log_that_was_set_back_has_another_proof(publish: Callable[..., Game], replays: list[str]) -> None:
    kept, game = Archive(), publish(phase="ended")
    ask(kept, game)
    game.line = "other"
    ask(kept, game)
    assert replays == ["ete", "ete"]


def test_what_was_asked_for_longest_ago_is_forgotten_first(publish: Callable[..., Game], replays: list[str]) -> None:
    first, second, third = (publish(slug, phase="ended") for slug in ("a", "b", "c"))
    kept = Archive(most=len(ask(Archive(), first)) * 2 + 200)
    replays.clear()
    for game in (first, second, first, third, first, second):
        ask(kept, game)
    assert replays == ["a", "b", "c", "b"]
    assert kept.size == sum(map(len, kept.kept.values())) <= kept.most


def test_what_is_too_large_is_given_and_not_kept(publish: Callable[..., Game]) -> None:
    kept = Archive(most=10)
    assert len(ask(kept, publish(phase="ended"))) > 10
    assert (kept.size, len(kept.kept)) == (0, 0)


def test_a_game_that_runs_has_no_proof_and_leaves_nothing_behind(publish: Callable[..., Game]) -> None:
    kept = Archive()
    with pytest.raises(NotOver):
        ask(kept, publish())
    assert not kept.kept
