"""What may be wrong with the translation of a customer's message, as its reader is told."""

from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _

_SAID: Final[dict[str, Callable[[], str]]] = {
    "number": lambda: _("A number may be missing: read the original."),
    "added": lambda: _("A number may be wrong: read the original."),
    "lost": lambda: _("Something may be missing (%(what)s): read the original."),
    "term": lambda: _("The glossary says “%(instead)s” for “%(what)s”."),
    "length": lambda: _("Parts may be missing: read the original."),
}
_ELSE: Final = frozenset({"unchanged", "wrong_language", "empty", "html", "rubbish", "repeated"})
MOST: Final = 3


def doubts_of(faults: Sequence[str]) -> tuple[str, ...]:
    """Return up to three sentences about a translation; the order of words and the house's own manners are none."""
    told: dict[str, None] = {}
    for fault in faults:
        kind, _colon, piece = fault.partition(":")
        what, _bar, instead = piece.partition("|")
        if kind == "term" and not instead:
            continue
        if kind in _SAID:
            told[_SAID[kind]() % {"what": what, "instead": instead}] = None
        elif kind in _ELSE:
            told[_("It may not have been translated well: read the original.")] = None
    return tuple(told)[:MOST]
