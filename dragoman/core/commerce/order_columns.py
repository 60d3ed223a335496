"""Columns of a table of orders: which is which, and what their cells say, as the body of `PUT /orders/{number}`."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal
from dragoman.kit.money import to_minor

from .status_words import states_of

# our field -> what people read
FIELDS: Final[Mapping[str, Any]] = {
    "number": _("Number of the order"),
    "placed_at": _("Placed on"),
    "updated_at": _("Changed on"),
    "currency": _("Currency"),
    "email": _("Mail address"),
    "phone": _("Phone"),
    "name": _("Name of the customer"),
    "language": _("Language"),
    "country": _("Country, two letters"),
    "sku": _("Article number"),
    "title": _("Article"),
    "variant": _("Variant"),
    "quantity": _("Quantity"),
    "unit_price": _("Price of one"),
    "shipping": _("Shipping"),
    "discount": _("Discount of the order"),
    "tax": _("Tax of the order"),
    "total": _("Total of the order"),
    "method": _("Paid by"),
    "paid": _("Amount that was paid"),
    "payment_status": _("Status of payment"),
    "fulfilment_status": _("Status of sending"),
    "status": _("Status"),
    "carrier": _("Carrier"),
    "tracking_number": _("Parcel’s number"),
    "shipped_at": _("Sent on"),
    "delivered_at": _("Delivered on"),
    "street": _("Street"),
    "city": _("City"),
    "region": _("Region"),
    "postcode": _("Postcode"),
    "note": _("Note"),
    "external_id": _("The shop’s own id"),
}
# what files call them, in small letters without blanks
_NAMES: Final[Mapping[str, list[str]]] = json.loads(
    (Path(__file__).parent / "column_names.json").read_text("utf-8")
)
NEEDED: Final = ("number", "placed_at", "title", "unit_price")
_TIMES: Final = ("placed_at", "updated_at", "shipped_at", "delivered_at")
_SUMS: Final = ("unit_price", "shipping", "discount", "tax", "total", "paid")
_DATE: Final = re.compile(
    r"(\d{1,4})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,4})日?"
    r"(?:[\sT,]+(\d{1,2})[:.時](\d{2})(?:[:.分](\d{2}))?秒?\s*([AaPp]\.?[Mm]\.?)?)?\Z"
)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_MONEY: Final = re.compile(r"-?\d[\d.,]*\Z|-?[.,]\d+\Z")


def plain(cell: str) -> str:
    """Return a cell with narrow figures and signs, and without what a spreadsheet puts before a text."""
    text = unicodedata.normalize("NFKC", cell).strip()
    return text[1:] if text[:1] == "'" else text


def guessed(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], str, str]:
    """Return what columns most likely are, in which order days stand, and the decimal mark; empty where it is open."""
    columns: dict[str, str] = {}
    words = {name: re.sub(r"[\W_]+", "", plain(name).lower()) for name in names}
    for ours, called in _NAMES.items():
        fits = [name for name in names if words[name] in called and name not in columns]
        if fits:
            columns[min(fits, key=lambda name: called.index(words[name]))] = ours
    return columns, dates_in(rows, columns), decimals_in(rows, columns)


def _cells(rows: Iterable[Mapping[str, str]], columns: Mapping[str, str], kinds: Sequence[str]) -> list[str]:
    wanted = [name for name, ours in columns.items() if ours in kinds]
    return [text for row in rows for name in wanted if (text := plain(row.get(name, "")))]


def dates_in(rows: Sequence[Mapping[str, str]], columns: Mapping[str, str]) -> str:
    """Return in which order year, month and day stand: ymd, dmy or mdy; empty where both of these could be."""
    cells = _cells(rows, columns, _TIMES)
    found = [match for cell in cells if (match := _DATE.match(cell))]
    short = [one for one in found if len(one[1]) < 3]
    if not short:
        return "ymd" if cells else ""
    if any(int(one[1]) > 12 for one in short):
        return "dmy"
    return "mdy" if any(int(one[2]) > 12 for one in short) else ""


def decimals_in(rows: Sequence[Mapping[str, str]], columns: Mapping[str, str]) -> str:
    """Return the decimal mark, empty where 1.234 could be either."""
    votes: set[str] = set()
    is_open = False
    cells = _cells(rows, columns, _SUMS)
    for cell in cells:
        text = _bare(cell)
        dot, comma = text.rfind("."), text.rfind(",")
        if dot >= 0 and comma >= 0:
            votes.add("." if dot > comma else ",")
        elif dot >= 0 or comma >= 0:
            sign = "." if dot >= 0 else ","
            if text.count(sign) > 1:
                votes.add("," if sign == "." else ".")
            elif len(text) - max(dot, comma) - 1 != 3:
                votes.add(sign)
            else:
                is_open = True
    if len(votes) == 1:
        return votes.pop()
    return "" if votes or is_open or not cells else "."


def _bare(cell: str) -> str:
    """Return an amount without its currency, blanks and what parts thousands in Switzerland."""
    return re.sub(r"[^\d.,-]|(?<=\D)[.,]\Z", "", cell.replace("−", "-"))


def money_of(cell: str, decimal: str, currency: str) -> int:
    """Return a cell as minor units; raises Refusal."""
    text = _bare(plain(cell)).rstrip(".")
    if not _MONEY.match(text):
        raise _not(_now("“%(cell)s” is no amount."), cell)
    other = "." if decimal == "," else ","
    whole = text.replace(other, "").replace(decimal, ".")
    if whole.count(".") > 1:
        raise _not(_now("“%(cell)s” is no amount."), cell)
    amount = to_minor(whole, currency)
    if amount < 0:
        raise _not(_now("“%(cell)s” is less than nothing."), cell)
    return amount


def moment_of(cell: str, order: str, zone: ZoneInfo) -> datetime:
    """Return a cell as a time, in that zone where it names none; raises Refusal."""
    text = plain(cell)
    try:
        if _ISO.match(text):
            at = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d|UTC|Z)", "", text).replace("UTC", "+00:00"))
            return at if at.tzinfo else at.replace(tzinfo=zone)
        match = _DATE.match(text)
        if match is None:
            raise ValueError
        first, second, third = (int(match[place]) for place in (1, 2, 3))
        if len(match[1]) > 2:
            year, month, day = first, second, third
        else:
            day, month = (second, first) if order == "mdy" else (first, second)
            year = third + 2000 if len(match[3]) < 3 else third
            if order == "ymd":
                year, month, day = first + 2000, second, third
        hour = int(match[4] or 0)
        if half := (match[7] or "").replace(".", "").lower():
            hour = hour % 12 + (12 if half == "pm" else 0)
        return datetime(year, month, day, hour, int(match[5] or 0), int(match[6] or 0), tzinfo=zone)
    except (ValueError, OverflowError):
        raise _not(
            _now("“%(cell)s” is no date, or its day and month stand the other way round."), cell
        ) from None


def _not(words: str, cell: str) -> Refusal:
    return Refusal(words % {"cell": cell.strip()[:60]}, code="bad_cell", status=422)


class Sheet:
    """Reads rows of one file: which column is which, the decimal mark, the order of days, the zone."""

    def __init__(
        self, columns: Mapping[str, str], *, dates: str, decimal: str, zone: str, currency: str
    ) -> None:
        self.names = {ours: name for name, ours in columns.items() if ours}
        self.dates, self.decimal, self.currency = dates, decimal or ".", currency
        self.zone = ZoneInfo(zone)

    def order(self, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """Return an order's rows as the body of `PUT /orders/{number}`; raises Refusal naming the cell."""
        first = {ours: self._first(rows, ours) for ours in self.names}
        for ours in ("number", "placed_at"):
            if not first.get(ours):
                raise Refusal(
                    _now("“%(column)s” is empty.") % {"column": self.names.get(ours, str(FIELDS[ours]))},
                    code="bad_cell",
                    status=422,
                )
        currency = plain(first.get("currency") or self.currency).upper()
        times = {ours: moment_of(first[ours], self.dates, self.zone) for ours in _TIMES if first.get(ours)}
        sums = {ours: money_of(first[ours], self.decimal, currency) for ours in _SUMS[1:] if first.get(ours)}
        made: dict[str, Any] = {
            "number": first["number"],
            "currency": currency,
            "country": plain(first.get("country", "")),
            "note": first.get("note", ""),
            "external_id": first.get("external_id", ""),
            "customer": {
                ours: first[ours] for ours in ("email", "phone", "name", "language") if first.get(ours)
            },
            "lines": [
                self._line(row, currency)
                for row in rows
                if self._cell(row, "title") or self._cell(row, "sku")
            ],
            "totals": {ours: sums[ours] for ours in ("shipping", "discount", "tax", "total") if ours in sums},
            **{ours: times[ours] for ours in ("placed_at", "updated_at") if ours in times},
            **states_of(first),
        }
        if not made["lines"]:
            raise Refusal(_now("There is no article in it."), code="bad_cell", status=422)
        if made.get("payment_status") == "refunded" and "total" in sums:
            made["totals"]["refunded"] = sums["total"]
        if address := self._address(first):
            made["shipping_address"] = address
        if "paid" in sums:
            method = first.get("method") or "other"
            made["payments"] = [{"method": method, "amount": sums["paid"], "paid_at": times["placed_at"]}]
        if parcels := self._parcels(rows, first, times):
            made["shipments"] = parcels
        return made

    def _cell(self, row: Mapping[str, str], ours: str) -> str:
        return row.get(self.names.get(ours, "\x00"), "") or ""

    def _first(self, rows: Sequence[Mapping[str, str]], ours: str) -> str:
        return next((cell for row in rows if (cell := self._cell(row, ours))), "")

    def _line(self, row: Mapping[str, str], currency: str) -> dict[str, Any]:
        quantity = plain(self._cell(row, "quantity") or "1")
        number = re.fullmatch(r"(\d{1,7})(?:[.,]0+)?", quantity)
        if number is None:
            raise _not(_now("“%(cell)s” is no quantity."), quantity)
        sku, title = self._cell(row, "sku"), self._cell(row, "title")
        return {
            "sku": sku,
            "title": title or sku,
            "variant": self._cell(row, "variant"),
            "quantity": int(number[1]),
            "unit_price": money_of(self._cell(row, "unit_price"), self.decimal, currency),
        }

    def _address(self, first: Mapping[str, str]) -> dict[str, Any]:
        parts = {ours: first[ours] for ours in ("city", "region", "postcode") if first.get(ours)}
        if street := first.get("street"):
            parts["lines"] = street.splitlines()[:6]  # type: ignore[assignment]
        if parts and (country := plain(first.get("country", ""))):
            parts["country"] = country
        return parts

    def _parcels(
        self, rows: Sequence[Mapping[str, str]], first: Mapping[str, str], times: Mapping[str, datetime]
    ) -> list[dict[str, Any]]:
        numbers = list(dict.fromkeys(cell for row in rows if (cell := self._cell(row, "tracking_number"))))
        at = {ours: times[ours] for ours in ("shipped_at", "delivered_at") if ours in times}
        status = "delivered" if "delivered_at" in at else "in_transit"
        return [
            {"tracking_number": one, "carrier": first.get("carrier", ""), "status": status, **at}
            for one in numbers
        ]
