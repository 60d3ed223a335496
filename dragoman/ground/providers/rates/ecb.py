"""The euro reference rates of the European Central Bank: the files it publishes each working day, XML or CSV.

`eurofxref-daily.xml` and `eurofxref-hist.xml` hold nested `Cube` elements (time; currency and rate), the CSV files a
line a day with a column a currency, packed in a zip. Rates are for information, not for transactions (the bank's own
words): https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/
"""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _
from lxml import etree

from dragoman.kit.errors import Refusal
from dragoman.kit.money import is_currency
from dragoman.kit.tables import read_table

MOST_BYTES: Final = 20_000_000
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class DayRate:
    """How much of a currency one euro was worth on a day."""

    day: datetime.date
    currency: str
    rate: Decimal


def read_rates(raw: bytes) -> list[DayRate]:
    """Return all rates of a file (XML, CSV or a zip with one CSV); raises Refusal `bad_file`.

    Nothing of a file is taken that is wrong in one place. Currencies that are no more are left out.
    """
    if len(raw) > MOST_BYTES:
        raise Refusal(_("The file is too large: at most 20 MB."), code="too_large", status=413)
    if raw[:4] == b"PK\x03\x04":
        raw = _unpacked(raw)
    head = raw[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    found = list(_of_xml(raw) if head.startswith(b"<") else _of_table(raw))
    if not found:
        raise _bad(_("There are no rates in the file: give one of the European Central Bank's files."))
    return found


def _bad(said: str) -> Refusal:
    return Refusal(said, code="bad_file", status=422)


def _unpacked(raw: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = [one for one in packed.infolist() if one.filename.lower().endswith(".csv")]
            if len(names) != 1 or names[0].file_size > MOST_BYTES:
                raise _bad(_("The zip file must hold one table (CSV) of at most 20 MB."))
            with packed.open(names[0]) as file:
                return file.read(MOST_BYTES)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise _bad(_("The zip file cannot be read.")) from None


def _of_xml(raw: bytes) -> Iterator[DayRate]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _bad(_("The file cannot be read as XML.")) from None
    if root.getroottree().docinfo.doctype:
        raise _bad(_("The file declares entities of its own; they are never read. Save it without."))
    for day in root.iter("{*}Cube"):
        if "time" in day.attrib:
            on = _day(day.attrib["time"])
            for one in day:
                yield from _rate(on, one.attrib.get("currency", ""), one.attrib.get("rate", ""))


def _of_table(raw: bytes) -> Iterator[DayRate]:
    rows = read_table(raw)
    names = [cell.strip() for cell in rows[0][1]] if rows else []
    if not names or names[0].lower() != "date":
        raise _bad(_("The first line of the table must begin with Date and name currencies."))
    for _line, cells in rows[1:]:
        on = _day(cells[0])
        for name, cell in zip(names[1:], cells[1:], strict=False):
            yield from _rate(on, name, cell)


def _day(written: str) -> datetime.date:
    """Read 2026-11-27, and 27 November 2026 as the daily table has it."""
    try:
        return datetime.date.fromisoformat(written.strip())
    except ValueError:
        pass
    parts = written.split()
    if len(parts) == 3 and parts[0].isdigit() and parts[2].isdigit() and parts[1][:3] in _MONTHS:
        try:
            return datetime.date(int(parts[2]), _MONTHS.index(parts[1][:3]) + 1, int(parts[0]))
        except ValueError:
            pass
    raise _bad(_("“%(day)s” is no day: it is written as 2026-11-27.") % {"day": written[:40]})


def _rate(on: datetime.date, currency: str, written: str) -> Iterator[DayRate]:
    name, text = currency.strip(), written.strip()
    if not name or text in ("", "N/A") or not is_currency(name):
        return
    try:
        rate = Decimal(text)
    except InvalidOperation:
        raise _bad(
            _("“%(rate)s” is no rate for %(currency)s.") % {"rate": text[:40], "currency": name}
        ) from None
    if not (rate.is_finite() and Decimal("0.000001") <= rate < 10**9):
        raise _bad(_("“%(rate)s” is no rate for %(currency)s.") % {"rate": text[:40], "currency": name})
    yield DayRate(on, name, rate)
