"""Facts of an order as they are told: written for a customer's language and clock, and plain for programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from dragoman.core.language.slots import locale_of, write_date
from dragoman.ground.design.functions import format_list
from dragoman.kit.money import Money, written
from dragoman.kit.tags import direction

from .models import Order
from .ports import About, Fact, Kind, Value, facts

_MARK = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True)
class Told:
    """One fact: `value` plain, `text` as the customer reads it; None and "" where it is not known."""

    fact: Fact
    value: Any
    text: str

    @property
    def known(self) -> bool:
        """Say whether there is something to tell."""
        return bool(self.text)


def tell(
    order: Order, names: Iterable[str], *, language: str, zone: tzinfo = UTC, at: datetime | None = None
) -> dict[str, Told]:
    """Return the facts of these names (unknown names left out) of an order with its parts."""
    about = About(order, language, zone, at or datetime.now(UTC))
    wanted = [facts[name] for name in names if name in facts]
    with translation.override(_spoken(language)):
        return {one.name: _told(one, about) for one in wanted}


def _spoken(language: str) -> str:
    """Return the language our own words are said in."""
    return language if translation.check_for_language(language) else "en"


def _told(one: Fact, about: About) -> Told:
    # nothing is told of somebody who was taken out of their order
    value = None if about.order.anonymised_at else one.read(about)
    if value is None:
        return Told(one, None, "")
    if one.kind == Kind.STATE and not _has_words(about.language):
        # a word of ours in another language is no fact for this customer
        return Told(one, str(value), "")
    return Told(one, _plain(value), _written(value, one.kind, about.language))


def _has_words(language: str) -> bool:
    return language.startswith("en") or translation.check_for_language(language)


def _plain(value: Value) -> Any:
    if isinstance(value, Money):
        return {"amount": value.minor, "currency": value.currency}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Promise) else value


def _written(value: Value, kind: Kind, language: str) -> str:
    if isinstance(value, Money):
        return written(value, locale_of(language))
    if isinstance(value, date):
        return write_date(value, language=language)
    if isinstance(value, list):
        return format_list(value)
    said = str(value)
    ends = f"{said[:1]}{said[-1:]}"
    if kind == Kind.CODE and direction(language) == "rtl" and not ends.isalnum():
        # the sign at its end would else jump to the other side
        return f"{_MARK}{said}{_MARK}"
    return said
