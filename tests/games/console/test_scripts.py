"""What the console's scripts compute, run by node without a browser."""

from tests.scripts import run


def test_log_room_chart_and_words_are_right() -> None:
    run("tests/games/console/static")
