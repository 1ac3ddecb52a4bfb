"""A number in the code leads to a decision, and the page of decisions grows at its end."""

import re
from itertools import pairwise

import pytest

from tests.docs.pages import ROOT, files

PAGE = (ROOT / "docs/decisions.md").read_text()
NUMBERS = [int(number) for number in re.findall(r"^(\d+)\. \*\*", PAGE, re.MULTILINE)]
GAP = r"[\s#*/]+"  # the number may stand in the next line of a comment
CITED = re.compile(rf"\bdecisions?{GAP}(\d+(?:(?:,{GAP}|{GAP}and{GAP}|\s?[-–]\s?)\d+)*)", re.IGNORECASE)


def cited(text: str) -> list[int]:
    return [int(number) for numbers in CITED.findall(text) for number in re.findall(r"\d+", numbers)]


def unknown(text: str) -> list[int]:
    return [number for number in cited(text) if number not in NUMBERS]


def test_numbers_have_no_gap_and_no_double():
    assert list(range(1, len(NUMBERS) + 1)) == NUMBERS
    assert len(re.findall(r"^\d+\. ", PAGE, re.MULTILINE)) == len(NUMBERS), "an entry begins with its title in bold"


def test_what_came_after_the_plan_stands_under_its_date():
    planned, *later = re.split(r"^## (?=\d)", PAGE, flags=re.MULTILINE)
    assert [int(number) for number in re.findall(r"^(\d+)\. ", planned, re.MULTILINE)] == list(range(1, 59))
    dates = [re.match(r"(\d{4}-\d\d-\d\d) · \S", part)[1] for part in later]
    assert dates
    assert all(one <= other for one, other in pairwise(dates))


def test_every_number_in_code_and_pages_is_a_decision():
    wrong = {str(file.relative_to(ROOT)): found for file in files() if (found := unknown(file.read_text()))}
    assert wrong == {}


def test_numbers_are_found_wherever_they_are_cited():
    found = [number for file in files() for number in cited(file.read_text())]
    assert len(found) > 80
    assert {9, 22, 34, 58} <= set(found)


@pytest.mark.parametrize("said", ["(decision {})", "decisions 1, {}", "Decisions 1–{}.", "decisions 1 and {}", "decision\n    # {}: so"])
def test_a_number_without_a_decision_is_noticed(said):
    assert unknown(said.format(NUMBERS[-1] + 1)) == [NUMBERS[-1] + 1]
    assert unknown(said.format(NUMBERS[-1])) == []
