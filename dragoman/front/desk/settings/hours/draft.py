"""Hours as the editor has them: read from a row or a form, changed by its buttons, handed over to be stored."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.accounts.hours.actions import DayWritten, HoursWritten
from dragoman.core.accounts.hours.errors import WrongHours
from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.accounts.models import ServiceHours
from dragoman.ground.channels.ports import channels

from ...words import CHANNELS

WORKDAYS = range(5)
USUAL = (("09:00", "17:00"),)
MOST_ROWS = 600
Spans = tuple[tuple[str, str], ...]


def offered() -> tuple[str, ...]:
    """Return the channels there are."""
    return tuple(code for code in CHANNELS if code in channels)


def promised() -> tuple[str, ...]:
    """Return the channels over which a first answer can be promised: programs left out."""
    return tuple(code for code in offered() if code != "api")


@dataclass(frozen=True)
class OffRow:
    """One line of the one-off days; no times: closed."""

    day: str = ""
    name: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Draft:
    """All of the editor's own fields, as text; `week` is seven days, Monday first."""

    week: tuple[Spans, ...]
    offs: tuple[OffRow, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls) -> "Draft":
        """Return what a new row begins with."""
        return cls(week=tuple(USUAL if day in WORKDAYS else () for day in range(7)))

    @classmethod
    def of(cls, row: ServiceHours) -> "Draft":
        """Return what is kept."""
        offs = [
            OffRow(one["day"], one["name"], *(span or ("", "")))
            for one in row.days
            for span in (one["spans"] or [None])
        ]
        week = tuple(tuple((start, end) for start, end in day) for day in row.week)
        return cls(week, tuple(offs), {channel: str(minutes) for channel, minutes in row.targets.items()})

    @classmethod
    def sent(cls, form: QueryDict) -> "Draft":
        """Return what a form says."""
        week = tuple(
            tuple(zip(form.getlist(f"start-{day}"), form.getlist(f"end-{day}"), strict=False))
            for day in range(7)
        )
        columns = [form.getlist(name)[:MOST_ROWS] for name in ("off_day", "off_name", "off_start", "off_end")]
        offs = tuple(OffRow(*each) for each in zip(*columns, strict=False))
        return cls(week, offs, {channel: form.get(f"target-{channel}", "").strip() for channel in promised()})

    def after(self, pressed: str) -> "Draft":
        """Return it after a button: add-DAY, drop-DAY-NUMBER, before-DAY-OTHER, workdays, off, drop_off-NUMBER."""
        verb, *rest = pressed.split("-")
        numbers = [int(one) for one in rest if one.isascii() and one.isdigit()]
        if verb == "workdays":
            return replace(
                self, week=tuple(self.week[0] if day in WORKDAYS else self.week[day] for day in range(7))
            )
        if verb == "off":
            return replace(self, offs=(*self.offs, OffRow()))
        if verb == "drop_off" and numbers:
            return replace(self, offs=_without(self.offs, numbers[0]))
        if not numbers or numbers[0] > 6:
            return self
        day = numbers[0]
        spans = self.week[day]
        if verb == "add":
            spans = (*spans, _next_span(spans))
        elif verb == "drop" and len(numbers) > 1:
            spans = _without(spans, numbers[1])
        elif verb == "before" and len(numbers) > 1 and numbers[1] < 7:
            spans = self.week[numbers[1]]
        return replace(self, week=(*self.week[:day], spans, *self.week[day + 1 :]))

    def written(self, facts: Mapping[str, Any], scope: Scope) -> HoursWritten:
        """Return what is to be stored, lines that are empty left out; raises WrongHours."""
        return HoursWritten(
            time_zone=facts["time_zone"],
            week=[[span for span in day if any(span)] for day in self.week],
            scope=scope,
            country=facts["country"],
            region=facts["region"],
            days=self._days(),
            targets={channel: _minutes(channel, said) for channel, said in self.targets.items() if said},
        )

    def _days(self) -> list[DayWritten]:
        named: dict[datetime.date, list[OffRow]] = {}
        for row in self.offs:
            if not (row.day or row.name.strip() or row.start or row.end):
                continue
            try:
                day = datetime.date.fromisoformat(row.day)
            except ValueError:
                raise WrongHours(_("Choose the date of each one-off day."), place="days") from None
            named.setdefault(day, []).append(row)
        return [
            DayWritten(
                day,
                next((row.name for row in rows if row.name.strip()), ""),
                [(row.start, row.end) for row in rows if row.start or row.end],
            )
            for day, rows in named.items()
        ]


def _without(rows: Sequence[Any], number: int) -> tuple[Any, ...]:
    return tuple(row for place, row in enumerate(rows) if place != number)


def _next_span(spans: Spans) -> tuple[str, str]:
    """Return times to begin with: the usual ones, or empty ones after what is there."""
    return USUAL[0] if not spans else ("", "")


def _minutes(channel: str, said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 6):
        raise WrongHours(_("Say in whole minutes within what time you answer."), place=f"targets.{channel}")
    return int(said)
