"""Where in a search somebody types: the piece around the cursor, and what the search is with another piece there."""

import re
from dataclasses import dataclass
from typing import Final

_QUOTES: Final = '"“”„«»「」'
_PIECE: Final = re.compile(
    rf"(?:^|(?<=\s))(?P<minus>[-−]?)(?:(?P<name>[A-Za-z]{{2,15}})[:：])?"
    rf"(?P<typed>[{_QUOTES}][^{_QUOTES}]*|[^\s{_QUOTES}]*)$"
)


@dataclass(frozen=True)
class Place:
    """What stands before and after the piece; of the piece its minus, the operator's name, and what is typed of it."""

    before: str
    after: str
    minus: str = ""
    name: str = ""
    typed: str = ""

    def filled(self, piece: str, *, more: str = " ") -> tuple[str, int]:
        """Return the search with `piece` and then `more` in this place, and where the cursor stands then."""
        start = f"{self.before}{self.minus}{piece}{more}"
        return start + self.after.lstrip(), len(start)


def place_in(text: str, at: int) -> Place:
    """Return the place at the cursor `at` (a number of characters)."""
    start, rest = text[:at], text[at:]
    found = _PIECE.search(start)
    if found is None:
        return Place(start, rest)
    # the rest of a word that the cursor stands in belongs to the piece
    word = re.match(r"\S*", rest) if found[0] else None
    after = rest[word.end() :] if word else rest
    name = (found["name"] or "").lower()
    return Place(start[: found.start()], after, found["minus"], name, found["typed"].lstrip(_QUOTES))
