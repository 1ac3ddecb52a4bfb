"""The pages' scripts, run by node without a browser."""

from tests.scripts import run


def test_views_words_and_times_are_right() -> None:
    run("tests/games/static")
