"""Amounts of shops that write major units (`49.90`), as minor units."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dragoman.kit.money import digits_of, to_minor


def minor(value: Any, currency: str) -> int:
    """Return an amount that was paid, given back or asked for, exactly; raises BadMoney for a part of a cent."""
    return to_minor(Decimal(value or 0), currency)


def nearly(value: Any, currency: str) -> int:
    """Return a computed amount: shops keep parts of a cent in taxes and shares of discounts, to even halves here."""
    digits = Decimal(1).scaleb(-digits_of(currency))
    return to_minor(Decimal(value or 0).quantize(digits, rounding=ROUND_HALF_EVEN), currency)


def shared(whole: int, weights: list[int]) -> list[int]:
    """Return a sum parted as the weights are, with nothing lost; all of it is the first's where none weighs."""
    total = sum(weights)
    if not weights:
        return []
    if not total:
        return [whole, *(0 for _one in weights[1:])]
    parts, given, seen = [], 0, 0
    for weight in weights:
        seen += weight
        upto = (2 * whole * seen + total) // (2 * total)
        parts.append(upto - given)
        given = upto
    return parts
