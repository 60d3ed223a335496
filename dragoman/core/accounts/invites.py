"""A word to who looks at a shop's page for a while: rules as data of the brand, each with a text of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

# the rules that a brand has; their texts are localised texts of these keys
KEYS: Final = ("1", "2", "3", "4", "5")
WHEN: Final = ("any", "open", "closed")
VISITORS: Final = ("any", "first", "returning")
MOST_SECONDS: Final = 600


@dataclass(frozen=True)
class Invite:
    """When the words of one rule are said, at most once in a visit.

    `pages` are paths such as "/cart*" (a star stands for anything; none: all pages), `languages` BCP 47, `markets`
    ISO 3166-1; none of them means all. `when`: by whether somebody is there; `seconds` on the page before it is said.
    """

    key: str
    pages: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    when: str = "any"
    visitor: str = "any"
    seconds: int = 20


def invites_kept(kept: Any) -> tuple[Invite, ...]:
    """Return the rules of what a column holds; what is no rule is left out."""
    found = [_read(one) for one in kept] if isinstance(kept, list) else []
    return tuple(one for one in found if one is not None)


def _read(kept: Any) -> Invite | None:
    if not isinstance(kept, dict) or kept.get("key") not in KEYS:
        return None
    seconds = kept.get("seconds")
    return Invite(
        key=kept["key"],
        pages=_lines(kept.get("pages")),
        languages=_lines(kept.get("languages")),
        markets=_lines(kept.get("markets")),
        when=kept["when"] if kept.get("when") in WHEN else "any",
        visitor=kept["visitor"] if kept.get("visitor") in VISITORS else "any",
        seconds=min(max(seconds, 1), MOST_SECONDS) if isinstance(seconds, int) else 20,
    )


def _lines(kept: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in kept) if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
