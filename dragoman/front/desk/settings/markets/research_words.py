"""What a market's research says in words: where two things differ, what messages speak of, when most is written."""

import datetime
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from dragoman.ground.channels.ports import channels
from dragoman.ground.design.functions import (
    direction,
    format_date,
    format_number,
    format_percent,
    language_name,
)
from dragoman.ground.markets.facts import WEEKDAYS, Hours
from dragoman.ground.markets.opening import week_of
from dragoman.kit.text import isolated
from dragoman.oversight.insights.shapes import Difference, Research

from ... import market_codes as codes
from ...market_words import clock, weekday
from ...market_words import word as market_word
from ...today.views import duration
from ...words import CHANNELS, INTENTS, MOODS, word

LEVELS: Final = 5
CONCEPTS: Final[dict[str, Promise]] = {
    "broken": gettext_lazy("broken"),
    "damaged": gettext_lazy("damaged"),
    "cracked": gettext_lazy("cracked"),
    "torn": gettext_lazy("torn"),
    "scratched": gettext_lazy("scratched"),
    "leaking": gettext_lazy("leaks"),
    "dirty": gettext_lazy("dirty"),
    "spoiled": gettext_lazy("spoiled"),
    "bent": gettext_lazy("bent or dented"),
    "defective": gettext_lazy("defective"),
    "not_work": gettext_lazy("does not work"),
    "not_turn_on": gettext_lazy("does not switch on"),
    "not_charge": gettext_lazy("does not charge"),
    "stopped_after_use": gettext_lazy("stopped after some use"),
    "fell_apart": gettext_lazy("fell apart"),
    "missing": gettext_lazy("something is missing"),
    "incomplete": gettext_lazy("incomplete"),
    "ordered_but_got": gettext_lazy("ordered one thing, got another"),
    "wrong": gettext_lazy("wrong thing"),
    "fake": gettext_lazy("fake"),
    "used": gettext_lazy("used, not new"),
    "opened_box": gettext_lazy("box was opened"),
    "empty": gettext_lazy("box was empty"),
    "quality": gettext_lazy("quality"),
    "as_described": gettext_lazy("not as described"),
    "too_small": gettext_lazy("too small"),
    "too_big": gettext_lazy("too big"),
    "size": gettext_lazy("size"),
    "fit": gettext_lazy("fit"),
    "allergy": gettext_lazy("allergy"),
    "price": gettext_lazy("price"),
    "colour": gettext_lazy("colour"),
    "not_like": gettext_lazy("does not like it"),
    "change_mind": gettext_lazy("changed their mind"),
    "by_mistake": gettext_lazy("ordered by mistake"),
    "compatible": gettext_lazy("does it fit the device"),
    "gift": gettext_lazy("a gift"),
    "late": gettext_lazy("late"),
    "too_late": gettext_lazy("too late"),
    "delay": gettext_lazy("delay"),
    "not_arrived": gettext_lazy("did not arrive"),
    "lost": gettext_lazy("lost on the way"),
    "stolen": gettext_lazy("stolen"),
    "stuck": gettext_lazy("stuck on the way"),
    "status_unchanged": gettext_lazy("status does not change"),
    "not_dispatched": gettext_lazy("not sent off yet"),
    "delivery_attempt": gettext_lazy("failed delivery"),
    "left_somewhere": gettext_lazy("left somewhere"),
    "returned_to_sender": gettext_lazy("went back to the sender"),
    "split_delivery": gettext_lazy("delivered in parts"),
    "delivery_cost": gettext_lazy("delivery cost"),
    "customs_held": gettext_lazy("held by customs"),
    "duty": gettext_lazy("duty"),
    "import_vat": gettext_lazy("import tax"),
    "handling_fee": gettext_lazy("handling fee"),
    "payment_failed": gettext_lazy("payment failed"),
    "charged_twice": gettext_lazy("charged twice"),
    "charged_too_much": gettext_lazy("charged too much"),
    "no_confirmation": gettext_lazy("no confirmation"),
    "code_invalid": gettext_lazy("code does not work"),
    "return_cost": gettext_lazy("cost of returning"),
    "return_label": gettext_lazy("return label"),
    "refund_not_come": gettext_lazy("refund did not come"),
    "money_back": gettext_lazy("wants the money back"),
    "chargeback": gettext_lazy("chargeback"),
    "no_answer": gettext_lazy("no answer"),
    "again_repeatedly": gettext_lazy("again and again"),
    "promised": gettext_lazy("a promise not kept"),
    "rude": gettext_lazy("rudeness"),
    "bot": gettext_lazy("talking to a machine"),
    "language_speak": gettext_lazy("not answered in their language"),
    "locked": gettext_lazy("locked out"),
    "hacked": gettext_lazy("account was hacked"),
    "reset": gettext_lazy("password reset"),
    "page_fault": gettext_lazy("fault of the shop's page"),
    "out_of_stock": gettext_lazy("out of stock"),
    "unsubscribe": gettext_lazy("unsubscribing"),
    "spam": gettext_lazy("unwanted mail"),
}
_SENTENCES: Final[dict[str, Promise]] = {
    "channel_used_more": gettext_lazy(
        "%(share)s of conversations come by %(name)s, place %(rank)s; the playbook puts it in place %(expected)s."
    ),
    "channel_not_named": gettext_lazy(
        "%(share)s of conversations come by %(name)s, place %(rank)s; the playbook does not name it."
    ),
    "channel_used_less": gettext_lazy(
        "The playbook puts %(name)s in place %(expected)s; here %(share)s of conversations come by it. "
        "Do you offer it?"
    ),
    "channel_not_offered": gettext_lazy(
        "The playbook puts %(name)s in place %(expected)s. It is not offered here: this desk has no such channel."
    ),
    "language_not_named": gettext_lazy("%(share)s write %(name)s; the playbook does not name it."),
    "language_used_less": gettext_lazy("The playbook puts %(name)s first; here %(share)s write it."),
    "outside_hours": gettext_lazy("%(share)s of messages come outside the service hours of the playbook."),
    "less_patient": gettext_lazy(
        "By %(name)s customers write again after %(seconds)s; the playbook says that they expect an answer "
        "within %(expected)s."
    ),
    "more_patient": gettext_lazy(
        "By %(name)s a first answer takes %(seconds)s, longer than the %(expected)s of the playbook, "
        "yet only %(share)s write again before it."
    ),
    "answered_later": gettext_lazy(
        "By %(name)s a first answer takes %(seconds)s; the playbook says that customers expect it "
        "within %(expected)s."
    ),
}
_UNKNOWN: Final = pgettext_lazy("purpose or language", "not known")


def channel(code: str) -> str:
    """Name a channel of the desk or of a playbook."""
    return str(CHANNELS[code]) if code in CHANNELS else market_word(codes.CHANNELS, code)


def language(tag: str) -> str:
    """Name a language."""
    return language_name(tag) if tag else str(_UNKNOWN)


def purpose(code: str) -> str:
    """Name what customers want."""
    return word(INTENTS, code) if code else str(_UNKNOWN)


def mood(code: str) -> str:
    """Name a mood."""
    return word(MOODS, code)


def concept(code: str) -> str:
    """Name what messages speak of."""
    return str(CONCEPTS.get(code, code.replace("_", " ")))


def _apart(piece: str) -> str:
    """Return a piece of a sentence that keeps its own direction where the sentence runs from right to left."""
    return isolated(piece) if direction() == "rtl" else piece


def is_offered(one: Difference) -> bool:
    """Say whether what differs could be otherwise at this desk: nobody can write over a channel that it lacks."""
    return one.code != "channel_used_less" or bool(one.share) or one.about in channels


def sentence(one: Difference) -> str:
    """Say where playbook and desk differ."""
    name = language(one.about) if one.kind == "languages" else channel(one.about)
    timed = one.kind == "response_times" and one.expected is not None
    code = one.code if one.kind != "channels" or is_offered(one) else "channel_not_offered"
    return str(_SENTENCES[code]) % {
        "name": _apart(name),
        "share": format_percent(one.share) if one.share is not None else "",
        "rank": format_number(one.rank) if one.rank else "",
        "expected": _apart(duration(one.expected or 0)) if timed else format_number(one.expected or 0),
        "seconds": _apart(duration(one.seconds or 0)),
    }


def evidence(found: Research) -> str:
    """Say where a correction stands that is made from what was measured."""
    span = {"first": format_date(found.span.first), "last": format_date(found.span.last)}
    return ngettext(
        "Measured at this desk, %(first)s to %(last)s, %(num)s conversation.",
        "Measured at this desk, %(first)s to %(last)s, %(num)s conversations.",
        found.conversations,
    ) % {**span, "num": format_number(found.conversations)}


@dataclass(frozen=True)
class Hour:
    """A cell of the week: messages, how dark it is (0 to 5), and whether the playbook is open most of it."""

    times: int
    level: int
    open: bool


def heat(found: Research) -> list[tuple[str, list[Hour]]]:
    """Return (day, 24 hours) of the week; empty where too few tell."""
    week = found.hours.week
    if not week:
        return []
    most, is_open = max(map(max, week)), _open_hours(found)
    return [
        (
            weekday(code),
            [
                Hour(times, ceil(LEVELS * times / most) if most else 0, (day, hour) in is_open)
                for hour, times in enumerate(counts)
            ],
        )
        for day, (code, counts) in enumerate(zip(WEEKDAYS, week, strict=True))
    ]


def _open_hours(found: Research) -> set[tuple[int, int]]:
    """Return (weekday, hour) of the hours of which at least half are service hours."""
    known = found.told["service_hours"].holds
    if known is None or not isinstance(known.value, Hours):
        return set()
    return {
        ((day + hour // 24) % 7, hour % 24)
        for day, spans in enumerate(week_of(known.value))
        for span in spans
        for hour in range(48)
        if min(span.end, hour * 60 + 60) - max(span.start, hour * 60) >= 30
    }


def busiest(found: Research) -> str:
    """Say when most is written; empty where too few tell."""
    week = found.hours.week
    if not week or not found.hours.messages:
        return ""
    times, day, hour = max(
        (times, day, hour) for day, row in enumerate(week) for hour, times in enumerate(row)
    )
    return _("Most is written on %(day)s from %(start)s to %(end)s: %(share)s of all messages.") % {
        "day": weekday(WEEKDAYS[day], width="wide"),
        "start": _apart(clock(datetime.time(hour))),
        "end": _apart(clock(datetime.time((hour + 1) % 24))),
        "share": format_percent(times / found.hours.messages),
    }


def change(points: float) -> str:
    """Say by how many percentage points a share rose or fell."""
    rounded = round(points * 100)
    said = format_number(abs(rounded))
    if rounded > 0:
        return _("+%(points)s points") % {"points": said}
    return _("−%(points)s points") % {"points": said} if rounded < 0 else _("as before")
