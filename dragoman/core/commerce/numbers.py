"""Numbers of orders and parcels in the one form they are found by."""

import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.text import in_ascii_digits

LONGEST: Final = 80
_BEFORE: Final = ("\N{NUMERO SIGN}",)
# what people write between and before, and nobody means: blanks, dashes, invisible marks, the sign of a number
_DROPPED: Final = frozenset({"Zs", "Zl", "Zp", "Pd", "Cf", "Cc", "Mn"})
# what keys keep apart and searches do not; `Order.search_key` drops the same in the database
SEPARATORS: Final = "/\\._:|,;+"
_NO_SEPARATORS: Final = str.maketrans("", "", SEPARATORS)
_SIGNS: Final = frozenset("#\N{MINUS SIGN}")


def number_key(number: str) -> str:
    """Return a number as it is compared: NFKC, ASCII figures, capitals, without blanks, # and dashes.

    `＃１０４２`, `#1042` and `10 42` are one, so are `KSL-1042` and `ksl 1042`. Empty where nothing is left.
    """
    text = clean(number)
    for sign in _BEFORE:
        text = text.replace(sign, "")
    kept = (
        one
        for one in in_ascii_digits(unicodedata.normalize("NFKC", text).upper())
        if unicodedata.category(one) not in _DROPPED and one not in _SIGNS
    )
    return "".join(kept)[:120]


def search_key(number: str) -> str:
    """Return a number as it is looked for: its key without any sign between, so that `vlt 2026-77` is `VLT/2026/77`.

    It is no identity: `1/11/2026` and `11/1/2026` are two orders that both are found by `1112026`.
    """
    return number_key(number).translate(_NO_SEPARATORS)


def checked_number(number: str) -> tuple[str, str]:
    """Return a number as it is shown, without blanks around it, and its key; raises Refusal `bad_number`."""
    shown = " ".join(clean(number).split())
    key = number_key(shown)
    if not any(one.isalnum() for one in key) or len(shown) > LONGEST:
        raise Refusal(
            _("An order number has 1 to 80 characters, a letter or figure among them."),
            code="bad_number",
            status=422,
            details={
                "errors": [{"field": "number", "message": "not an order number", "type": "value_error"}]
            },
        )
    return shown, key


def figures_of(key: str) -> str:
    """Return the figures a key ends in: `KSL20418` is often told as `20418`; empty under four."""
    tail = key[len(key.rstrip("0123456789")) :]
    return tail if len(tail) >= 4 else ""


def is_meant(key: str, asked: str) -> bool:
    """Say whether `asked` names the order of a key, among the few orders of one customer: letters may be left out."""
    key, asked = key.translate(_NO_SEPARATORS), asked.translate(_NO_SEPARATORS)
    return key == asked or (len(asked) >= 4 and asked.isdigit() and figures_of(key) == asked)
