"""Paragraphs in any script as a PDF, shaped as their script asks, with fonts of this machine (Noto)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from dragoman.kit.errors import Refusal

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
Kind = Literal["head", "text", "ours", "small"]


class NoFont(Refusal):
    """A script of the text has no font here."""

    code = "no_font"
    status = 503


@dataclass(frozen=True)
class Paragraph:
    """A piece of text; `head` says who and when, `ours` stands on a tinted ground, `small` is a caption."""

    text: str
    language: str = ""
    kind: Kind = "text"


@dataclass(frozen=True)
class Square:
    """A code of dark and light squares, with what it says below it for people."""

    rows: Sequence[Sequence[bool]]
    text: str


@dataclass(frozen=True)
class Face:
    """A font file by its possible names, and the letters it is for; `package` is where Debian has it."""

    name: str
    files: tuple[str, ...]
    letters: re.Pattern[str]
    package: str = "fonts-noto-core"


_FIRST = Face("sans", ("NotoSans-Regular.ttf", "DejaVuSans.ttf"), re.compile("[ -\u058f\u1e00-\u22ff]"))
_OTHERS = (
    Face(
        "arabic",
        ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf"),
        re.compile("[\u0600-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    ),
    Face("thai", ("NotoSansThai-Regular.ttf",), re.compile("[\u0e00-\u0e7f]")),
    Face("hebrew", ("NotoSansHebrew-Regular.ttf",), re.compile("[\u0590-\u05ff]")),
    Face("devanagari", ("NotoSansDevanagari-Regular.ttf",), re.compile("[\u0900-\u097f]")),
    Face(
        "cjk",
        ("NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf", "NotoSansJP-Regular.ttf"),
        re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"),
        "fonts-noto-cjk",
    ),
    Face("symbols", ("NotoSansSymbols2-Regular.ttf",), re.compile("[\u2300-\u27bf\U0001f300-\U0001faff]")),
)
# the collection holds one face for each language
_IN_COLLECTION = {"ja": 0, "ko": 1, "zh": 2}
# where a line may end in scripts without spaces: before a Thai vowel that leads a syllable, between ideographs
_THAI_BREAK = re.compile("(?<=[\u0e00-\u0e7f])(?=[\u0e40-\u0e44])")
_CJK = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_NOT_FIRST = "\u3001\u3002\uff0c\uff0e\uff01\uff1f\u300d\u300f\uff09"
_NOT_FIRST += "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087"
_NOT_FIRST += "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fc"
_CJK_BREAK = re.compile(f"(?<=[{_CJK}\u3001\u3002])(?=[{_CJK}\u300c\u300e\uff08])(?![{_NOT_FIRST}])")
_BREAK = "\u200b"
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]|[\x00-\x08\x0b-\x1f]")


@cache
def find_font(names: tuple[str, ...]) -> Path | None:
    """Find the first of these files on this machine."""
    for name in names:
        for folder in FOLDERS:
            hit = next(iter(sorted(folder.rglob(name))), None) if folder.is_dir() else None
            if hit is not None:
                return hit
    return None


def _needed(text: str) -> Iterator[tuple[Face, Path]]:
    for face in _OTHERS:
        if not face.letters.search(text):
            continue
        file = find_font(face.files)
        if file is not None:
            yield face, file
        elif face.name != "symbols":
            raise NoFont(
                _("This machine has no font for a script of this text. Install the package %(package)s.")
                % {"package": face.package}
            )


def _is_rtl(text: str) -> bool:
    """Say which way a paragraph runs: as its first letter with a direction does."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in {"R", "AL"}:
            return True
        if way == "L":
            return False
    return False


def _breakable(text: str) -> str:
    clean = _INVISIBLE.sub("", text.expandtabs(4))
    return _CJK_BREAK.sub(_BREAK, _THAI_BREAK.sub(_BREAK, clean))


class _Sheet(FPDF):
    """An A4 page with its number at the end."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sans", size=8)
        self.set_text_color(120, 120, 120)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")


def pdf_of(
    title: str, paragraphs: Sequence[Paragraph], *, language: str = "en", square: Square | None = None
) -> bytes:
    """Set paragraphs below a title, a code at the end; raises NoFont where this machine cannot show a script."""
    everything = "\n".join([title, *(one.text for one in paragraphs)])
    first = find_font(_FIRST.files)
    if first is None:
        raise NoFont(
            _("This machine has no font for a script of this text. Install the package %(package)s.")
            % {"package": _FIRST.package}
        )
    sheet = _Sheet(format="A4")
    sheet.set_margins(20, 18)
    sheet.set_auto_page_break(True, margin=20)
    sheet.set_title(title)
    sheet.set_lang(language)
    sheet.add_font("sans", fname=first)
    fallbacks = []
    asian = next(
        (one.language.split("-")[0] for one in paragraphs if one.language[:2] in _IN_COLLECTION), "ja"
    )
    for face, file in _needed(everything):
        number = _IN_COLLECTION[asian] if file.suffix == ".ttc" else 0
        sheet.add_font(face.name, fname=file, collection_font_number=number)
        fallbacks.append(face.name)
    sheet.set_fallback_fonts(fallbacks)
    sheet.set_text_shaping(True)
    sheet.add_page()
    _set(sheet, title, size=15, height=8)
    sheet.ln(2)
    for one in paragraphs:
        _paragraph(sheet, one)
    if square is not None:
        _draw(sheet, square)
    return bytes(sheet.output())


def _draw(sheet: FPDF, square: Square, *, side: float = 50) -> None:
    """Draw a code `side` millimetres wide: a phone reads it from a hand's breadth."""
    sheet.ln(4)
    size = side / len(square.rows)
    if sheet.will_page_break(side + 8):
        sheet.add_page()
    left, top = sheet.get_x(), sheet.get_y()
    sheet.set_fill_color(0, 0, 0)
    for down, row in enumerate(square.rows):
        for across, is_dark in enumerate(row):
            if is_dark:
                sheet.rect(left + across * size, top + down * size, size, size, style="F")
    sheet.set_y(top + side)
    sheet.set_text_color(25, 25, 28)
    _set(sheet, square.text, size=10.5, height=6)


def _paragraph(sheet: FPDF, one: Paragraph) -> None:
    if one.kind == "head":
        sheet.ln(3)
    grey = one.kind in {"head", "small"}
    sheet.set_text_color(*((105, 105, 105) if grey else (25, 25, 28)))
    sheet.set_fill_color(238, 240, 251)
    _set(sheet, one.text, size=8.5 if grey else 10.5, height=4.8 if grey else 6, fill=one.kind == "ours")


def _set(sheet: FPDF, text: str, *, size: float, height: float, fill: bool = False) -> None:
    sheet.set_font("sans", size=size)
    for line in text.splitlines() or [""]:
        sheet.multi_cell(
            0,
            height,
            _breakable(line),
            align="R" if _is_rtl(line) else "L",
            fill=fill,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
