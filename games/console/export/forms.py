"""The forms of a file: CSV and XLSX for people, JSON Lines for programs; each gives its octets piece by piece."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from games.console.export.table import Pages, Row

BOM = "\ufeff"  # without it a spreadsheet reads é as Ã©
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what makes a spreadsheet compute instead of show
PIECE = 64 * 1024
DEEPEST = 1_000_000  # rows of a sheet; Excel's own end is a little below
LONGEST = 32_000  # letters of a cell, nearly Excel's own end


class Layout(NamedTuple):
    """All that depends on who asks, in plain values: the file is written where no reader's language is set."""

    keys: list[str]
    titles: list[str]
    widths: list[int]
    zone: ZoneInfo
    separator: str


Writer = Callable[[Layout, Pages], Iterator[bytes]]


def as_csv(layout: Layout, pages: Pages) -> Iterator[bytes]:
    yield BOM.encode() + lines([layout.titles], layout.separator)
    for rows in pages:
        yield lines([[plain(cell, layout.zone) for cell in row] for row in rows], layout.separator)


def lines(rows: list[list[Any]], separator: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue().encode()


def plain(cell: Any, zone: ZoneInfo) -> Any:
    """Text that a spreadsheet would run gets an apostrophe in front, and is shown."""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, bool):
        return int(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell


def as_json_lines(layout: Layout, pages: Pages) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    for rows in pages:
        yield b"".join(encoder.encode(dict(zip(layout.keys, row, strict=True))) + b"\n" for row in rows)


def as_xlsx(layout: Layout, pages: Pages) -> Iterator[bytes]:
    """Written row by row to the disk and sent when it is whole. Between its pages it says nothing, so that others get their turn."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder, tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
        head = book.add_format({"bold": True, "bottom": 1})
        sheet, deep = opened(book, layout, head), 1
        for rows in pages:
            if deep + len(rows) > DEEPEST:
                sheet, deep = opened(book, layout, head), 1
            for number, row in enumerate(rows, deep):
                put(sheet, number, row, layout.zone)
            deep += len(rows)
            yield b""
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def opened(book: xlsxwriter.Workbook, layout: Layout, head: Any) -> Worksheet:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for place, (title, wide) in enumerate(zip(layout.titles, layout.widths, strict=True)):
        sheet.set_column(place, place, wide)
        sheet.write_string(0, place, title, head)
    return sheet


def put(sheet: Worksheet, number: int, row: Row, zone: ZoneInfo) -> None:
    """Text is written as text: a sheet shows it, whatever it begins with."""
    for place, cell in enumerate(row):
        match cell:
            case None:
                continue
            case bool():
                sheet.write_boolean(number, place, cell)
            case int() | float():
                sheet.write_number(number, place, cell)
            case datetime():
                sheet.write_datetime(number, place, cell.astimezone(zone).replace(tzinfo=None, microsecond=0))
            case _:
                sheet.write_string(number, place, str(cell)[:LONGEST])


class Form(NamedTuple):
    title: str
    kind: str
    write: Writer


FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8", as_csv),
    "xlsx": Form("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "jsonl": Form("JSON Lines", "application/jsonl; charset=utf-8", as_json_lines),
}
