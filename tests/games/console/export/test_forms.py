"""Files as spreadsheets and programs read them; what looks like a formula stays text; memory stays where it was."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from games.console.export.forms import FORMS, Layout

AT = datetime(2026, 9, 27, 12, 0, 5, tzinfo=UTC)
EVIL = ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=cmd|' /C calc'!A0"]


def layout(separator=",", *keys):
    keys = keys or ("at", "name", "plays")
    return Layout(list(keys), [f"Title {key}" for key in keys], [12] * len(keys), ZoneInfo("Europe/Paris"), separator)


def written(form, rows, given=None):
    return b"".join(FORMS[form].write(given or layout(), iter([rows])))


def cells(data):
    """The cells of every sheet, as they are stored."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [ElementTree.fromstring(book.read(name)) for name in sorted(book.namelist()) if "worksheets/sheet" in name]
    return [[cell for cell in sheet.iter() if cell.tag.endswith("}c")] for sheet in sheets]


def test_a_spreadsheet_opens_csv_with_its_accents_and_columns():
    data = written("csv", [(AT, "Zoé; 1", 3)], layout(";"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == 'Title at;Title name;Title plays\r\n2026-09-27 14:00:05;"Zoé; 1";3\r\n'


@pytest.mark.contract("C4")
@pytest.mark.parametrize("text", EVIL)
def test_what_looks_like_a_formula_is_text(text):
    rows = list(csv.reader(io.StringIO(written("csv", [(AT, text, 1)]).decode("utf-8-sig"), newline="")))
    assert rows[1][1] == f"'{text}"
    sheet = cells(written("xlsx", [(AT, text, 1)]))[0]
    assert not any(child.tag.endswith("}f") for cell in sheet for child in cell)
    assert [cell.get("t") for cell in sheet if cell.get("r") == "B2"] == ["inlineStr"]


@pytest.mark.parametrize("text", ["Ana", "a=b", "12", "", "É", "x-y"])
def test_other_text_is_left_as_it_is(text):
    rows = list(csv.reader(io.StringIO(written("csv", [(AT, text, -5)]).decode("utf-8-sig"), newline="")))
    assert rows[1][1:] == [text, "-5"]


def test_programs_read_a_line_for_each_row():
    lines = written("jsonl", [(AT, "=1", 3), (None, "Zoé", 0)]).decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"at": "2026-09-27T12:00:05Z", "name": "=1", "plays": 3},
        {"at": None, "name": "Zoé", "plays": 0},
    ]


def test_a_sheet_that_is_full_is_followed_by_another(monkeypatch):
    monkeypatch.setattr("games.console.export.forms.DEEPEST", 5)
    pages = ([(AT, f"P{page}{row}", 1) for row in range(3)] for page in range(4))
    data = b"".join(FORMS["xlsx"].write(layout(), pages))
    assert [sum(cell.get("r").startswith("A") for cell in sheet) for sheet in cells(data)] == [4, 4, 4, 4]


@pytest.mark.contract("C4")
@pytest.mark.parametrize("form", FORMS)
def test_memory_does_not_grow_with_the_rows(form):
    def peak(pages: int) -> int:
        made = ([(AT, f"Player {page} {row}", row) for row in range(1000)] for page in range(pages))
        tracemalloc.reset_peak()
        for _ in FORMS[form].write(layout(), made):
            pass
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(2)
        few, many = peak(2), peak(20)
    finally:
        tracemalloc.stop()
    assert many < few * 1.5 + 200_000


@pytest.mark.control("C4")
def test_a_writer_that_gathers_its_rows_would_be_caught():
    def peak(pages: int) -> int:
        tracemalloc.reset_peak()
        list(FORMS["csv"].write(layout(), ([(AT, f"Player {page} {row}", row) for row in range(1000)] for page in range(pages))))
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(2)
        few, many = peak(2), peak(20)
    finally:
        tracemalloc.stop()
    assert many > few * 1.5 + 200_000
