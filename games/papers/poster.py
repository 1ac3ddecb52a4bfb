"""A poster that leads to a game: its words and colours, the square to photograph, the code to type, what there is to win."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from fpdf.enums import XPos, YPos

from games.mechanic import Prize
from games.pages.times import number
from games.papers.contrast import readable
from games.papers.sheet import Sheet

SIZES = {"a4": 1.0, "a3": 2**0.5}  # and how much larger than A4
MOST_PRIZES = 4


class Poster(NamedTuple):
    headline: str
    brand: str
    colours: tuple[str, str]
    link: str
    short: str
    code: str
    hours: str
    prizes: Sequence[str]
    rules: str
    made_at: datetime
    language: str


def listed(prizes: Sequence[Prize]) -> list[str]:
    """What there is to win; the first kinds by name."""
    shown = [f"{number(prize.stock)} × {prize.label}" for prize in prizes[:MOST_PRIZES]]
    rest = len(prizes) - len(shown)
    return [*shown, ngettext("and {count} more kind", "and {count} more kinds", rest).format(count=rest)] if rest else shown


def printed(poster: Poster, size: str) -> bytes:
    with translation.override(poster.language):
        return bytes(Drawn(poster, size).output())


class Drawn(Sheet):
    """All lengths are millimetres on A4, grown for larger paper."""

    def __init__(self, poster: Poster, size: str) -> None:
        super().__init__(poster.language, poster.headline, poster.made_at, size)
        self.grown = SIZES[size]
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.add_page()
        ground, second = poster.colours
        self.filled(ground, 0, 0, 210, 297)
        self.top(poster, readable(ground))
        self.ticket(poster, second)

    def top(self, poster: Poster, ink: str) -> None:
        self.words(poster.brand, 16, 16, 178, 15, ink, bold=True)
        size = fitting(poster.headline)
        self.set_char_spacing(-size * 0.035 * self.grown)
        self.words(poster.headline, 16, 34, 178, size, ink, bold=True, lines=0.98)
        self.set_char_spacing(0)
        below = self.get_y() / self.grown + 5
        if poster.hours:
            self.words(poster.hours, 16, below, 178, 13, ink, bold=True)

    def ticket(self, poster: Poster, second: str) -> None:
        ink = readable(second)
        self.filled(second, 12, 137, 186, 148, radius=8)
        self.filled("#ffffff", 22, 147, 92, 92, radius=5)
        self.square(poster.link, 28, 153, 80)
        self.words(_("Scan and play"), 122, 149, 68, 25, ink, bold=True, lines=1.02)
        row = self.get_y() / self.grown + 4
        self.words(f"{_('or go to')} {poster.short}", 122, row, 68, 11.5, ink)
        self.words(_("and type"), 122, self.get_y() / self.grown + 0.5, 68, 11.5, ink)
        self.set_char_spacing(2.5 * self.grown)
        self.words(poster.code, 122, self.get_y() / self.grown + 2, 68, 40, ink, bold=True)
        self.set_char_spacing(0)
        if poster.prizes:
            self.words(_("To win"), 22, 245, 168, 11.5, ink, bold=True)
            self.words("  ·  ".join(poster.prizes), 22, 251.5, 168, 14 if len(" ".join(poster.prizes)) < 120 else 11, ink, bold=True)
        if poster.rules:
            self.words(_("Rules: {address}").format(address=poster.rules), 22, 275.5, 168, 8, ink)

    def words(self, text: str, x: float, y: float, width: float, size: float, ink: str, *, bold: bool = False, lines: float = 1.2) -> None:
        self.set_font("Inter", "B" if bold else "", size * self.grown)
        self.set_text_color(ink)
        self.set_xy(x * self.grown, y * self.grown)
        height = size * self.grown * 25.4 / 72 * lines
        self.multi_cell(width * self.grown, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def filled(self, colour: str, x: float, y: float, width: float, height: float, *, radius: float = 0) -> None:
        self.set_fill_color(colour)
        left, top, wide, high = (each * self.grown for each in (x, y, width, height))
        self.rect(left, top, wide, high, style="F", round_corners=bool(radius), corner_radius=radius * self.grown)

    def square(self, link: str, x: float, y: float, width: float) -> None:
        """A rectangle for each run of dark modules: sharp at any size."""
        rows = [bytes(row) for row in segno.make(link, error="m", micro=False).matrix]
        side = width / len(rows)
        self.set_fill_color("#000000")
        for line, row in enumerate(rows):
            for begin, length in runs(row):
                left, top, wide, high = (each * self.grown for each in (x + begin * side, y + line * side, length * side, side))
                self.rect(left, top, wide, high, style="F")


def runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many stand side by side."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found


def fitting(headline: str) -> float:
    """Points: as large as the words allow above the ticket."""
    length, longest = len(headline), max(map(len, headline.split()), default=1)
    wanted = 64 if length <= 22 else 52 if length <= 40 else 40 if length <= 70 else 30
    return min(wanted, 178 / (longest * 0.6) / 25.4 * 72)
