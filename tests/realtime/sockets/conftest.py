"""The same tests on both servers, each on a database of its own; and no test may leave a complaint in the server's log."""

from collections.abc import Callable, Iterator

import pytest

from tests.realtime.sockets.board import Board
from tests.servers.site import BOTH, Site

boards: dict[str, Board] = {}


@pytest.fixture(params=BOTH)
def board(request: pytest.FixtureRequest, databases: object, make_site: Callable[..., Site]) -> Iterator[Board]:
    """`databases` says to `--touching-database` that these belong to the second run too."""
    if request.param not in boards:
        boards[request.param] = Board(make_site(request.param))
    board = boards[request.param]
    before = len(board.site.complaints())
    yield board
    assert board.site.complaints()[before:] == []
