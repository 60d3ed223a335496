"""The check digits of carriers: each rule says whether a number, in capitals and without blanks, has the right one."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from stdnum import ean, luhn
from stdnum.iso7064 import mod_37_36

Rule = Callable[[str], bool]

# UPU S10
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
# the letters of Spanish tax numbers, which Correos uses too
_SPANISH: Final = "TRWAGMYFPDXBNJZSQVHLCKE"


def _weighted(digits: Iterable[str], weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def is_s10(code: str) -> bool:
    """Say whether the digits of a code of 13 characters have the right check digit (UPU S10)."""
    digits = code[2:11]
    rest = 11 - _weighted(digits, _S10_WEIGHTS) % 11
    return int(digits[8]) == {10: 0, 11: 5}.get(rest, rest)


def _letter_value(one: str) -> int:
    """Return what UPS counts a character as: A is 2, I is 0, J is 1, Z is 7."""
    return int(one) if one.isdigit() else (ord(one) - 63) % 10


def is_ups(code: str) -> bool:
    """Say whether a code `1Z` of 18 characters has the right check digit (UPS)."""
    values = [_letter_value(one) for one in code[2:]]
    total = sum(values[0:15:2]) + 2 * sum(values[1:15:2])
    return values[15] == -total % 10


def _is_ontrac(code: str) -> bool:
    """UPS's rule; the letter before counts too."""
    values = [_letter_value(one) for one in code]
    total = sum(values[0:-1:2]) + 2 * sum(values[1:-1:2])
    return values[-1] == -total % 10


def _is_evri(code: str) -> bool:
    """UPS's values, weights 2, 1, 2 ... from the left, the sum's last digit."""
    total = sum(_letter_value(one) * (1 if place % 2 else 2) for place, one in enumerate(code[:15]))
    return int(code[15]) == total % 10


def is_gs1(number: str) -> bool:
    """Say whether the last digit is the one of GS1: weights 3, 1, 3 ... from the right, mod 10."""
    return ean.calc_check_digit(number[:-1]) == number[-1]


def _is_mod7(number: str) -> bool:
    """What the digits before leave when divided by seven: DHL's waybills, and 7DR in Japan."""
    return int(number[:-1]) % 7 == int(number[-1])


def _is_gls(number: str) -> bool:
    """As GS1, the sum beginning at one."""
    return (int(ean.calc_check_digit(number[:-1])) - 1) % 10 == int(number[-1])


def _is_fedex(number: str) -> bool:
    """Weights 3, 1, 7 from the left, mod 11, mod 10."""
    return _weighted(number[:11], (3, 1, 7) * 4) % 11 % 10 == int(number[11])


def _is_identcode(number: str) -> bool:
    """Deutsche Post's Identcode and Leitcode: weights 4, 9 from the left, mod 10."""
    return int(number[-1]) == -_weighted(number[:-1], (4, 9) * 9) % 10


def _is_tnt(number: str) -> bool:
    """TNT takes mod 7 and S10's mod 11."""
    return _is_mod7(number) or is_s10(f"XX{number}")


def _is_mod11(number: str) -> bool:
    """Weights 2 to 7 from the right, mod 11; 10 and 11 are 0."""
    rest = 11 - _weighted(reversed(number[:-1]), (2, 3, 4, 5, 6, 7) * 3) % 11
    return int(number[-1]) == (0 if rest > 9 else rest)


def _is_correos(code: str) -> bool:
    """The letter that the codes of the characters before it, added up, have in the table of tax numbers."""
    return _SPANISH[sum(map(ord, code[:-1])) % len(_SPANISH)] == code[-1]


def _is_sf(code: str) -> bool:
    """SF's: three digits are an area's, the others weigh 1, 3, 5 ... from the right, tens and units added."""
    digits = code.removeprefix("SF")
    products = [int(digit) * (2 * place + 1) for place, digit in enumerate(reversed(digits[3:-1]))]
    return int(digits[-1]) == -sum(one // 10 + one % 10 for one in products) % 10


def _is_relay(number: str) -> bool:
    """Mondial Relay's label: the shipment with its digit, then the route with its own; parcel n of m."""
    return _is_mod11(number[:15]) and _is_mod11(number[15:]) and 1 <= int(number[10:12]) <= int(number[12:14])


def _is_usps_short(number: str) -> bool:
    """A number whose `91` is not written has the digit of the whole."""
    return is_gs1(f"91{number}")


def _is_smartpost(number: str) -> bool:
    """FedEx leaves the `92` of the post's number out."""
    return is_gs1(f"92{number}")


def _tail(most: int, rule: Rule, number: str) -> bool:
    return rule(number[-most:])


# what `check` in the files of `data/` names
RULES: Final[dict[str, Rule]] = {
    "s10": is_s10,
    "ups": is_ups,
    "ontrac": _is_ontrac,
    "evri": _is_evri,
    "gs1": is_gs1,
    "gs1_11": partial(_tail, 11, is_gs1),
    "gs1_15": partial(_tail, 15, is_gs1),
    "gs1_22": partial(_tail, 22, is_gs1),
    "gs1_26": partial(_tail, 26, is_gs1),
    "usps_short": _is_usps_short,
    "smartpost": _is_smartpost,
    "luhn": luhn.is_valid,
    "mod7": _is_mod7,
    "mod7_8": partial(_tail, 8, _is_mod7),
    "gls": _is_gls,
    "fedex": _is_fedex,
    "fedex_12": partial(_tail, 12, _is_fedex),
    "identcode": _is_identcode,
    "tnt": _is_tnt,
    "mod11": _is_mod11,
    "correos": _is_correos,
    "sf": _is_sf,
    "relay": _is_relay,
    "mod37_36": mod_37_36.is_valid,
}
