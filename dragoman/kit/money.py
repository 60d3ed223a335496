"""Money: minor units in, minor units out, and written as a reader of any language expects it.

How many decimals a currency has is asked of ISO 4217 where amounts are stored or travel (shops, payments), of CLDR
where they are shown: an Albanian lek has two decimals on every wire, and nobody writes them.
"""

import re
from copy import copy
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

import iso4217
from babel import Locale
from babel.numbers import get_currency_precision
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal

MOST: Final = 10**15  # minor units, less than a double loses: browsers read JSON's numbers as doubles
_CODE: Final = re.compile(r"[A-Z]{3}\Z")
_SIGNED: Final = re.compile(r"[A-Z]+[$¥£€]")
# Babel sets letters right beside figures where CLDR parts them: "USD12", "12kr"
_GLUED: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class BadMoney(Refusal):
    """An amount or a currency that cannot be."""

    code = "bad_money"
    status = 422
    message = _("This is no amount of money.")


@lru_cache(maxsize=512)
def _digits(currency: str) -> int | None:
    row = iso4217.raw_table.get(currency)
    if row is not None:
        units = str(row["CcyMnrUnts"] or "")
        return int(units) if units.isdigit() else None  # gold, test codes, drawing rights: no shop's
    # withdrawn ones (BGN, HRK) stand in orders of their time; ISO's list of them says no decimals, CLDR does
    known = _CODE.match(currency) and currency in Locale("en").currencies and not currency.startswith("X")
    return get_currency_precision(currency) if known else None


def is_currency(code: str) -> bool:
    """Say whether it is the code of a currency people pay with, today or formerly (ISO 4217, capitals)."""
    return _digits(code) is not None


def digits_of(currency: str) -> int:
    """Return how many decimals a currency has on the wire and in the database (ISO 4217); raises BadMoney."""
    digits = _digits(currency)
    if digits is None:
        raise BadMoney(_("There is no currency “%(code)s”: give one such as EUR.") % {"code": currency[:8]})
    return digits


def to_minor(amount: Decimal | str | int, currency: str) -> int:
    """Return an amount in major units (`49.90`) as minor units (4990), exactly; raises BadMoney for more decimals."""
    digits = digits_of(currency)
    try:
        value = Decimal(amount)
        minor = value.scaleb(digits)
        whole = minor.to_integral_value()
        beyond = abs(minor) >= MOST
    except (InvalidOperation, ValueError, TypeError):
        raise BadMoney from None
    if not value.is_finite() or beyond:
        raise BadMoney
    if whole != minor:
        raise BadMoney(
            _("%(currency)s has %(digits)s decimals: %(amount)s has more.")
            % {"currency": currency, "digits": digits, "amount": str(amount)[:40]}
        )
    return int(whole)


def to_major(minor: int, currency: str) -> Decimal:
    """Return minor units (4990) as an amount in major units (`49.90`), with all decimals of the currency."""
    return Decimal(minor).scaleb(-digits_of(currency))


def converted(minor: int, currency: str, target: str, rate: Decimal) -> int:
    """Return an amount in another currency by a rate (how many of it one of the first is worth), to even halves."""
    value = to_major(minor, currency) * rate
    return int(value.scaleb(digits_of(target)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True)
class Money:
    """An amount: minor units of a currency."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """Return it in major units."""
        return to_major(self.minor, self.currency)


def written(money: Money, locale: Locale, *, whole: bool = False) -> str:
    """Write an amount as a locale does, with the decimals people use there (CLDR) or all that it needs.

    `whole` leaves out the decimals of an amount that has none: `€50` for `€50.00`.
    """
    value = money.amount
    digits = get_currency_precision(money.currency)
    if value != value.quantize(Decimal(1).scaleb(-digits)):
        digits = digits_of(money.currency)
    if whole and value == value.to_integral_value():
        digits = 0
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    text = str(pattern.apply(value, locale, currency=money.currency, currency_digits=False))
    if locale.text_direction == "rtl":
        # the sign belongs to its letters: without the mark `R$` reads `$R` where lines run from right to left
        text = _SIGNED.sub("\\g<0>\N{LEFT-TO-RIGHT MARK}", text)
    return _GLUED.sub("\N{NO-BREAK SPACE}", text)
