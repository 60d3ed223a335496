"""Files of orders: which letters, which marks, which columns; then one order after the other."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

from .numbers import number_key
from .order_columns import guessed

ENCODINGS: Final = (
    "utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "shift_jis", "gb18030", "big5", "euc-kr",
    "tis-620",
)  # fmt: skip
MARKS: Final = (",", ";", "\t", "|")
MOST_COLUMNS: Final = 200
_SAMPLE: Final = 200_000
_PYTHONS: Final = {
    "shift_jis": "cp932", "windows-1252": "cp1252", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "euc-kr": "cp949", "big5": "cp950",
}  # fmt: skip


@dataclass
class Options:
    """How a file is read. `columns` is {name in the file: our field}; `dates` dmy, mdy or ymd, `decimal` . or ,

    Both are empty where the file leaves it open, and a person has to say.
    """

    kind: str = "csv"
    encoding: str = "utf-8"
    mark: str = ","
    dates: str = ""
    decimal: str = ""
    zone: str = "UTC"
    currency: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return them to be kept."""
        return asdict(self)


@dataclass
class Group:
    """The rows of one order, (row number, {name of the column: cell}); of JSON `whole` is the order itself."""

    number: str
    row: int
    rows: list[dict[str, str]] = field(default_factory=list)
    whole: Any = None


def bad_file(words: str) -> Refusal:
    """Return a refusal of a whole file."""
    return Refusal(words, code="bad_file", status=422)


def _no_text() -> Refusal:
    return bad_file(
        _("This is no text: save the table as CSV, or the orders as JSON, and bring that file in.")
    )


def is_json(raw: bytes) -> bool:
    """Say whether a file holds JSON: a list, an object, or one a line."""
    return raw.removeprefix(b"\xef\xbb\xbf")[:200].lstrip()[:1] in (b"[", b"{")


def guessed_encoding(raw: bytes) -> str:
    """Return which letters a file is most likely written in."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if raw[1::2][:200].count(0) > 50 or raw[::2][:200].count(0) > 50:
        return "utf-16"
    wanted = [_PYTHONS.get(one, one) for one in ENCODINGS[2:]]
    best = from_bytes(raw[:_SAMPLE], cp_isolation=wanted, threshold=0.6).best()
    found = best.encoding if best is not None else "cp1252"
    names = {_PYTHONS.get(one, one).replace("-", "_"): one for one in ENCODINGS}
    return names.get(found.replace("-", "_"), "windows-1252")


def decoded(raw: bytes, encoding: str) -> str:
    """Return the text of a file; raises Refusal `bad_file` where these are not its letters."""
    try:
        if encoding == "utf-8":
            return raw.decode("utf-8-sig")
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            return raw.decode("utf-16-be" if raw[:1] == b"\x00" else "utf-16-le")
        return raw.decode(_PYTHONS.get(encoding, encoding))
    except (UnicodeDecodeError, LookupError):
        raise bad_file(_("The file is not written in these letters: choose another encoding.")) from None


def guessed_mark(text: str) -> str:
    """Return what parts the cells: what makes the most columns of the first lines, as many in each."""
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if told:
        return told[1]
    head = "\n".join(text.splitlines()[:30])
    best = (0, ",")
    for mark in MARKS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=mark) if row]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            best = max(best, (widths[0] if widths.count(widths[0]) * 2 > len(widths) else 1, mark))
    return best[1]


def rows_of(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of all that is not empty, the names first; raises Refusal `bad_file` naming the line."""
    skipped = 1 if re.match(r"sep=.\r?\n", text, re.IGNORECASE) else 0
    if skipped:
        text = text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=mark)
    before = skipped
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise bad_file(
                _("Line %(line)s cannot be read: a quotation mark is not closed.") % {"line": before + 1}
            ) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield before + 1, [cell.strip() for cell in cells]
        before = reader.line_num + skipped


def names_of(cells: Sequence[str]) -> list[str]:
    """Return the names of columns, told apart where two are alike."""
    names: list[str] = []
    for place, cell in enumerate(cells[:MOST_COLUMNS], 1):
        name = cell[:100] or f"#{place}"
        names.append(name if name not in names else f"{name} #{place}")
    return names


def first_rows(text: str, mark: str, *, most: int = 200) -> tuple[list[str], list[dict[str, str]]]:
    """Return the names of the columns and the first rows; raises Refusal `bad_file`."""
    found = rows_of(text, mark)
    head = next(found, None)
    if head is None:
        raise bad_file(_("The file is empty."))
    names = names_of(head[1])
    rows = [
        dict(zip(names, cells, strict=False)) for (_line, cells), _n in zip(found, range(most), strict=False)
    ]
    return names, rows


def fingerprint(names: Iterable[str]) -> str:
    """Return what a set of columns is known by again."""
    return hashlib.sha256(json.dumps(sorted(names)).encode("utf-8", "replace")).hexdigest()


def groups_of(text: str, options: Options) -> Iterator[Group]:
    """Yield the orders of a file, each with all of its rows, in the order in which they are complete."""
    if options.kind == "json":
        yield from _whole(text)
        return
    counts: dict[str, int] = {}
    for _row, name, _cells in _numbered(text, options):
        counts[name] = counts.get(name, 0) + 1
    open_ones: dict[str, Group] = {}
    for row, name, cells in _numbered(text, options):
        group = open_ones.setdefault(name, Group(cells.get(_column(options, "number"), ""), row))
        group.rows.append(cells)
        counts[name] -= 1
        if not counts[name]:
            yield open_ones.pop(name)


def _column(options: Options, wanted: str) -> str:
    return next((name for name, ours in options.columns.items() if ours == wanted), "")


def _numbered(text: str, options: Options) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield (row, key of the order, cells); a row without a number is an order of its own, and will be refused."""
    found = rows_of(text, options.mark)
    head = next(found, None)
    if head is None:
        return
    names, column = names_of(head[1]), _column(options, "number")
    for row, cells in found:
        told = dict(zip(names, cells, strict=False))
        yield row, number_key(told.get(column, "")) or f"row {row}", told


def _whole(text: str) -> Iterator[Group]:
    """Yield the orders of a JSON: a list, {"orders" or "items": [...]}, one order, or one a line."""
    try:
        told = json.loads(text)
    except RecursionError:
        raise bad_file(_("This is no JSON.")) from None
    except ValueError as error:
        if not _is_line(text):
            line = getattr(error, "lineno", 1)
            raise bad_file(
                _("This is no whole JSON: it cannot be read from line %(line)s on.") % {"line": line}
            ) from None
        yield from _by_line(text)
        return
    if isinstance(told, Mapping):
        inner = told.get("orders", told.get("items"))
        told = inner if isinstance(inner, list) else [told]
    for row, one in enumerate(told if isinstance(told, list) else [told], 1):
        yield _of_json(row, one)


def _is_line(text: str) -> bool:
    """Say whether the first line is a JSON for itself: a file of one order a line."""
    try:
        json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return True


def _by_line(text: str) -> Iterator[Group]:
    for row, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _of_json(row, json.loads(line))
        except (ValueError, RecursionError):
            yield Group("", row, whole=None)


def _of_json(row: int, told: Any) -> Group:
    number = told.get("number") if isinstance(told, Mapping) else ""
    return Group(str(number or "")[:80], row, whole=told)


def options_of(raw: bytes, *, zone: str = "UTC") -> tuple[Options, str]:
    """Return how a file is most likely read, and what its columns are known by; raises Refusal `bad_file`."""
    encoding = guessed_encoding(raw)
    if is_json(raw):
        return Options(kind="json", encoding=encoding, zone=zone), ""
    try:
        text = decoded(raw, encoding)
    except Refusal:
        raise _no_text() from None
    if "\x00" in text:
        raise _no_text()
    options = Options(encoding=encoding, mark=guessed_mark(text), zone=zone)
    names, rows = first_rows(text, options.mark)
    if not rows:
        raise bad_file(_("There is no row below the names of the columns."))
    options.columns, options.dates, options.decimal = guessed(names, rows)
    return options, fingerprint(names)
