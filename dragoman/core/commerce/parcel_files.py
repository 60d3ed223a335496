"""Files that tell of parcels: CSV with columns of any name, and EDIFACT's IFTSTA; line by line, faults said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dragoman.ground.providers.carriers.edifact import Cut, is_edifact
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts, State
from dragoman.ground.providers.carriers.iftsta import read_iftsta
from dragoman.ground.providers.carriers.reading import read_words
from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus, shipment_word
from dragoman.kit.errors import Refusal
from dragoman.kit.tables import read_table

MOST_BYTES: Final = 5_000_000
MOST_LINES: Final = 50_000
MOST_PROBLEMS: Final = 200
# our columns, and what files plainly call them
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("tracking_number", "tracking", "parcel", "parcel_number", "barcode", "waybill", "awb", "consignment"),
    "at": ("time", "date", "datetime", "date_time", "timestamp", "event_time", "event_date"),
    "status": ("state", "event", "event_code", "status_code", "code"),
    "detail": ("sub_status", "substatus"),
    "text": ("description", "message", "remark", "event_description", "status_text"),
    "place": ("location", "city", "depot", "event_location"),
    "country": ("country_code", "event_country"),
    "carrier": ("courier",),
    "id": ("event_id",),
    "estimated_at": ("eta", "estimated_delivery"),
}  # fmt: skip
MUST: Final = ("number", "at", "status")


@dataclass(frozen=True)
class FileProblem:
    """What is wrong with a line of a file (with a segment of an interchange)."""

    line: int
    said: str


@dataclass(frozen=True)
class Line:
    """One thing a file tells: of which number, likeliest first, and what."""

    line: int
    numbers: tuple[str, ...]
    facts: ParcelFacts


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: whose column is which, what words mean, and the clock of moments without one."""

    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC


def read_parcels(raw: bytes, reading: Reading) -> tuple[list[Line], list[FileProblem]]:
    """Return what a file tells and what is wrong with it; raises Refusal `bad_file`, `too_large`."""
    if len(raw) > MOST_BYTES:
        raise Refusal(_("The file is too large: at most 5 MB."), code="too_large", status=413)
    if not raw.strip():
        raise Refusal(_("The file is empty."), code="empty", status=422)
    states = states_of(reading.statuses)
    if is_edifact(raw):
        return _interchange(raw, states, reading.zone)
    return _table(raw, reading, states)


def states_of(words: Mapping[str, str]) -> dict[str, State]:
    """Return what a file's words mean in ours; raises Refusal `bad_status`."""
    found: dict[str, State] = {}
    for word, ours in words.items():
        status, _dot, detail = ours.strip().lower().partition(".")
        if status not in ShipmentStatus.values or (detail and detail not in ShipmentDetail.values):
            said = _("“%(word)s” is none of our words for where a parcel stands.") % {
                "word": ours.strip()[:60]
            }
            raise Refusal(said, code="bad_status", status=422)
        found[word.strip().lower()] = (ShipmentStatus(status), ShipmentDetail(detail) if detail else None)
    return found


def _interchange(
    raw: bytes, states: Mapping[str, State], zone: tzinfo
) -> tuple[list[Line], list[FileProblem]]:
    faults = {
        "number": _("It names no parcel."),
        "moment": _("It says no time that can be read."),
    }
    lines, problems = list[Line](), list[FileProblem]()
    try:
        for one in read_iftsta(raw, statuses=states, zone=zone):
            if one.event is not None:
                facts = ParcelFacts(number=one.numbers[0], events=[one.event])
                lines.append(Line(one.segment, tuple(one.numbers), facts))
            elif one.fault == "status":
                problems.append(FileProblem(one.segment, _unknown(one.said)))
            else:
                problems.append(FileProblem(one.segment, faults[one.fault]))
    except Cut:
        problems.append(FileProblem(0, _("The file ends in the middle: send it again whole.")))
    return lines, problems


def _unknown(word: str) -> str:
    return _("The status “%(word)s” is not known: say beside the file what it means.") % {"word": word[:60]}


def _table(raw: bytes, reading: Reading, states: Mapping[str, State]) -> tuple[list[Line], list[FileProblem]]:
    table = read_table(raw)
    head = [_name(cell) for cell in table[0][1]]
    places = _places(head, reading.columns)
    missing = [name for name in MUST if name not in places]
    if missing:
        said = _("No column of the file is called %(names)s: say which columns they are.") % {
            "names": ", ".join(missing)
        }
        raise Refusal(said, code="bad_file", status=422)
    if len(table) > MOST_LINES:
        raise Refusal(_("A file has at most 50,000 lines: cut it in parts."), code="too_large", status=413)
    lines, problems = list[Line](), list[FileProblem]()
    for number, cells in table[1:]:
        told = {name: cells[place].strip() for name, place in places.items() if place < len(cells)}
        try:
            facts = _facts(told, states, reading.zone)
        except Refusal as refusal:
            problems.append(FileProblem(number, str(refusal)))
        else:
            lines.append(Line(number, (facts.number,), facts))
    return lines, problems


def _name(cell: str) -> str:
    return "_".join(cell.lower().replace("-", " ").split())


def _places(head: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return which column is which: as somebody said, else as it is plainly called."""
    found: dict[str, int] = {}
    for ours, plain in COLUMNS.items():
        wanted = [_name(columns[ours])] if columns.get(ours) else [ours, *plain]
        place = next((head.index(one) for one in wanted if one in head), None)
        if place is not None:
            found[ours] = place
        elif columns.get(ours):
            said = _("The file has no column “%(name)s”.") % {"name": columns[ours][:60]}
            raise Refusal(said, code="bad_file", status=422)
    return found


def _facts(told: Mapping[str, str], states: Mapping[str, State], zone: tzinfo) -> ParcelFacts:
    if not told.get("number"):
        raise Refusal(_("It names no parcel."))
    word, text = told.get("status", ""), told.get("text", "")
    state = states.get(word.lower())
    if state is None:
        plain = shipment_word(word.replace(" ", "_").replace("-", "_"))
        if plain not in ShipmentStatus.values:
            raise Refusal(_unknown(word))
        state = read_words(text, (ShipmentStatus(plain), None))
    detail = told.get("detail", "").lower() or (state[1] or "")
    if detail and detail not in ShipmentDetail.values:
        raise Refusal(_unknown(detail))
    event = EventFacts(
        at=_moment(told.get("at", ""), zone),
        status=state[0],
        detail=detail,
        text=text,
        place=told.get("place", ""),
        country=told.get("country", "") if len(told.get("country", "")) == 2 else "",
        key=told.get("id", ""),
    )
    return ParcelFacts(
        number=told["number"],
        carrier=told.get("carrier", "").lower(),
        events=[event],
        estimated_at=_moment(told["estimated_at"], zone) if told.get("estimated_at") else None,
    )


def _moment(written: str, zone: tzinfo) -> datetime:
    try:
        found = (
            parse_datetime(written.strip().replace(" ", "T", 1))
            if "T" in written or " " in written.strip()
            else None
        )
        found = found or datetime.fromisoformat(f"{written.strip()}T12:00")
    except ValueError:
        said = _("“%(time)s” is no time: write it as 2026-11-24 14:30.") % {"time": written[:40]}
        raise Refusal(said) from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def pairs(written: str) -> Iterator[tuple[str, str]]:
    """Yield what lines such as `number = Sendungsnummer` say; raises Refusal `bad_line`."""
    for line in written.splitlines():
        left, sign, right = line.partition("=")
        if not line.strip():
            continue
        if not (sign and left.strip() and right.strip()):
            said = _("“%(line)s” says nothing: write a word, =, and what it is.") % {
                "line": line.strip()[:60]
            }
            raise Refusal(said, code="bad_line", status=422)
        yield left.strip(), right.strip()
