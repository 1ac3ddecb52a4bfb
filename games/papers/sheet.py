"""PDF: the frame of every paper, and the rules on it. The same document gives the same bytes, so their hash can be stated."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF

from games.papers.document import Block

# Inter at two weights: cut out of the variable font of the pages, for that takes seconds.
FONTS = {style: Path(__file__).parent / "fonts" / f"inter-{name}.woff2" for style, name in (("", "regular"), ("B", "bold"))}
SIZES = {"title": 20.0, "heading": 12.5, "version": 9.0, "paragraph": 9.5, "item": 9.5}
SPACE = {"title": 0.0, "heading": 3.5, "version": 1.5, "paragraph": 1.2, "item": 0.6}


class Sheet(FPDF):
    """Paper with the house's font, in the language of its words, dated by what it shows and not by the hour of printing."""

    foot = ""

    def __init__(self, language: str, title: str, made_at: datetime, size: str = "A4") -> None:
        super().__init__(format=size)
        for style, path in FONTS.items():
            self.add_font("Inter", style, path)
        self.set_lang(language)
        self.set_title(title)
        self.set_creator("So-Buzz")
        self.set_creation_date(made_at)
        self.set_font("Inter", size=10)

    def footer(self) -> None:
        if not self.foot:
            return
        self.set_y(-14)
        self.set_font("Inter", size=6.5)
        self.set_text_color(90)
        self.cell(0, 4, self.foot)
        self.set_x(self.l_margin)
        self.cell(0, 4, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)


def printed(blocks: Sequence[Block], hashed: str, made_at: datetime, language: str) -> bytes:
    title = next((block.text for block in blocks if block.kind == "title"), "")
    sheet = Sheet(language, title, made_at)
    with translation.override(language):
        sheet.foot = _("SHA-256 of the text: {hash}").format(hash=hashed)
    sheet.set_margins(22, 20, 22)
    sheet.set_auto_page_break(True, 22)
    sheet.add_page()
    for block in blocks:
        laid(sheet, block)
    return bytes(sheet.output())


def laid(sheet: Sheet, block: Block) -> None:
    bold = block.kind in ("title", "heading")
    size = SIZES[block.kind]
    height = size * 0.52
    sheet.ln(SPACE[block.kind])
    if block.kind == "heading":
        if sheet.will_page_break(height * 3):
            sheet.add_page()
        sheet.start_section(block.text)
    sheet.set_font("Inter", "B" if bold else "", size)
    if block.kind == "item":
        sheet.set_x(sheet.l_margin + 4)
    mark = "– " if block.kind == "item" else ""
    sheet.multi_cell(0, height, mark + block.text, align="L", new_x="LMARGIN", new_y="NEXT")


def answer(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
