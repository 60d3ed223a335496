"""Amounts of money as each market writes them: `49,90 €`, `R$ 1.299,00`, `1万2千円`, `35,-`."""

import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

from dragoman.core.language.entities.found import GLUE, Entity, Taken
from dragoman.kit.tags import base
from dragoman.kit.tokens import SPACELESS

# Signs and words that mean one currency wherever they are written.
_DATA = tomllib.loads(
    (importlib.resources.files("dragoman.core.language") / "data" / "money.toml").read_text("utf-8")
)
_SURE = {sign: currency for currency, signs in _DATA["signs"].items() for sign in signs}
_ENDINGS = frozenset({"hu", "fi", "et", "tr", "pl", "cs"})
# What these mean depends on where one is.
_LOCAL = {
    "sv": {"kr": "SEK", "kronor": "SEK", "kr.": "SEK", ":-": "SEK"},
    "da": {"kr": "DKK", "kroner": "DKK", "kr.": "DKK", ",-": "DKK"},
    "nb": {"kr": "NOK", "kroner": "NOK", "kr.": "NOK", ",-": "NOK"},
    "ja": {"¥": "JPY", "￥": "JPY"},
    "zh": {"¥": "CNY", "￥": "CNY"},
}
_EVERYWHERE = {"$": "USD", "¥": "JPY", "￥": "JPY"}
_ISO = frozenset({
    "EUR", "USD", "GBP", "THB", "PLN", "CZK", "SEK", "NOK", "DKK", "HUF", "RON", "TRY", "RUB", "UAH",
    "ILS", "INR", "JPY", "CNY", "KRW", "VND", "BRL", "CHF", "AED", "SAR", "EGP", "KWD", "QAR", "AUD",
    "CAD", "MXN", "ARS", "CLP", "COP", "SGD", "HKD", "TWD", "MYR", "IDR", "PHP", "ZAR", "NZD", "BGN",
})  # fmt: skip
# What multiplies the number before it.
_POWERS: dict[str, int] = _DATA["powers"]

_IS_WORD = re.compile(rf"[^\W\d_{SPACELESS}]$")
LETTER = rf"[^\W\d_{SPACELESS}]"


@lru_cache(maxsize=64)
def _signs(language: str) -> dict[str, str]:
    """Return what each sign or word means to the writers of a language, in lower case."""
    signs = {
        sign.lower(): code for sign, code in (_SURE | _EVERYWHERE | {code: code for code in _ISO}).items()
    }
    return signs | _LOCAL.get(base(language), {})


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = sorted((sign for sign in _signs(language) if sign[0] not in ",:"), key=len, reverse=True)
    words = "|".join(re.escape(sign) for sign in known if _IS_WORD.search(sign))
    marks = "|".join(re.escape(sign) for sign in known if not _IS_WORD.search(sign))
    powers = "|".join(sorted(_POWERS, key=len, reverse=True))
    power = rf"(?:{powers})(?!{LETTER})"
    # no price has more groups or digits: a longer row of figures is read in a time that grows with it alone
    bare = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{2,3}){1,6}(?:[.,]\d{1,3})?|\d{1,18}(?![0-9])(?:[.,]\d{1,3})?"
    # words of money take endings where a language has them
    endings = rf"(?:-?{LETTER}{{1,4}})?" if base(language) in _ENDINGS else ""
    cents = (
        r"(?:[ ](?:e|et|y|and|og|och|und|ja|en|i|și|a)[ ](?P<cents>\d{1,2})[ ](?:c|s)[^\W\d_]*"
        r"|(?P<rest>\d{2})(?![\d.,\w]))?"
    )
    after = re.compile(
        rf"(?<!{GLUE})(?<![.,/-])(?P<number>{bare})(?P<tail>[,.:]-)?\s?(?P<power>{power}|)"
        rf"(?P<more>\d{{1,4}}(?:{powers}))?\s?(?:(?P<word>{words})(?P<ending>{endings})(?!{LETTER})|(?P<mark>{marks})){cents}",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"(?<!{LETTER})(?:(?P<word>{words})|(?P<mark>{marks}))\s?(?P<number>{bare})(?P<tail>[,.:][-–—])?(?P<power>{power}|)",
        re.IGNORECASE,
    )
    local = [sign for sign in _LOCAL.get(base(language), {}) if sign[0] in ",:"]
    dash = "|".join(map(re.escape, local)) or r"(?!)"
    bare_dash = re.compile(rf"(?<!{GLUE})(?<![.,/-])(?P<number>{bare})(?P<mark>{dash})(?!\d)")
    return after, before, bare_dash


def value_of(number: str, currency: str) -> Decimal | None:
    """Return the value of a number as people write it, whatever separates its thousands; None where it is none."""
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", number)
    marks = [mark for mark in plain if mark in ".,"]
    if marks:
        head, _mark, tail = plain.rpartition(marks[-1])
        decimals = get_currency_precision(currency)
        is_decimal = (len(set(marks)) > 1 or len(marks) == 1) and (len(tail) != 3 or decimals == 3)
        if decimals == 0 and len(tail) == 3:
            is_decimal = False
        plain = re.sub("[.,]", "", head) + ("." if is_decimal else "") + tail
    return Decimal(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def amounts(text: str, language: str) -> Iterator[Entity]:
    """Yield the amounts of a text."""
    signs = _signs(language)
    taken = Taken(len(text))
    for pattern in _patterns(language):
        for found in pattern.finditer(text):
            start, end = found.span()
            parts = found.groupdict()
            currency = signs[(parts.get("word") or parts["mark"]).lower()]
            value = _whole(parts, currency)
            if value is None or not taken.is_free(start, end):
                continue
            # the ending belongs to the sentence, not to the amount
            end -= len(parts.get("ending") or "") if not parts.get("rest") and not parts.get("cents") else 0
            taken.take(start, end)
            precision = get_currency_precision(currency)
            yield Entity("amount", start, end, text[start:end], f"{currency} {value:.{precision}f}")
    if base(language) == "vi":
        yield from _vietnamese(text, taken)


def _whole(parts: dict[str, str | None], currency: str) -> Decimal | None:
    """Return the value of all parts of an amount: `1万2千`, `19 euros et 90 cents`, `19€90`."""
    value = value_of(parts["number"] or "", currency)
    if value is None:
        return None
    value *= _POWERS.get((parts.get("power") or "").lower(), 1)
    more = re.match(r"(\d+)(\D+)", parts.get("more") or "")
    if more:
        value += int(more[1]) * _POWERS[more[2].lower()]
    small = parts.get("cents") or parts.get("rest")
    return value + Decimal(small) / 100 if small and value == value.to_integral() else value


# Dong are so many that people say thousands and millions and leave the currency out.
_DONG = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+(?:[.,]\d{1,3})?)\s?(?P<power>triệu|trieu|nghìn|ngàn|tr|k)(?!\w)",
    re.IGNORECASE,
)


def _vietnamese(text: str, taken: Taken) -> Iterator[Entity]:
    for found in _DONG.finditer(text):
        value = value_of(found["number"], "EUR")
        if value and taken.is_free(*found.span()):
            power = _POWERS.get(found["power"].lower(), 1_000_000)
            yield Entity("amount", *found.span(), found.group(), f"VND {value * power:.0f}")
