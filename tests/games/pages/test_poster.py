"""The poster: public facts, on a page to print and as PDF."""

import pytest
from django.test import Client

from games.mechanic import Prize
from games.models import Game
from games.papers.contrast import INK, WHITE, readable
from games.papers.poster import MOST_PRIZES, fitting, listed, runs

PAGE = "/t/colibri/win/poster/"


def test_it_says_what_is_to_win_where_to_go_and_what_to_type(client: Client, ruled: Game) -> None:
    page = client.get(PAGE).content.decode()
    for words in ("3 × Mug d’été", ruled.code, "testserver/c", "testserver/t/colibri/win/rules/", "<svg"):
        assert words in page, words


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_its_pdf_is_one_page_and_the_same_bytes_each_time(client: Client, ruled: Game, size: str) -> None:
    first, second = (client.get(f"/t/colibri/win/poster-{size}.pdf").content for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    assert b"/Count 1" in first


def test_other_paper_is_not_there(client: Client, ruled: Game) -> None:
    assert client.get("/t/colibri/win/poster-a9.pdf").status_code == 404


def test_words_are_dark_on_light_colours_and_light_on_dark_ones() -> None:
    assert (readable("#ffe14d"), readable("#0b5d4b"), readable("#ffffff"), readable("#000000")) == (INK, WHITE, INK, WHITE)


def test_many_kinds_of_prizes_are_cut_and_counted(ruled: Game) -> None:
    shown = listed([Prize(f"p{number}", f"Prize {number}", 1) for number in range(MOST_PRIZES + 3)])
    assert len(shown) == MOST_PRIZES + 1
    assert "3" in shown[-1]


def test_runs_of_dark_squares_are_drawn_as_one() -> None:
    assert runs(bytes([1, 1, 0, 1, 0, 0, 1, 1, 1])) == [(0, 2), (3, 1), (6, 3)]


def test_a_long_word_makes_the_headline_smaller() -> None:
    assert fitting("Anticonstitutionnellement") < fitting("Gagnez")
