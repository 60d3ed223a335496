"""What the search box offers while somebody types: recent searches, operators, values."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.operators import OPERATORS, known_operator
from dragoman.core.segments.queries import recent_searches_of
from dragoman.kit.text import fold

from .place import Place, place_in
from .values import NAMED, values_of

MOST = 8
RECENT = 5
# offered where nothing is typed yet: what most searches are narrowed by
_FIRST: Final = ("from", "lang", "market", "status", "assignee", "before", "has")


@dataclass(frozen=True)
class Option:
    """One line: `said` is what it puts into the search, `means` what that is; `q` the search then, `at` its cursor.

    A recent search is run at once, and can be forgotten.
    """

    said: str
    means: str
    q: str
    at: int
    recent: bool = False


def _recent(agent: Agent, text: str) -> list[Option]:
    wanted = fold(text.strip())
    found = [q for q in recent_searches_of(agent) if wanted in fold(q) and fold(q) != wanted]
    return [Option(q, "", q, len(q), recent=True) for q in found[:RECENT]]


def _operator(place: Place, name: str) -> Option:
    q, at = place.filled(f"{name}:", more="")
    return Option(f"{place.minus}{name}:", str(OPERATORS[name][0]), q, at)


def _value(place: Place, name: str, value: str, means: str) -> Option:
    piece = f'{name}:"{value}"' if " " in value else f"{name}:{value}"
    q, at = place.filled(piece)
    return Option(f"{place.minus}{piece}", means, q, at)


def _fits(wanted: str, value: str, means: str) -> bool:
    """Say whether typed letters begin a value, or a word of it or of what it means."""
    words = [fold(value), *fold(value).split(), *fold(means).split()]
    return any(word.startswith(wanted) for word in words)


def _values(agent: Agent, place: Place, name: str) -> list[Option]:
    wanted = fold(place.typed)
    fit = [pair for pair in values_of(agent, name) if _fits(wanted, *pair)]
    if [value for value, _means in fit] == [place.typed]:
        return []
    return [_value(place, name, value, means) for value, means in fit]


def _named(agent: Agent, place: Place) -> list[Option]:
    """Return values whose own name is being typed: `thai` means `lang:th`."""
    wanted = fold(place.typed)
    if len(wanted) < 2:
        return []
    found = []
    for name in NAMED:
        for value, means in values_of(agent, name):
            if any(word.startswith(wanted) for word in fold(means).split()):
                found.append(_value(place, name, value, means))
    return found


def suggestions(agent: Agent, text: str, at: int) -> list[tuple[str, list[Option]]]:
    """Return groups (title, options) for a search with its cursor at `at`; empty groups left out."""
    place = place_in(text, at)
    name = known_operator(place.name) if place.name else ""
    if name:
        groups = [(str(OPERATORS[name][0]), _values(agent, place, name)[:MOST])]
    elif place.name:
        groups = []
    elif not place.typed:
        first = [] if text.strip() else _recent(agent, "")
        names = _FIRST if not text.strip() else tuple(OPERATORS)
        groups = [
            (_("Recent searches"), first),
            (_("Narrow by"), [_operator(place, one) for one in names][:MOST]),
        ]
    else:
        typed = fold(place.typed)
        begun = [_operator(place, one) for one in OPERATORS if one.startswith(typed)]
        groups = [
            (_("Recent searches"), [] if place.minus else _recent(agent, text)[:3]),
            (_("Narrow by"), [*begun, *_named(agent, place)][:MOST]),
        ]
    return [(title, options) for title, options in groups if options]
