"""Why something waits for a reviewer, and what became of it, in the reader's language."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from babel.numbers import format_currency
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy

from dragoman.ground.design.functions import format_number, locale_of, ui_language

from ..words import INTENTS, Say, word

KINDS: Final[dict[str, Promise]] = {
    "reply": later("Reply"),
    "macro": later("Macro"),
    "text": later("Text"),
    "article": later("Article"),
}
STATES: Final[dict[str, Promise]] = {
    "waiting": later("Waiting"),
    "accepted": later("Accepted"),
    "edited": later("Edited"),
    "rejected": later("Rejected"),
    "withdrawn": later("Taken back"),
    "returned": later("To be checked"),
}
MADE: Final[dict[str, Promise]] = {
    "machine": later("Machine translated"),
    "phrasebook": later("From the phrasebook"),
    "memory": later("Translation memory"),
    "amended": later("Machine translated, changed by the agent"),
    "person": pgettext_lazy("who made a translation", "Written by a person"),
}


def reason(facts: Mapping[str, Any]) -> str:
    """Say why something waits, in a few words."""
    code = str(facts.get("code", ""))
    told = _TOLD.get(code)
    said = told(facts) if told else ""
    name = str(facts.get("name", ""))
    return said or name or _("A rule of your workspace")


def fault(code: str) -> str:
    """Say what a translation got wrong, the words of the glossary among it."""
    kind, _colon, piece = code.partition(":")
    if kind not in ("term", "forbidden"):
        return Say.fault(code)
    written, _bar, expected = piece.partition("|")
    words = {"written": written, "expected": expected}
    if kind == "term":
        return _("Use “%(expected)s” for “%(written)s”.") % words
    if expected:
        return _("“%(written)s” is not to be used here: say “%(expected)s”.") % words
    return _("“%(written)s” is not to be used here.") % words


def _money(facts: Mapping[str, Any]) -> str:
    try:
        amount = Decimal(str(facts.get("amount", "")))
    except InvalidOperation:
        return ""
    currency = str(facts.get("currency", ""))
    locale = locale_of(ui_language())
    said = str(format_currency(amount, currency, locale=locale)) if currency else format_number(float(amount))
    return _("Promises %(amount)s") % {"amount": said}


def _confidence(facts: Mapping[str, Any]) -> str:
    value = facts.get("confidence")
    if not isinstance(value, int | float):
        return _("Low confidence")
    return _("Confidence %(share)s") % {"share": format_number(value, digits=2)}


def _sampled(facts: Mapping[str, Any]) -> str:
    n = int(facts.get("n") or 1)
    return _("Sampled, 1 in %(n)s") % {"n": format_number(n)} if n > 1 else _("All are looked at")


_TOLD: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    "asked": lambda _facts: _("Asked for by the agent"),
    "amount": _money,
    "date": lambda _facts: _("Promises a date"),
    "faults": lambda _facts: _("Faults in the translation"),
    "confidence": _confidence,
    "sampled": _sampled,
    "all": lambda _facts: _("All are reviewed"),
    "intent": lambda facts: word(INTENTS, str(facts.get("intent", ""))),
    "overdue": lambda _facts: _("Went out unreviewed: nobody came in time"),
    "order": lambda facts: str(facts.get("title", "")),
}
