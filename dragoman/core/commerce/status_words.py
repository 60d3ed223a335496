"""What the columns of files say of where money and goods are, in our words."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

# {meaning of a column: {our words, "payment/goods/order" where one says several: what files write}}
_SAID: Final[Mapping[str, Mapping[str, list[str]]]] = json.loads(
    (Path(__file__).parent / "status_words.json").read_text("utf-8")
)
_OURS: Final = {
    kind: {word: ours for ours, words in said.items() for word in words} for kind, said in _SAID.items()
}
_PLACES: Final = ("payment_status", "fulfilment_status", "status")


def states_of(said: Mapping[str, str]) -> dict[str, Any]:
    """Return the states that the cells of an order tell; those of a column of its own go before a single "Status".

    Raises Refusal naming the cell where a column of money or goods says a word we do not know; of a single status,
    which may be about anything, such a word tells nothing.
    """
    found: dict[str, Any] = {}
    if whole := _OURS["status"].get(_word(said.get("status", "")), ""):
        parts = whole.split("/")
        found = {place: part for place, part in zip(_PLACES, parts, strict=True) if part}
    for place in _PLACES[:2]:
        if cell := said.get(place, "").strip():
            found[place] = (
                _OURS[place].get(_word(cell))
                or _OURS["status"].get(_word(cell), "//").split("/")[_PLACES.index(place)]
            )
            if not found[place]:
                raise _unknown(place, cell)
    return found


def _word(cell: str) -> str:
    return re.sub(r"[\W_]+", "", cell.lower())


def _unknown(place: str, cell: str) -> Refusal:
    if place == "payment_status":
        words = _("“%(cell)s” is no status of payment we know: write paid, pending or refunded.")
    else:
        words = _("“%(cell)s” is no status of sending we know: write shipped, unfulfilled or delivered.")
    return Refusal(words % {"cell": cell[:60]}, code="bad_cell", status=422)
