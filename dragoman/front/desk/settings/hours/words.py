"""Hours in words: a week in one line, whether it is open, in both sides' clocks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dragoman.core.accounts.hours.rows import read_time
from dragoman.core.accounts.models import ServiceHours
from dragoman.ground.design.functions import (
    format_list,
    format_moment,
    format_time,
    locale_of,
    market_name,
    ui_language,
    zone_city,
)
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.public_holidays import Holiday, public_holidays
from dragoman.kit.errors import Refusal

from ...words import CHANNELS

FEED_ERRORS: Final = {
    "address": gettext_lazy("The address, or one it leads to, is none of the web."),
    "private": gettext_lazy("The address is inside a private network, where nothing is fetched."),
    "refused": gettext_lazy(
        "The server refuses: look whether the calendar is shared with everybody who has the address."
    ),
    "too_large": gettext_lazy("The calendar is too large: at most 2 MB and 2,000 days."),
    "too_slow": gettext_lazy("The server took too long."),
    "unreachable": gettext_lazy("The server does not answer."),
    "not_a_calendar": gettext_lazy("What came is no calendar (iCalendar)."),
}


@dataclass(frozen=True)
class Saying:
    """Whether it is open now, by the agent's clock; `theirs`: by the clock of the hours, where that differs."""

    is_open: bool
    text: str
    theirs: str = ""


def day_names() -> list[tuple[int, str]]:
    """Return (number, name) of the seven days, Monday is 0, in the order of the reader's week."""
    locale = locale_of(ui_language())
    names = dates.get_day_names("wide", "stand-alone", locale=locale)
    return [
        ((locale.first_week_day + step) % 7, names[(locale.first_week_day + step) % 7]) for step in range(7)
    ]


def scope_words(row: ServiceHours) -> str:
    """Say what hours are for."""
    named = [
        row.brand.name if row.brand else "",
        market_name(row.market) if row.market else "",
        row.team.name if row.team else "",
        str(CHANNELS.get(row.channel, row.channel)) if row.channel else "",
    ]
    return " · ".join(one for one in named if one) or _("All customers")


def _clock(written: str) -> str:
    return format_time(datetime.datetime.combine(datetime.date(2026, 1, 1), read_time(written), datetime.UTC))


def week_words(week: Sequence[Sequence[Sequence[str]]]) -> str:
    """Say a week in one line: Mon–Fri 09:00–17:00, Sat 10:00–14:00."""
    short = dates.get_day_names("abbreviated", "stand-alone", locale=locale_of(ui_language()))
    order = [number for number, _name in day_names()]
    runs: list[list[int]] = []
    for day in order:
        if runs and list(week[runs[-1][-1]]) == list(week[day]):
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        if not week[run[0]]:
            continue
        days = short[run[0]] if len(run) == 1 else f"{short[run[0]]}–{short[run[-1]]}"
        times = format_list(f"{_clock(start)}–{_clock(end)}" for start, end in week[run[0]])
        said.append(f"{days} {times}")
    return " · ".join(said) or _("Never open")


def saying(calendar: Calendar, *, now: datetime.datetime, zone: str) -> Saying:
    """Say whether it is open, until or from when."""
    here = calendar.zone.key
    if calendar.is_open(now):
        closes = calendar.next_close(now)
        if closes is None:
            return Saying(True, _("Always open"))
        return Saying(
            True,
            _("Open now, until %(when)s") % {"when": format_moment(closes, zone)},
            _theirs(closes, zone, here),
        )
    opens = calendar.next_open(now)
    if opens is None:
        return Saying(False, _("Never open"))
    return Saying(
        False,
        _("Closed now. Opens %(when)s") % {"when": format_moment(opens, zone)},
        _theirs(opens, zone, here),
    )


def _theirs(at: datetime.datetime, zone: str, here: str) -> str:
    ours, theirs = format_moment(at, zone), format_moment(at, here)
    return "" if ours == theirs else _("%(when)s in %(city)s") % {"when": theirs, "city": zone_city(here)}


def holidays_ahead(country: str, region: str, *, today: datetime.date) -> list[Holiday]:
    """Return the public holidays of the next twelve months, named in the reader's language where that is known."""
    if not country:
        return []
    last = today + datetime.timedelta(days=365)
    try:
        found = [
            one
            for year in range(today.year, last.year + 1)
            for one in public_holidays(country, year, region=region, language=ui_language())
        ]
    except Refusal:
        return []
    return [one for one in found if today <= one.day <= last]
