"""IFTSTA, the transport status report of UN/EDIFACT (D.94A and later), as carriers send it: facts of parcels.

Codes are those of UN/CEFACT's Recommendation 24 that say the same for every carrier; others are the partners' own, and
are given beside the file or read from the words in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .edifact import Segment, segments
from .facts import EventFacts, State
from .reading import read_words

# https://unece.org/trade/uncefact/cl-recommendations (Rec. 24)
CODES: Final[Mapping[str, State]] = {
    "1": (S.IN_TRANSIT, D.ARRIVED),
    "13": (S.IN_TRANSIT, D.PICKED_UP),
    "21": (S.DELIVERED, None),
    "22": (S.ATTEMPT_FAILED, None),
    "24": (S.IN_TRANSIT, D.DEPARTED),
}
# 2379: how a moment is written
_FORMATS: Final = {
    "101": "%y%m%d",
    "102": "%Y%m%d",
    "201": "%y%m%d%H%M",
    "203": "%Y%m%d%H%M",
    "204": "%Y%m%d%H%M%S",
}
_ZONED: Final = {"205": "%Y%m%d%H%M%z", "303": "%Y%m%d%H%M", "304": "%Y%m%d%H%M%S"}
# 1153: what a reference is; these are a parcel's own numbers, the nearest to the parcel first
_NUMBERS: Final = ("PK", "CN", "AAM", "AAS", "CR", "CU")
# 2005: when it happened, the nearest first
_MOMENTS: Final = ("334", "78", "7", "9", "186", "178", "35", "137")


@dataclass
class Told:
    """One status of a parcel: its numbers, likeliest first, and what happened; `fault` is a word for what is wrong."""

    segment: int
    numbers: list[str] = field(default_factory=list)
    event: EventFacts | None = None
    fault: str = ""
    said: str = ""


@dataclass
class _Group:
    """What stands between two statuses."""

    status: Segment
    moments: dict[str, datetime | None] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    place: str = ""
    country: str = ""


def read_iftsta(raw: bytes, *, statuses: Mapping[str, State], zone: tzinfo) -> Iterator[Told]:
    """Yield each status of each consignment; `zone` is the clock of moments without one. Raises edifact.Cut."""
    consignment, common, group = "", dict[str, list[str]](), None
    sent: datetime | None = None
    for one in segments(raw):
        if one.tag in ("UNH", "CNI", "STS", "UNT"):
            if group is not None:
                yield _told(group, consignment, common, sent, statuses)
            group = None
        if one.tag == "UNH":
            consignment, common, sent = "", {}, None
        elif one.tag == "CNI":
            consignment, common = one.at(1), {}
        elif one.tag == "STS":
            group = _Group(one, words=[one.at(1, 3)] if one.at(1, 3) else [])
        elif group is not None:
            _add(group, one, zone)
        elif one.tag == "RFF":
            common.setdefault(one.at(0), []).append(one.at(0, 1))
        elif one.tag == "DTM" and one.at(0) == "137":
            sent = _moment(one, zone)


def _add(group: _Group, one: Segment, zone: tzinfo) -> None:
    if one.tag == "DTM":
        group.moments[one.at(0)] = _moment(one, zone)
    elif one.tag == "RFF":
        group.references.setdefault(one.at(0), []).append(one.at(0, 1))
    elif one.tag == "GIN":
        found = [part for element in one.elements[1:] for part in element if part]
        group.references.setdefault("PK", []).extend(found)
    elif one.tag == "FTX":
        group.words += [part for part in (one.elements[3] if len(one.elements) > 3 else ()) if part]
    elif one.tag == "LOC":
        group.place = one.at(1, 3) or one.at(1)
        code = one.at(1)
        # a UN/LOCODE begins with its country
        group.country = code[:2] if len(code) == 5 and code[:2].isalpha() else ""


def _told(
    group: _Group,
    consignment: str,
    common: Mapping[str, list[str]],
    sent: datetime | None,
    statuses: Mapping[str, State],
) -> Told:
    found = Told(group.status.number)
    near = [number for kind in _NUMBERS for number in group.references.get(kind, [])]
    far = [number for kind in _NUMBERS for number in common.get(kind, [])]
    found.numbers = [one for one in dict.fromkeys([*near, consignment, *far]) if one]
    code, text = group.status.at(1), " ".join(group.words)
    state = statuses.get(code.lower()) or CODES.get(code)
    said = read_words(text, state or (S.PENDING, None))
    if state is None and said[0] != S.PENDING:
        state = said
    at = next((moment for kind in _MOMENTS if (moment := group.moments.get(kind))), None) or sent
    if not found.numbers:
        found.fault = "number"
    elif at is None:
        found.fault = "moment"
    elif state is None:
        found.fault, found.said = "status", code
    else:
        status, detail = said if state in CODES.values() else state
        found.event = EventFacts(
            at=at,
            status=status,
            detail=detail or "",
            text=text,
            place=group.place,
            country=group.country.upper(),
        )
    return found


def _moment(one: Segment, zone: tzinfo) -> datetime | None:
    written, code = one.at(0, 1), one.at(0, 2)
    try:
        if code in _ZONED:
            return datetime.strptime(written[:14], _ZONED[code]).replace(tzinfo=UTC)
        if code in ("101", "102"):
            return datetime.strptime(written, _FORMATS[code]).replace(hour=12, tzinfo=zone).astimezone(UTC)
        return datetime.strptime(written, _FORMATS[code]).replace(tzinfo=zone).astimezone(UTC)
    except (KeyError, ValueError):
        return None
