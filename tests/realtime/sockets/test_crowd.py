"""Bots play over real sockets, through the doors that are there for people."""

import re

import pytest


@pytest.mark.contract("C5")
def test_a_crowd_comes_plays_and_goes_and_the_dashboard_has_counted_it(board):
    game = board.game()
    said = board.site.manage(
        "crowd", "--game", game, "--bots", "12", "--rate", "100", "--stay", "2", "--seed", "7", "--url", board.site.sockets[:-3]
    )
    joined, played = map(int, re.search(r"(\d+) bots, (\d+) commands answered", said).groups())
    assert joined == 12
    assert played > 0
    assert re.search(r"\b0 busy, 0 connections lost, 0 gaps mended", said), said
    counted = board.site.manage("shell", "-v0", "-c", COUNT.format(game))
    assert counted.strip() == f"{played} 12"


COUNT = """
from games.models import Game
from tenants import scope
with scope.platform():
    game = Game.objects.get(slug="{0}")
print(game.totals["plays"], game.totals["players"])
"""


@pytest.mark.parametrize("problem", [["--game", "no-such-game"], ["--bots", "0"], ["--rate", "-1"]])
def test_a_crowd_that_cannot_come_says_so_in_one_sentence(board, problem):
    if board.site.server == "daphne":
        pytest.skip("the command does not know the server")
    with pytest.raises(RuntimeError) as refused:
        board.site.manage("crowd", *problem)
    assert "Traceback" not in str(refused.value)
