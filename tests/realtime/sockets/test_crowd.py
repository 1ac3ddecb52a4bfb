"""Bots play over real sockets, through the doors that are there for people."""

import re
import threading

import pytest


@pytest.mark.contract("C5")
def test_a_crowd_comes_plays_and_goes_and_the_dashboard_has_counted_it(board):
    game = board.game()
    said = crowd(board, game, "--bots", "12", "--rate", "100", "--stay", "2", "--seed", "7")
    joined, played = map(int, re.search(r"(\d+) bots, (\d+) commands answered", said).groups())
    assert joined == 12
    assert played > 0
    assert re.search(r"\b0 busy, 0 connections lost, 0 gaps mended", said), said
    counted = board.site.manage("shell", "-v0", "-c", COUNT.format(game))
    assert counted.strip() == f"{played} 12"


def test_a_crowd_in_whose_midst_the_game_ends_goes_home_and_tells_and_the_next_one_is_told(board):
    game, said = board.game(), []
    staying = threading.Thread(target=lambda: said.append(crowd(board, game, "--bots", "400", "--rate", "20", "--stay", "1")))
    staying.start()
    while int(board.site.manage("shell", "-v0", "-c", COUNT.format(game)).split()[-1]) < 3:
        assert staying.is_alive()
    board.post(f"t/demo/games/{game}/commands", {"t": "end", "ref": "end"}, board.bearer("moderator@demo.test")).raise_for_status()
    staying.join(60)
    assert re.match(r"\d+ bots, ", said[0]), said
    with pytest.raises(RuntimeError, match="This game is over: nobody can join any more"):
        crowd(board, game, "--bots", "3")


def crowd(board, game, *arguments):
    return board.site.manage("crowd", "--game", game, *arguments, "--url", board.site.sockets[:-3])


COUNT = """
from games.models import Game
from tenants import scope
with scope.platform():
    game = Game.objects.get(slug="{0}")
print(game.totals.get("plays", 0), game.totals.get("players", 0))
"""


@pytest.mark.parametrize("problem", [["--game", "no-such-game"], ["--bots", "0"], ["--rate", "-1"]])
def test_a_crowd_that_cannot_come_says_so_in_one_sentence(board, problem):
    if board.site.server == "daphne":
        pytest.skip("the command does not know the server")
    with pytest.raises(RuntimeError) as refused:
        board.site.manage("crowd", *problem)
    assert "Traceback" not in str(refused.value)
