"""Tables that spreadsheets save: CSV in UTF-8 or UTF-16, parted by commas, semicolons or tabs."""

import csv
import io

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

_RISKY = ("=", "+", "-", "@", "\t")


def read_table(raw: bytes) -> list[tuple[int, list[str]]]:
    """Return (line, cells) of every line that is not empty; raises Refusal `bad_file` naming the line."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal(
            _("The file is not in UTF-8. In Excel choose “CSV UTF-8”."), code="bad_file", status=422
        ) from None
    skipped, mark = 0, ""
    if text[:4].lower() == "sep=":
        mark, skipped = text[4:5], 1
        text = text.partition("\n")[2]
    head = text.partition("\n")[0]
    mark = mark or max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((before + 1 + skipped, [_plain(cell) for cell in cells]))
            before = reader.line_num
    except csv.Error:
        raise Refusal(
            _("Line %(line)s cannot be read: a quotation mark is not closed.")
            % {"line": before + 1 + skipped},
            code="bad_file",
            status=422,
        ) from None
    # a quotation mark in the wrong place shifts what follows: nothing of such a line is taken on trust
    wide = next((line for line, cells in rows if len(_filled(cells)) > len(rows[0][1])), None)
    if wide is not None:
        raise Refusal(
            _("Line %(line)s has more cells than the first line has names.") % {"line": wide},
            code="bad_file",
            status=422,
        )
    return rows


def _filled(cells: list[str]) -> list[str]:
    """Return a line without the empty cells that spreadsheets leave at its end."""
    return cells[: max((place for place, cell in enumerate(cells, 1) if cell), default=0)]


def _plain(cell: str) -> str:
    cell = cell.replace("\x00", "").strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RISKY else cell


def safe_cell(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell
