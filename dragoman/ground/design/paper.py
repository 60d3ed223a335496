"""Paragraphs, tables and codes in any script as a PDF, shaped as their script asks, with fonts of this machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from .code128 import QUIET
from .faces import FIRST, IN_COLLECTION, NoFont, breakable, find_font, is_rtl, needed

__all__ = ["Block", "Cell", "Codes", "NoFont", "Paragraph", "Square", "Table", "find_font", "pdf_of"]

Kind = Literal["head", "text", "ours", "small", "title"]
_DARK, _GREY, _WHITE, _RULE = (25, 25, 28), (105, 105, 105), (255, 255, 255), 190
_TINT, _AMBER = (238, 240, 251), (255, 236, 199)
_SIZES: dict[Kind, tuple[float, float]] = {
    "head": (8.5, 4.8), "small": (8.5, 4.8), "text": (10.5, 6), "ours": (10.5, 6), "title": (13, 7),
}  # fmt: skip
# half a millimetre and more is read from a hand's breadth, below a fifth no printer of a home draws it
_MODULE, _THINNEST = 0.38, 0.19
_RTL = frozenset({"ar", "he", "fa", "ur"})


@dataclass(frozen=True)
class Paragraph:
    """A piece of text; `head` says who and when, `ours` stands on a tinted ground, `small` is a caption, `title` begins
    a part."""

    text: str
    language: str = ""
    kind: Kind = "text"


@dataclass(frozen=True)
class Cell:
    """What stands in a table; `missing`: somebody has to fill it in, and it is tinted so that nobody overlooks it."""

    text: str
    missing: bool = False
    right: bool = False


@dataclass(frozen=True)
class Table:
    """Rows below a head (without one where it is empty); `widths` are shares of the page's width."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


@dataclass(frozen=True)
class Square:
    """A code of dark and light squares, with what it says below it for people."""

    rows: Sequence[Sequence[bool]]
    text: str


@dataclass(frozen=True)
class Codes:
    """A square code with bars that say the same beside it; without bars where a letter of it has none."""

    square: Square | None
    bars: Sequence[bool]
    text: str


@dataclass(frozen=True)
class NextPage:
    """What follows begins on a page of its own."""


Block = Paragraph | Table | Codes | NextPage


class _Sheet(FPDF):
    """An A4 page with its number at the end; `rtl`: it is read from the right."""

    rtl = False

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sans", size=8)
        self.set_text_color(120, 120, 120)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")

    def _render_styled_text_line(self, *args: Any, **more: Any) -> Any:
        # fpdf2 believes that a font set for coloured text lasts beyond it, and draws the next line in the one before
        self.current_font_is_set_on_page = False
        return super()._render_styled_text_line(*args, **more)


def pdf_of(
    title: str, blocks: Sequence[Block], *, language: str = "en", square: Square | None = None
) -> bytes:
    """Set blocks below a title, a code at the end; raises NoFont where this machine cannot show a script."""
    sheet = _sheet(title, blocks, language)
    sheet.add_page()
    if title:
        _set(sheet, title, size=15, height=8, ours=True)
        sheet.ln(2)
    for one in blocks:
        _block(sheet, one, language)
    if square is not None:
        _codes(sheet, Codes(square, (), square.text))
    return bytes(sheet.output())


def _sheet(title: str, blocks: Sequence[Block], language: str) -> _Sheet:
    first = find_font(FIRST.files)
    if first is None:
        raise NoFont(FIRST.package)
    sheet = _Sheet(format="A4")
    sheet.rtl = language.split("-")[0] in _RTL
    sheet.set_margins(20, 18)
    sheet.set_auto_page_break(True, margin=20)
    sheet.set_title(title)
    sheet.set_lang(language)
    sheet.add_font("sans", fname=first)
    spoken = [language, *(one.language for one in blocks if isinstance(one, Paragraph))]
    asian = next((one.split("-")[0] for one in spoken if one[:2] in IN_COLLECTION), "ja")
    fallbacks = []
    for face, file in needed("\n".join([title, *(text for one in blocks for text in _texts(one))])):
        number = IN_COLLECTION[asian] if file.suffix == ".ttc" else 0
        sheet.add_font(face.name, fname=file, collection_font_number=number)
        fallbacks.append(face.name)
    sheet.set_fallback_fonts(fallbacks)
    sheet.set_text_shaping(True)
    return sheet


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text) | Codes(text=text):
            yield text
        case Table(head=head, rows=rows):
            yield from head
            yield from (cell.text for row in rows for cell in row)


def _block(sheet: _Sheet, block: Block, language: str) -> None:
    match block:
        case Paragraph():
            _paragraph(sheet, block, language)
        case Table():
            _table(sheet, block)
        case Codes():
            _codes(sheet, block)
        case NextPage():
            sheet.add_page()


def _table(sheet: _Sheet, table: Table) -> None:
    sheet.ln(2)
    sheet.set_font("sans", size=8.5)
    sheet.set_text_color(*_DARK)
    sheet.set_draw_color(_RULE)
    grey, amber, white = (FontFace(fill_color=one) for one in (_TINT, _AMBER, _WHITE))
    with sheet.table(
        col_widths=tuple(table.widths),
        first_row_as_headings=False,
        line_height=5,
        padding=1.2,
        text_align="LEFT",
    ) as drawn:
        if table.head:
            row = drawn.row()
            for text in table.head:
                row.cell(breakable(text), style=grey)
        for cells in table.rows:
            row = drawn.row()
            for cell in cells:
                align = "RIGHT" if cell.right or is_rtl(cell.text) else "LEFT"
                row.cell(breakable(cell.text), align=align, style=amber if cell.missing else white)
    sheet.ln(2)


def _codes(sheet: _Sheet, codes: Codes, *, side: float = 44) -> None:
    """Draw the square, the bars beside it, and what they say below; a page that runs from the right has both there."""
    sheet.ln(4)
    if sheet.will_page_break(side + 8):
        sheet.add_page()
    left, top = sheet.l_margin, sheet.get_y()
    right = sheet.w - sheet.r_margin
    sheet.set_fill_color(0, 0, 0)
    if codes.square is not None:
        _squares(sheet, codes.square, right - side if sheet.rtl else left, top, side)
    module = min(_MODULE, (right - left - side - 6) / (len(codes.bars) + 2 * QUIET))
    if codes.bars and module >= _THINNEST:
        width = module * (len(codes.bars) + 2 * QUIET)
        _bars(sheet, codes.bars, (left if sheet.rtl else right - width) + QUIET * module, top + 10, module)
    sheet.set_y(top + side)
    sheet.set_text_color(*_DARK)
    _set(sheet, codes.text, size=10.5, height=6, ours=True)


def _squares(sheet: _Sheet, square: Square, left: float, top: float, side: float) -> None:
    size = side / len(square.rows)
    for down, row in enumerate(square.rows):
        for across, is_dark in enumerate(row):
            if is_dark:
                sheet.rect(left + across * size, top + down * size, size, size, style="F")


def _bars(sheet: _Sheet, bars: Sequence[bool], left: float, top: float, module: float) -> None:
    place = 0
    for is_dark, run in groupby(bars):
        width = len(list(run))
        if is_dark:
            sheet.rect(left + place * module, top, width * module, 22, style="F")
        place += width


def _paragraph(sheet: _Sheet, one: Paragraph, language: str) -> None:
    if one.kind in {"head", "title"}:
        sheet.ln(3)
    sheet.set_text_color(*(_GREY if one.kind in {"head", "small"} else _DARK))
    sheet.set_fill_color(*_TINT)
    size, height = _SIZES[one.kind]
    _set(sheet, one.text, size=size, height=height, fill=one.kind == "ours", ours=one.language == language)


def _set(
    sheet: _Sheet, text: str, *, size: float, height: float, fill: bool = False, ours: bool = False
) -> None:
    """Set text; what is in the page's own language (`ours`) runs as the page does, whatever name it begins with."""
    sheet.set_font("sans", size=size)
    for line in text.splitlines() or [""]:
        runs_right = is_rtl(line) or (ours and sheet.rtl)
        sheet.set_text_shaping(True, direction="rtl" if runs_right else None)
        sheet.multi_cell(
            0,
            height,
            breakable(line),
            align="R" if runs_right else "L",
            fill=fill,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
    sheet.set_text_shaping(True)
