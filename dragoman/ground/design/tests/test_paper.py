"""Papers: every script in the size it was measured in, codes that scanners read, fonts that are missing said."""

import re
import zlib

from dragoman.ground.design.code128 import bars_of
from dragoman.ground.design.paper import Cell, Codes, NextPage, Paragraph, Table, pdf_of

LINES = {
    "th": "ใส่หน้านี้ในพัสดุ รองเท้าวิ่งเทรลสำหรับผู้หญิง",
    "ar": "ضع هذه الصفحة في الطرد",
    "ja": "このページを荷物に入れてください。",
}
FONTS = {"th": b"NotoSansThai", "ar": b"NotoNaskhArabic", "ja": b"NotoSansCJK"}
# of "RETURN-7A", by another program
BARS = (
    "1101001000011000101110100011010001101110001011011101110110001011101"
    "0111000110100110111001110110111010100011000101110001101100011101011"
)


def pages_of(pdf: bytes) -> list[bytes]:
    """Return what is drawn on each page, without the letters."""
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(part)
        except zlib.error:
            continue
        if b" Tf" in text:
            found.append(re.sub(rb"\((?:\\.|[^\\)])*\)", b"()", text, flags=re.DOTALL))
    return found


def sizes_of(page: bytes) -> list[float]:
    """Return the sizes in which text is drawn, as a reader of the file follows them."""
    now, kept, found = 0.0, [], []
    for token in re.findall(rb"\bq\b|\bQ\b|/F\d+ [\d.]+ Tf|\bTj\b|\bTJ\b", page):
        if token == b"q":
            kept.append(now)
        elif token == b"Q":
            now = kept.pop()
        elif token.endswith(b"Tf"):
            now = float(token.split()[1])
        elif not found or found[-1] != now:
            found.append(now)
    return found


def test_scripts_are_set_in_their_own_fonts_and_every_line_in_its_size():
    said = [Paragraph("Kasalong", "th", "small")]
    for language, line in LINES.items():
        said += [Paragraph(line, language), Paragraph("1 × Trail shoe X-100", language)]
    rows = [[Cell(line)] for line in LINES.values()]
    table = Table(["A"], [*rows, [Cell("not known", missing=True)]], [1])
    pdf = pdf_of("R1", [*said, Codes(None, bars_of("R1"), "R1"), NextPage(), table], language="th")
    assert pdf.startswith(b"%PDF-") and all(name in pdf for name in FONTS.values())
    first, second = pages_of(pdf)
    assert sizes_of(first) == [15.0, 8.5, 10.5, 8.0]
    assert sizes_of(second) == [8.5, 8.0]


def test_bars_are_code_128_and_a_letter_without_bars_has_none():
    drawn = "".join("1" if dark else "0" for dark in bars_of("RETURN-7A"))
    assert drawn == BARS
    assert bars_of("№7") == () == bars_of("")
