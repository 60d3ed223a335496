"""What a list is narrowed to, one chip each, and the address of the list without it."""

from dataclasses import dataclass, replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.moments import span_of
from dragoman.core.conversations.operators import DATES, Term, parse, without

from ..words import Words
from .query import FIELDS, Query, choices_of

FOUND_IN: Final[Words] = {
    "note": gettext_lazy("In a note"),
    "translation": gettext_lazy("In the translation"),
    "original": gettext_lazy("In what the agent wrote"),
    "subject": gettext_lazy("In the subject"),
    "file": gettext_lazy("In a file’s name"),
    "name": gettext_lazy("In a name or address"),
}


@dataclass(frozen=True)
class Chip:
    """One condition: what it says, where the list without it is, and why it does not count, if so."""

    name: str
    said: str
    href: str
    negated: bool = False
    wrong: str = ""


def chips_of(agent: Agent, query: Query) -> list[Chip]:
    """Return a chip for each menu choice, operator and phrase; plain words stay in the search box alone."""
    return [
        *_chosen(agent, query),
        *(_typed(agent, query, term) for term in parse(query.q).terms if _is_chip(term)),
    ]


def _is_chip(term: Term) -> bool:
    return bool(term.name) or term.phrase or term.negated


def _typed(agent: Agent, query: Query, term: Term) -> Chip:
    said = f"“{term.text}”" if term.phrase and not term.name else term.text
    rest = replace(query, q=without(query.q, term))
    return Chip(
        f"{term.name}:" if term.name else "", said, f"/?{rest.string}", term.negated, _wrong(agent, term)
    )


def _wrong(agent: Agent, term: Term) -> str:
    if term.name not in DATES:
        return ""
    day = span_of(term.text, zone=agent.time_zone, language=agent.ui_language, now=timezone.now())
    return "" if day else _("no day")


def _chosen(agent: Agent, query: Query) -> list[Chip]:
    if not query.filtered:
        return []
    labels = {name: (label, dict(options)) for name, label, options in choices_of(agent, query)}
    labels["tag"] = (_("Tag"), {})
    labels.setdefault("segment", (_("Customer segment"), {}))
    chips = []
    for name in FIELDS:
        value = getattr(query, name)
        if value:
            label, options = labels.get(name, (name, {}))
            rest = replace(query, **{name: ""})
            gone = _("no longer there") if name == "segment" and value not in options else ""
            chips.append(Chip(label, str(options.get(value, value)), f"/?{rest.string}", wrong=gone))
    return chips
