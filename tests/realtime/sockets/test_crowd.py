"""Bots play over real sockets, through the doors that are there for people."""

import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest

from tests.realtime.sockets.board import Board
from tests.servers.site import ROOT


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
    assert re.search(r"^\d+ bots, ", said[0], re.MULTILINE), said
    with pytest.raises(RuntimeError, match="This game is over: nobody can join any more"):
        crowd(board, game, "--bots", "3")


def crowd(board, game, *arguments):
    return board.site.manage("crowd", "--game", game, *arguments, "--url", board.site.sockets[:-3])


COUNT = """
from games.models import Game
from tenants import scope
with scope.platform():
    game = Game.objects.get(tenant__slug="demo", slug="{0}")
print(game.totals.get("plays", 0), game.totals.get("players", 0))
"""


@pytest.mark.parametrize("problem", [["--game", "no-such-game"], ["--bots", "0"], ["--rate", "-1"]])
def test_a_crowd_that_cannot_come_says_so_in_one_sentence(board, problem):
    once(board)
    with pytest.raises(RuntimeError) as refused:
        board.site.manage("crowd", *problem)
    assert "Traceback" not in str(refused.value)


def once(board):
    if board.site.server == "daphne":
        pytest.skip("the command does not know the server")


class Running:
    """`manage.py crowd` while it plays; what it says goes to a file, or to a terminal."""

    def __init__(self, board: Board, out, *arguments: str) -> None:
        command = [sys.executable, "manage.py", "crowd", "--bots", "400", "--rate", "20", "--url", board.site.sockets[:-3], *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=board.site.environment, stdout=out, stderr=subprocess.STDOUT)

    def end(self, signum: int) -> int:
        self.process.send_signal(signum)
        return self.process.wait(20)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


REPORT = r"Ended early\.\s+(\d+) bots, \d+ commands answered: .*\.\s+Answers: median .*\.\s+\d+ refused, .* gaps mended\.\s*$"


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT], ids=lambda signum: signum.name)
def test_in_a_log_it_says_now_and_then_how_far_it_is_and_whoever_ends_it_gets_the_report(board, tmp_path, signum):
    once(board)
    log = tmp_path / "log"
    with log.open("w") as out, closing(Running(board, out, "--game", board.game())) as crowd:
        while not (told := re.findall(r"^ +\d+ s: (\d+) of 400 joined, .* connections lost$", log.read_text(), re.MULTILINE)):
            assert crowd.process.poll() is None, log.read_text()
            time.sleep(0.05)
        assert crowd.end(signum) == 0
    said = log.read_text()
    assert "\r" not in said
    assert "Traceback" not in said
    assert int(re.search(REPORT, said, re.DOTALL)[1]) >= int(told[0]) > 0


def test_on_a_terminal_one_line_renews_itself(board):
    once(board)
    ours, its = terminal()
    with closing(Running(board, its, "--game", board.game())) as crowd:
        os.close(its)
        said = b""
        while said.count(b"joined") < 2:
            said += os.read(ours, 4096)
        assert b"\n" not in said
        crowd.process.send_signal(signal.SIGTERM)
        said += read_to_the_end(ours)
        assert crowd.process.wait(20) == 0
    os.close(ours)
    assert re.search(REPORT, said.decode(), re.DOTALL), said


def terminal() -> tuple[int, int]:
    try:
        return pty.openpty()
    except OSError:
        pytest.skip("a machine without terminals: /dev/pts is not mounted")


def read_to_the_end(terminal: int) -> bytes:
    said = b""
    try:
        while more := os.read(terminal, 4096):
            said += more
    except OSError:  # the other end is closed
        pass
    return said


def test_who_names_no_game_plays_the_newest_that_people_play(new_site):
    """A demo's game that is over has another after it, at an address of its own."""
    site = new_site()
    site.manage("shell", "-v0", "-c", END)
    assert "/t/demo/instant-win-2/" in site.manage("demo")
    said = site.manage("crowd", "--bots", "3", "--rate", "100", "--stay", "1", "--url", site.sockets[:-3])
    assert re.search(r"^3 bots, ", said, re.MULTILINE), said
    assert site.manage("shell", "-v0", "-c", COUNT.format("instant-win-2")).split()[1] == "3"


END = """
from games.models import Game
from tenants import scope
with scope.platform():
    Game.objects.update(phase="ended")
"""
