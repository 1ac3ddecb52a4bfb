"""Lists that people bring: moments, and the codes of a prize. Read as a spreadsheet wrote them, judged line by line."""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from games.mechanics.instant_win.settings import Fixed, zones

LARGEST = 10 * 1024 * 1024
LONGEST_CELL = 64
MOST_MOMENTS, MOST_CODES = 20_000, 1_000_000
MOST_FAULTS = 50  # told; who has more has taken the wrong file
FORMULA = ("=", "+", "-", "@", "\t", "\r")

T = TypeVar("T")


class Fault(NamedTuple):
    """Line 0 is the file as a whole."""

    line: int
    sentence: str


class Imported(NamedTuple, Generic[T]):
    """All of it, or what is wrong with it: nothing is taken of a list that has faults."""

    rows: list[T]
    faults: list[Fault]


class Unfit(ValueError):
    """The file cannot be read at all."""


def moments(data: bytes, zone: str, prizes: Collection[str], opens_at: float, closes_at: float) -> Imported[Fixed]:
    """`at,prize`: local times of the zone, to the second or finer, or with an offset of their own."""
    if zone not in zones():
        return Imported([], [Fault(0, "This time zone is not known.")])
    where = ZoneInfo(zone)

    def judged(at: str, prize: str) -> Fixed:
        if prize not in prizes:
            raise ValueError(f"There is no prize called {prize}.")
        at_ms = instant(at, where)
        if not opens_at * 1000 <= at_ms < closes_at * 1000:
            raise ValueError("This moment lies outside the hours of the game.")
        return Fixed(at_ms, prize)

    found = read(data, ("at", "prize"), judged, MOST_MOMENTS, key=lambda each: each)
    return Imported(sorted(found.rows, key=lambda each: (each.at_ms, each.prize)), found.faults)


def codes(data: bytes, prizes: Collection[str]) -> Imported[tuple[str, str]]:
    """`prize,code`: in the order in which they are given out. A code stands once."""

    def judged(prize: str, code: str) -> tuple[str, str]:
        if prize not in prizes:
            raise ValueError(f"There is no prize called {prize}.")
        return prize, code

    return read(data, ("prize", "code"), judged, MOST_CODES, key=lambda pair: pair[1])


def instant(text: str, zone: ZoneInfo) -> int:
    """Raises ValueError for what is no time, or one that a clock of this zone never shows, or shows twice."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("This is no time: write 2027-01-15T18:30:00.") from error
    if at.tzinfo is None:
        early, late = (at.replace(tzinfo=zone, fold=fold).timestamp() for fold in (0, 1))
        if early != late:
            raise ValueError("The clocks change at this hour: write the time with its offset, such as 2027-03-28T02:30:00+02:00.")
        at = at.replace(tzinfo=zone)
    return round(at.timestamp() * 1000)


def read(data: bytes, head: tuple[str, str], judged: Callable[[str, str], T], most: int, key: Callable[[T], object]) -> Imported[T]:
    try:
        lines = list(table(data, head))
    except Unfit as unfit:
        return Imported([], [Fault(0, str(unfit))])
    rows: list[T] = []
    faults: list[Fault] = []
    seen: dict[object, int] = {}
    for number, cells in lines:
        try:
            row = judged(*pair(cells, head))
            if (before := seen.setdefault(key(row), number)) != number:
                raise ValueError(f"This stands in line {before} already.")
            rows.append(row)
        except ValueError as error:
            faults.append(Fault(number, str(error)))
    if len(lines) > most:
        faults.insert(0, Fault(0, f"The list has {len(lines)} lines, and {most} are allowed."))
    if not lines:
        faults.append(Fault(0, "The list is empty."))
    return Imported([] if faults else rows, faults[:MOST_FAULTS])


def table(data: bytes, head: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines with their numbers, without the heading and without empty ones. Raises Unfit."""
    if len(data) > LARGEST:
        raise Unfit(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit("The file is not UTF-8: save it as “CSV UTF-8”.") from error
    if "\0" in text:
        raise Unfit("The file is no text.")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        if [cell.strip().lower() for cell in next(reader, [])] != list(head):
            raise Unfit(f"The first line must be {','.join(head)}.")
        yield from ((reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells))
    except csv.Error as error:
        raise Unfit(f"Line {reader.line_num} cannot be read: a quotation mark is missing, or a cell is too long.") from error


def pair(cells: list[str], head: Sequence[str]) -> tuple[str, str]:
    """Raises ValueError for a line that has not the two cells, or one that a spreadsheet would execute."""
    if len(cells) != len(head):
        raise ValueError(f"This line has {len(cells)} cells, and {len(head)} are needed: {', '.join(head)}.")
    for name, cell in zip(head, cells, strict=True):
        if not cell.strip():
            raise ValueError(f"The cell {name} is empty.")
        if len(cell) > LONGEST_CELL:
            raise ValueError(f"The cell {name} is longer than {LONGEST_CELL} characters.")
        if cell.strip().startswith(FORMULA):
            raise ValueError(f"The cell {name} begins with {cell.strip()[0]!r}: a spreadsheet would take it for a formula.")
        if not cell.isprintable():
            raise ValueError(f"The cell {name} has a sign that cannot be shown.")
    first, second = (cell.strip() for cell in cells)
    return first, second
