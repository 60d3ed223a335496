"""What a wording must be before it is said to customers: its slots, its plurals, its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.numbers import format_decimal, format_percent, get_territory_currencies
from django.utils.translation import gettext as _

from dragoman.core.language.phrase_match import FINAL_MARKS, LONGEST
from dragoman.core.language.phrasebook import SLOT, Said, filled
from dragoman.core.language.slots import NUMBERS, PATTERNS, locale_of, write_amount, write_date

CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
# what every wording with a number is shown for
NUMBERS_SHOWN: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(21), Decimal("1.5"))
_SAMPLE_DAYS = 3
_EXAMPLES = 3
_SAMPLES = {
    "order": "KSL-20418", "tracking": "JJFI 6400 0000 0123", "url": "https://shop.example/r/20418", "time": "16:30",
    "code": "AUTUMN10", "email": "help@shop.example", "phone": "+358 40 123 4567", "carrier": "DHL",
    "name": "Somchai", "product": "Kaisla 40",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong with a wording; a hint stops nothing."""

    code: str
    message: str
    is_fault: bool = True


@lru_cache(maxsize=64)
def plurals_of(language: str) -> tuple[str, ...]:
    """Return the plural categories that counts of days, hours and pieces need in a language, `other` always."""
    rule = locale_of(language).plural_form
    met = {rule(number) for number in [*range(201), Decimal("0.5"), Decimal("1.5")]}
    return tuple(name for name in CATEGORIES if name in met or name == "other")


@lru_cache(maxsize=64)
def counted_as(language: str) -> Mapping[str, str]:
    """Return, for each plural category, some numbers that ask for it, as the language writes them."""
    locale = locale_of(language)
    found: dict[str, list[str]] = {name: [] for name in plurals_of(language)}
    for number in [*map(Decimal, range(201)), Decimal("1.5")]:
        met = found.get(locale.plural_form(number), [])
        if len(met) < _EXAMPLES:
            met.append(format_decimal(number, locale=locale))
    return {name: ", ".join(numbers) for name, numbers in found.items()}


def slots_in(said: Said) -> list[str]:
    """Return the slots of a sentence in the order in which they stand, once each."""
    return list(dict.fromkeys(name for text in said.values() for name in SLOT.findall(text)))


def problems_of(said: Said, *, language: str, slots: Sequence[str] | None, model: str = "") -> list[Problem]:
    """Tell what keeps a wording from being said, then hints.

    `slots` are those that the phrase has, None for one that is new; `model` is a text whose end it should share.
    """
    return list(_problems(said, language, slots, model))


def _problems(said: Said, language: str, slots: Sequence[str] | None, model: str) -> Iterator[Problem]:
    if not said.get("other", "").strip():
        yield Problem("empty", _("Write the sentence."))
        return
    if strange := [name for name in said if name not in plurals_of(language)]:
        yield Problem("plural_unknown", _("This language has no plural “%(name)s”.") % {"name": strange[0]})
    if max(map(len, said.values())) > LONGEST:
        yield Problem("too_long", _("A sentence has at most %(count)s characters.") % {"count": LONGEST})
    if any("\n" in text for text in said.values()):
        yield Problem("lines", _("A phrase is one line: make two phrases of it."))
    there = slots_in(said)
    for name in there:
        if name not in PATTERNS:
            yield Problem("slot_unknown", _("Nothing is known of {%(slot)s}.") % {"slot": name})
        elif slots is not None and name not in slots:
            yield Problem("slot_strange", _("This phrase has no {%(slot)s}.") % {"slot": name})
    for name in slots or ():
        # one day may be said without a figure
        if any(
            name not in SLOT.findall(text) and not (name in NUMBERS and category != "other")
            for category, text in said.items()
        ):
            yield Problem("slot_missing", _("{%(slot)s} is missing.") % {"slot": name})
    yield from _plural_problems(said, language)
    if model and model[-1:] in FINAL_MARKS and said["other"].strip()[-1] not in FINAL_MARKS:
        hint = _("The sentence has no mark at its end: %(mark)s") % {"mark": model[-1]}
        yield Problem("final_mark", hint, is_fault=False)


def _plural_problems(said: Said, language: str) -> Iterator[Problem]:
    if len(said) < 2:
        return
    if not set(slots_in(said)) & set(NUMBERS):
        yield Problem("plural_without_number", _("No number stands in it: it needs no plurals."))
        return
    if missing := [name for name in plurals_of(language) if not said.get(name, "").strip()]:
        names = ", ".join(missing)
        yield Problem(
            "plural_missing", _("Write every plural, or only the last one: %(names)s.") % {"names": names}
        )


def _currency(locale: Locale) -> str:
    likely = get_global("likely_subtags").get(
        str(locale), get_global("likely_subtags").get(locale.language, "")
    )
    territory = locale.territory or likely.rpartition("_")[2]
    return next(iter(get_territory_currencies(territory)), "EUR") if territory else "EUR"


def samples_for(language: str, *, today: date | None = None) -> dict[str, str]:
    """Return a value for every slot, dates and money as a reader of the language writes them."""
    locale = locale_of(language)
    currency = _currency(locale)
    day = (today or datetime.now(UTC).date()) + timedelta(days=_SAMPLE_DAYS)
    price = Decimal(4990) if currency in {"JPY", "KRW", "HUF", "VND"} else Decimal("49.90")
    return _SAMPLES | {
        "date": write_date(day, language=language),
        "amount": write_amount(price, currency, language=language),
        "percent": format_percent(Decimal("0.1"), locale=locale),
        **dict.fromkeys(NUMBERS, "3"),
    }


def shown(said: Said, *, language: str) -> list[tuple[str, str]]:
    """Return (number, sentence) as customers would read it, for each number that is shown; one without numbers once."""
    values: Mapping[str, str] = samples_for(language)
    counted = [name for name in slots_in(said) if name in NUMBERS]
    if not counted:
        return [("", filled(said, values, language=language))]
    locale = locale_of(language)
    found = []
    for number in NUMBERS_SHOWN:
        written = format_decimal(number, locale=locale)
        found.append(
            (written, filled(said, {**values, **dict.fromkeys(counted, written)}, language=language))
        )
    return found
