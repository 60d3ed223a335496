"""What shops write, made fit to keep: no bytes a database cannot hold, no longer than its field, no card numbers."""

import re
from collections.abc import Collection, Mapping
from string import digits
from typing import Any, Final

from dragoman.core.accounts.masking import masking_of
from dragoman.core.language.redact import masked, redacted
from dragoman.kit.address import clean
from dragoman.kit.text import in_ascii_digits

from .errors import CardNumber

# a row of figures that could be a card's; what has none is not looked at any closer
_FIGURES: Final = re.compile(r"\d(?:\W{0,3}\d){11}")
_MOST_PARTS: Final = 12
LONGEST_ID: Final = 120


class Cleaner:
    """Cleans what one shop's brand gets; cards are masked whatever the workspace decided."""

    def __init__(self, workspace_id: int, brand_id: int) -> None:
        """Ask once what the brand masks."""
        self._types = masking_of(workspace_id).of(brand_id) | {"card"}

    def line(self, text: str, most: int) -> str:
        """Return a short text in one line of at most `most` characters, cards masked."""
        return masked_cards(" ".join(clean(text).split()))[:most]

    def words(self, text: str, most: int) -> str:
        """Return what somebody wrote, all that the brand's policy names masked.

        It is masked before it is cut: half of a card's number is none that could be found.
        """
        text = clean(text).strip()
        return masked(text, redacted(text, self._types))[:most] if text else ""

    def address(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parts of an address that are told, each masked."""
        kept: dict[str, Any] = {}
        for name, part in list(parts.items())[:_MOST_PARTS]:
            if isinstance(part, str) and part.strip():
                kept[name] = self.line(part, 200)
            elif isinstance(part, list | tuple):
                said = [self.line(str(one), 200) for one in part[:6] if str(one).strip()]
                if said:
                    kept[name] = said
        return kept


def masked_cards(text: str) -> str:
    """Return a text with the numbers of cards masked."""
    return masked(text, redacted(text, {"card"})) if _FIGURES.search(text) else text


def cleaned_id(text: str) -> str:
    """Return an id of a shop's as it is kept and compared."""
    return clean(text).strip()[:LONGEST_ID]


def tariff_code(text: str) -> str:
    """Return the figures of a code of the Harmonized System."""
    return "".join(one for one in in_ascii_digits(text) if one in digits)[:14]


def has_card(text: str, types: Collection[str] = frozenset({"card"})) -> bool:
    """Say whether a card's number stands in a text."""
    return bool(_FIGURES.search(text)) and bool(redacted(text, types))


def means(text: str, most: int) -> str:
    """Return what names a means of payment; raises CardNumber, for here nothing else is meant by such a number."""
    text = " ".join(clean(text).split())
    if has_card(text):
        raise CardNumber
    return text[:most]
