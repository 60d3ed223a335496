"""How whole the phrasebook is: every sentence in every language, every slot for every number, in every register."""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import format_decimal

from dragoman.core.language.manners import FORMS, forms_of
from dragoman.core.language.phrase_match import match
from dragoman.core.language.phrasebook import (
    REGISTERS,
    SLOT,
    agent_keys,
    coverage,
    languages,
    ours,
    render,
)
from dragoman.core.language.slots import NUMBERS, locale_of, read_date, write_amount, write_date
from dragoman.core.language.slots import read_amount as read_money

# what every slot with a number is rendered for: whole ones, a fraction, a span
COUNTS = (Decimal(1), Decimal(2), Decimal(5), Decimal(21), Decimal("1.5"), Decimal("0.5"))
# the 1st of a month is where sentences go wrong
DAYS = ("2026-12-01", "2027-01-15")
SENTENCES = 120  # that the issue asks for
_OTHERS = {
    "order": "KSL-20418", "tracking": "JJFI64000000123", "url": "https://example.com/t", "name": "Greta",
    "product": '"Kaisla 40"', "time": "9:30", "percent": "10%", "code": "AUTUMN10", "carrier": "Posti",
    "email": "a@kaisla.example", "phone": "+358 40 123 4567",
}  # fmt: skip


def slots_for(language: str) -> Iterator[dict[str, str]]:
    """Yield values for all slots, once for each number and day, as a language writes them."""
    amount = write_amount(Decimal("49.90"), "EUR", language=language)
    written = [format_decimal(count, locale=locale_of(language)) for count in COUNTS]
    for place, number in enumerate([*written, "3-5"]):
        yield {
            **_OTHERS,
            **dict.fromkeys(NUMBERS, number),
            # nobody counts pieces by spans
            "count": "4" if "-" in number else number,
            "amount": amount,
            "date": DAYS[place % len(DAYS)],
        }


def rendered(language: str) -> tuple[int, int, int]:
    """Return how many sentences were rendered, how many kept a gap or lost a value, how many are not understood again."""
    made = broken = lost = 0
    for key, _theme in agent_keys():
        for register in ("", *REGISTERS):
            if register not in ours(key, language):
                continue
            for slots in slots_for(language):
                said = render(key, language, slots, register=register)
                made += 1
                wanted = set(SLOT.findall(ours(key, language)[register]["other"]))
                kept = all(slots[name] in said for name in wanted & set(NUMBERS))
                broken += bool(SLOT.search(said)) or not kept
                lost += match(said, language) is None
    return made, broken, lost


def by_language() -> Iterator[tuple[str, str, str, int, int, int]]:
    """Language, sentences of agents, forms of address, renderings, broken ones, ones not understood again."""
    keys = [key for key, _theme in agent_keys()]
    for tag in languages():
        there = sum(bool(ours(key, tag)) for key in keys)
        known = coverage(tag).registers
        forms = [f"{form} {known[form]}" for form in FORMS if form in forms_of(tag) and form in known]
        made, broken, lost = rendered(tag)
        yield tag, f"{there} of {len(keys)}", ", ".join(forms) or "-", made, broken, lost


def dates_and_money() -> Iterator[tuple[str, int, int]]:
    """What, how many were written in all languages, and how many are not read again as the same."""
    days = [f"2026-{month:02}-{day:02}" for month in (1, 5, 8, 12) for day in (1, 2, 11, 21, 31)]
    days = [day for day in days if read_date(day, language="en")]
    wrong = 0
    for tag in languages():
        for day in days:
            known = read_date(day, language="en")
            assert known
            wrong += read_date(write_date(known[0], language=tag), language=tag) != (known[0], True)
    yield "dates", len(days) * len(languages()), wrong
    money = [
        (Decimal(value), code) for value in ("1", "49.90", "1299") for code in ("EUR", "USD", "THB", "PLN")
    ]
    wrong = 0
    for tag in languages():
        for value, code in money:
            read = read_money(write_amount(value, code, language=tag), language=tag)
            wrong += read is None or read[:2] != (value, code)
    yield "amounts", len(money) * len(languages()), wrong
