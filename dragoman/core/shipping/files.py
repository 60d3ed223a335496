"""A brand's tables as files (CSV): rates by lane and weight, rates of duty; and the way back out."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, Generic, TypeVar

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal
from dragoman.kit.money import digits_of, to_major, to_minor
from dragoman.kit.tables import read_table, safe_cell

from .models import DutyRate, ShippingRate
from .places import UNION, checked_country, checked_places

RATES: Final = (
    "from",
    "to",
    "service",
    "up_to_grams",
    "price",
    "currency",
    "handling",
    "days_min",
    "days_max",
    "valid_from",
    "valid_to",
)
DUTIES: Final = ("to", "hs", "origin", "percent", "source", "valid_from", "valid_to")
_RATES_MUST: Final = frozenset(["from", "to", "service", "price", "currency"])
_DUTIES_MUST: Final = frozenset(["to", "hs", "percent"])
MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 50_000
MOST_PROBLEMS: Final = 50
EVERYWHERE: Final = "*"
_HS: Final = re.compile(r"\d{2,10}\Z")

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file."""

    line: int
    said: str


@dataclass
class Read(Generic[T]):
    """What a file holds; with a problem nothing of it counts."""

    rows: list[T] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_shipping(raw: bytes) -> Read[ShippingRate]:
    """Read rates: a line a lane, service and weight band; `to` is one or more countries, `*` all others.

    Raises Refusal `bad_file`, `too_large` where it is no table at all; what is wrong in a line is a problem.
    """
    return _read(raw, RATES, _RATES_MUST, _rate_rows, _rate_key)


def read_duties(raw: bytes) -> Read[DutyRate]:
    """Read rates of duty: a line a beginning of an HS code, place of origin (empty: all) and destination."""
    return _read(raw, DUTIES, _DUTIES_MUST, _duty_rows, _duty_key)


def _read(
    raw: bytes,
    names: tuple[str, ...],
    must: frozenset[str],
    rows: Callable[[Mapping[str, str]], Iterable[T]],
    key: Callable[[T], object],
) -> Read[T]:
    if len(raw) > MOST_BYTES:
        raise Refusal(_("The file is too large: at most 5 MB."), code="too_large", status=413)
    table = read_table(raw)
    head = [" ".join(cell.lower().split()).replace(" ", "_") for cell in table[0][1]] if table else []
    missing, strange = must - set(head), [name for name in head if name and name not in names]
    if missing or strange:
        said = _("The first line must name the columns %(names)s.") % {"names": ", ".join(names)}
        raise Refusal(said, code="bad_file", status=422)
    found, seen = Read[T](), dict[object, int]()
    for line, cells in table[1:]:
        if len(found.problems) >= MOST_PROBLEMS or len(found.rows) >= MOST_ROWS:
            break
        try:
            for row in rows(dict(zip(head, (cell.strip() for cell in cells), strict=False))):
                named = key(row)
                if named in seen:
                    raise Refusal(_("Line %(line)s says the same already.") % {"line": seen[named]})
                seen[named] = line
                found.rows.append(row)
        except Refusal as refusal:
            found.problems.append(Problem(line, str(refusal)))
    if len(found.rows) >= MOST_ROWS:
        found.problems.append(Problem(0, _("A table has at most 50,000 rows: cut it in parts.")))
    if not (found.rows or found.problems):
        raise Refusal(_("There is no line below the names of the columns."), code="bad_file", status=422)
    return found


def _rate_rows(cells: Mapping[str, str]) -> Iterable[ShippingRate]:
    currency = cells.get("currency", "").upper()
    digits_of(currency)
    service = cells.get("service", "")
    if not 0 < len(service) <= 60:
        raise Refusal(_("Name the service, in at most 60 letters."))
    weight = cells.get("up_to_grams", "")
    if weight and not (weight.isascii() and weight.isdigit() and 0 < int(weight) <= 10**8):
        raise Refusal(_("Give the weight in whole grams, or leave it empty for any."))
    begins, ends = _days(cells)
    least, most = _transit(cells)
    places = cells.get("to", "").replace(",", " ").split()
    if not places:
        raise Refusal(_("Say where to: countries such as DE AT, or * for all others."))
    for place in places:
        yield ShippingRate(
            origin=checked_country(cells.get("from", "")),
            destination="" if place == EVERYWHERE else checked_country(place),
            service=service,
            up_to=int(weight) if weight else None,
            price=_amount(cells.get("price", ""), currency),
            currency=currency,
            handling=_amount(cells["handling"], currency) if cells.get("handling") else None,
            days_min=least,
            days_max=most,
            valid_from=begins,
            valid_to=ends,
        )


def _duty_rows(cells: Mapping[str, str]) -> Iterable[DutyRate]:
    hs = re.sub(r"[ .]", "", cells.get("hs", ""))
    if not _HS.match(hs):
        raise Refusal(_("Give two to ten figures of the HS code, such as 6109.10."))
    try:
        percent = Decimal(cells.get("percent", "").rstrip("% ").replace(",", "."))
    except InvalidOperation:
        percent = Decimal(-1)
    if not (percent.is_finite() and 0 <= percent <= 1000):
        raise Refusal(_("Give the rate of duty in percent, such as 12 or 4.5."))
    begins, ends = _days(cells)
    origin = cells.get("origin", "")
    for place in checked_places(cells.get("to", "").replace(",", " ").split()) or [""]:
        if not place:
            raise Refusal(_("Say where to: countries such as GB, or EU."))
        yield DutyRate(
            hs=hs,
            origin=checked_country(origin) if origin else "",
            destination=UNION if place == UNION else place,
            percent=percent.quantize(Decimal("0.0001")),
            source=cells.get("source", "")[:300],
            valid_from=begins,
            valid_to=ends,
        )


def _rate_key(row: ShippingRate) -> object:
    return (row.origin, row.destination, row.service, row.up_to, row.valid_from)


def _duty_key(row: DutyRate) -> object:
    return (row.destination, row.hs, row.origin, row.valid_from)


def _amount(written: str, currency: str) -> int:
    amount = to_minor(
        written.replace(",", ".") if written.count(",") == 1 and "." not in written else written, currency
    )
    if amount < 0:
        raise Refusal(_("An amount cannot be below nothing."))
    return amount


def _days(cells: Mapping[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    days = []
    for name in ("valid_from", "valid_to"):
        written = cells.get(name, "")
        try:
            days.append(datetime.date.fromisoformat(written) if written else None)
        except ValueError:
            said = _("“%(day)s” is no day: write it as 2026-11-27.") % {"day": written[:40]}
            raise Refusal(said) from None
    begins, ends = days
    if begins and ends and ends < begins:
        raise Refusal(_("It cannot end before it begins."))
    return begins, ends


def _transit(cells: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return how many working days a parcel is under way; one figure alone is both."""
    said = [cells.get(name, "") for name in ("days_min", "days_max")]
    if not any(said):
        return None, None
    numbers = [one or other for one, other in zip(said, reversed(said), strict=True)]
    if not all(one.isascii() and one.isdigit() and len(one) <= 3 and int(one) <= 90 for one in numbers):
        raise Refusal(_("Give the days under way as whole working days, at most 90."))
    least, most = map(int, numbers)
    if most < least:
        raise Refusal(_("It cannot take at most fewer days than at least."))
    return least, most


def write_shipping(rows: Iterable[ShippingRate]) -> str:
    """Return rates as the file they are read from."""
    return _written(
        RATES,
        (
            (
                row.origin, row.destination or EVERYWHERE, row.service, row.up_to or "",
                to_major(row.price, row.currency), row.currency,
                "" if row.handling is None else to_major(row.handling, row.currency),
                "" if row.days_min is None else row.days_min, "" if row.days_max is None else row.days_max,
                row.valid_from or "", row.valid_to or "",
            )
            for row in rows
        ),
    )  # fmt: skip


def write_duties(rows: Iterable[DutyRate]) -> str:
    """Return rates of duty as the file they are read from."""
    return _written(
        DUTIES,
        (
            (row.destination, row.hs, row.origin, row.percent.normalize(), row.source, row.valid_from or "",
             row.valid_to or "")
            for row in rows
        ),
    )  # fmt: skip


def _written(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([safe_cell(f"{one:f}" if isinstance(one, Decimal) else str(one)) for one in row])
    return out.getvalue()
