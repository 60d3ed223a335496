"""Words, days, amounts and how sure a fact is, for what is said of a market; `market_lines.py` says the facts."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import dates
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.ground.design.functions import (
    calendar_locale,
    exact_percent,
    format_date,
    format_list,
    format_money,
    locale_of,
    ui_language,
)
from dragoman.ground.markets import facts
from dragoman.ground.markets.payment_names import payment_name
from dragoman.ground.markets.playbook import Fact

from . import market_codes as codes

_PART = re.compile(r"\{([a-z]+2?)(?:-[a-z]+)?\}")


@dataclass(frozen=True)
class Line:
    """One line of what is said of a fact; `label` stands before it, `quoted` says that it is in the market's tongue."""

    text: str
    label: str = ""
    url: str = ""
    quoted: bool = False


def kind_name(kind: str) -> str:
    """Name a kind of fact."""
    return word(codes.KINDS, kind)


def word(words: Mapping[str, Promise | str], code: str) -> str:
    """Return the word for a code, else the code in plain letters (names of firms begin with a capital)."""
    found = words.get(code)
    return str(found) if found is not None else code.replace("_", " ").capitalize()


def channel(code: str) -> str:
    """Name a channel."""
    return word(codes.CHANNELS, code)


def payment(code: str) -> str:
    """Name a payment method."""
    return payment_name(code)


def standing(fact: Fact | None, *, on: datetime.date) -> str:
    """Return how sure a fact is: `read`, `general`, `stale`, `yours` or `unknown`; codes of STANDINGS."""
    if fact is None:
        return "unknown"
    if fact.own:
        return "yours"
    if fact.is_stale(on):
        return "stale"
    return "read" if fact.verified else "general"


def standing_words(fact: Fact | None, *, on: datetime.date) -> str:
    """Say how sure a fact is, as a sentence a reader may rely on."""
    if fact is None:
        return _("Unknown: nobody has read a source for it.")
    if fact.own:
        return _("Your source, %(day)s") % {"day": day(fact.checked)}
    if fact.is_stale(on):
        months = max(1, (on - fact.checked).days * 12 // 365)
        return ngettext("Checked %(num)s month ago", "Checked %(num)s months ago", months) % {"num": months}
    if not fact.verified:
        return _("Named from general knowledge, not read")
    return _("Checked %(day)s") % {"day": day(fact.checked)}


def day(value: datetime.date) -> str:
    """Write a day in the reader's language."""
    return format_date(value)


def clock(value: datetime.time) -> str:
    """Write a time of day in the reader's language."""
    return dates.format_time(value, "short", locale=calendar_locale())


def duration(minutes: int) -> str:
    """Write a stretch of time in its largest unit, as "5 min", "2 hours", "1 day"."""
    return dates.format_timedelta(
        datetime.timedelta(minutes=minutes), threshold=1.5, locale=locale_of(ui_language())
    )


def weekday(code: str, *, width: str = "abbreviated") -> str:
    """Name a day of the week."""
    names = dates.get_day_names(width, context="stand-alone", locale=locale_of(ui_language()))  # type: ignore[arg-type]
    return str(names[facts.WEEKDAYS.index(code)])


def weekdays(days: Sequence[str]) -> str:
    """Name days of the week, three and more in a row as "Mon–Fri"."""
    places = sorted(facts.WEEKDAYS.index(one) for one in days)
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    # a week that begins on Sunday: Sun–Thu, not Mon–Thu, Sun
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 6 and len(runs[-1]) < 3:
        runs[0] = runs.pop() + runs[0]
    named = []
    for run in runs:
        names = [weekday(facts.WEEKDAYS[place]) for place in run]
        named += [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names
    return format_list(named)


def day_count(days: int, day_type: str) -> str:
    """Say a number of days, calendar or business."""
    if day_type == "business":
        return ngettext("%(num)s business day", "%(num)s business days", days) % {"num": days}
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def month_count(months: int) -> str:
    """Say a number of months."""
    return ngettext("%(num)s month", "%(num)s months", months) % {"num": months}


def money(amount: facts.Money) -> str:
    """Write an amount in the reader's language, whole units without decimals."""
    return format_money(amount.amount, amount.currency, whole=True)


def rate(percent: Decimal) -> str:
    """Write a rate in percent with all its decimals: 8.1 %, 19 %."""
    return exact_percent(percent / 100)


def name_pattern(pattern: str) -> str:
    """Say a pattern of a name: "คุณ{given}" as "คุณ‹given name›"."""
    return _PART.sub(lambda found: f"‹{word(codes.NAME_PARTS, found[1])}›", pattern)


def words_of(words: Mapping[str, Promise | str], found: Iterable[str]) -> str:
    """Return the words for some codes, as one list."""
    return format_list(word(words, one) for one in found)


def first_capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
