"""What somebody typed into a search: words, phrases, OR, -not and operators such as `from:` and `before:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 300
MOST_TERMS: Final = 24
_QUOTES: Final = '"“”„«»「」'
_TERM: Final = re.compile(
    rf"(?P<minus>[-−](?=\S))?(?:(?P<name>[A-Za-z]{{2,15}})[:：](?=[^\s/]))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>\S+))"
)

# name -> (what it is for, an example of its value)
OPERATORS: Final[dict[str, tuple[Promise, str]]] = {
    "from": (_("Who wrote: a name, an address or a part of one"), "somchai"),
    "to": (_("Who it went to, Cc too"), "@example.com"),
    "subject": (_("Words of the subject"), "refund"),
    "about": (_("What is meant, in the words of every language"), "parcel"),
    "lang": (_("The customer's language"), "fi"),
    "market": (_("The customer's country"), "TH"),
    "brand": (_("A brand"), ""),
    "channel": (_("How it came: email, chat, api"), "email"),
    "status": (_("Where it stands"), "open"),
    "assignee": (_("Who has it: me, none or a name"), "me"),
    "team": (_("Which team has it, or none"), "none"),
    "tag": (_("A tag"), ""),
    "segment": (_("A segment of customers"), ""),
    "intent": (_("The customer's purpose"), "return_request"),
    "mood": (_("How the customer feels: neutral, calm, tense or upset"), "upset"),
    "promise": (_("An answer that was promised: open, late or broken"), "late"),
    "has": (_("With a file"), "attachment"),
    "filename": (_("A word of a file's name"), "invoice"),
    "before": (_("Before a day"), "2026-03-01"),
    "after": (_("On a day or later"), "7d"),
    "on": (_("On one day, in one month or year"), "2026-03"),
    "is": (_("unread, read or note"), "unread"),
}
DATES: Final = frozenset({"before", "after", "on"})
_ALSO: Final = {
    "language": "lang", "country": "market", "label": "tag", "purpose": "intent", "sentiment": "mood",
    "assigned": "assignee", "promised": "promise",
    "file": "filename", "attachment": "filename", "newer": "after", "since": "after", "older": "before",
    "until": "before", "date": "on", "in": "status", "cc": "to", "title": "subject",
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One word, phrase or operator; `start` and `end` are its place in what was typed."""

    text: str
    name: str = ""
    phrase: bool = False
    negated: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Line:
    """A search as read: clauses that must all hold, each of terms of which one must; and operators nobody knows."""

    clauses: tuple[tuple[Term, ...], ...] = ()
    unknown: tuple[str, ...] = field(default=())

    @property
    def terms(self) -> list[Term]:
        """Return all terms in the order they were typed."""
        return [term for clause in self.clauses for term in clause]

    @property
    def words(self) -> str:
        """Return what is looked for in texts, to be marked where it stands."""
        named = {"", "from", "to", "subject", "filename"}
        return " ".join(term.text for term in self.terms if term.name in named and not term.negated)


def _read(text: str) -> Iterator[Term]:
    for found in _TERM.finditer(text):
        name = (found["name"] or "").lower()
        name = _ALSO.get(name, name)
        phrase = found["phrase"]
        start, end = found.span()
        said = phrase if phrase is not None else found["word"]
        if name and name not in OPERATORS:
            yield Term(said, f"?{name}", phrase is not None, bool(found["minus"]), start, end)
        elif said.strip():
            yield Term(said.strip(), name, phrase is not None, bool(found["minus"]), start, end)


def parse(text: str) -> Line:
    """Read a search; nothing typed is an error, an unknown operator is searched as words and named."""
    clauses: list[list[Term]] = []
    unknown: list[str] = []
    either = False
    for term in list(_read(text[:LONGEST]))[:MOST_TERMS]:
        if term.name.startswith("?"):
            unknown.append(term.name[1:])
            term = Term(f"{term.name[1:]} {term.text}", "", term.phrase, term.negated, term.start, term.end)
        if term.text == "OR" and not term.name and not term.phrase:
            either = bool(clauses)
        elif either:
            clauses[-1].append(term)
            either = False
        else:
            clauses.append([term])
    return Line(tuple(tuple(clause) for clause in clauses), tuple(dict.fromkeys(unknown)))


def known_operator(name: str) -> str:
    """Return an operator's own name for any of its names, "" where there is none."""
    name = _ALSO.get(name.lower(), name.lower())
    return name if name in OPERATORS else ""


def without(text: str, term: Term) -> str:
    """Return what was typed without one of its terms (and without an OR that then joins nothing)."""
    left, right = text[: term.start].rstrip(), text[term.end :].lstrip()
    if left.endswith(" OR") or left == "OR":
        left = left[:-2].rstrip()
    elif right.startswith("OR "):
        right = right[3:].lstrip()
    return f"{left} {right}".strip()
