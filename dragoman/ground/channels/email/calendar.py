"""Invitations (RFC 5545, 6047) as a line people can read: what, when, where, who. The file is kept as well."""

from datetime import date, datetime

from icalendar import Calendar, Component

MAX_EVENTS = 10
MAX_LINE = 400
MAX_PEOPLE = 10
# What the library raises on what is no calendar; it is lenient only about some of it.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
SIGNS = {"REPLY": "\u21a9", "CANCEL": "\u2716"}
ANSWERS = {"ACCEPTED": "\u2714", "DECLINED": "\u2716", "TENTATIVE": "?", "DELEGATED": "\u2192"}


def told(source: str) -> str:
    """Return the events of a calendar part as lines, or "" where there are none; written without any language."""
    try:
        found = Calendar.from_ical(source, multiple=True)
        lines = [_line(event, str(each.get("method", ""))) for each in found for event in each.walk("VEVENT")]
    except BROKEN:
        return ""
    return "\n".join(line for line in lines[:MAX_EVENTS] if line)


def _line(event: Component, method: str) -> str:
    """Write one event: sign, title, time, place, who invites, who answered how."""
    words = [SIGNS.get(method.upper(), ""), _text(event.get("summary")) or "\u2026"]
    what = "\U0001f4c5 " + " ".join(word for word in words if word)
    when = _span(_moment(event, "dtstart"), _moment(event, "dtend"))
    pieces = [what, when, _text(event.get("location")), _person(event.get("organizer"))]
    attendees = event.get("attendee", [])
    for each in (attendees if isinstance(attendees, list) else [attendees])[:MAX_PEOPLE]:
        answer = ANSWERS.get(str(each.params.get("PARTSTAT", "")).upper(), "")
        if answer and method.upper() == "REPLY":
            pieces.append(f"{answer} {_person(each)}")
    return " \u00b7 ".join(piece for piece in pieces if piece)[:MAX_LINE]


def _text(value: object) -> str:
    return " ".join(str(value or "").split())[:200]


def _person(value: object) -> str:
    """Return the name of an organizer or attendee, else the address."""
    if value is None:
        return ""
    params = getattr(value, "params", {})
    name = _text(params.get("CN", ""))
    return name or str(value).removeprefix("mailto:").removeprefix("MAILTO:")[:200]


def _moment(event: Component, name: str) -> date | datetime | None:
    found = getattr(event.get(name), "dt", None)
    return found if isinstance(found, date) else None


def _span(start: date | datetime | None, end: date | datetime | None) -> str:
    """Write a time as 2025-06-04 10:00-11:00 with its zone, a whole day as its date."""
    if start is None:
        return ""
    if not isinstance(start, datetime):
        return start.isoformat()
    zone = str(start.tzinfo) if start.tzinfo else ""
    words = f"{start:%Y-%m-%d %H:%M}"
    if isinstance(end, datetime):
        words += f"\u2013{end:%H:%M}" if end.date() == start.date() else f" \u2013 {end:%Y-%m-%d %H:%M}"
    return f"{words} {zone}".strip()
