"""A search turned into what the database is asked: a query over messages, conditions on conversations, dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, teams_of, workspace_facts
from dragoman.kit.tags import normalise
from dragoman.kit.text import fold
from dragoman.kit.tokens import in_field, phrase_term, tsquery

from .meanings import meaning_query
from .models import Status
from .moments import span_of
from .operators import DATES, Line, Term, parse
from .ports import groups
from .promises import STATES

FIELDS: Final = {"from": "f", "to": "t", "subject": "s", "filename": "n"}
NOTE, FILE = "'k=note'", "'h=file'"
_MESSAGE: Final = {"", *FIELDS, "has", "about"}
_OLDEST: Final = 1990


@dataclass(frozen=True)
class Reader:
    """Who searches: their zone and language tell what a date means, `agent` is who `me` is (none for programs)."""

    zone: str = "UTC"
    language: str = "en"
    agent: Agent | None = None


@dataclass(frozen=True)
class Condition:
    """What a conversation's `name` must be: one of the values, or with `negated` none of them."""

    name: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Asked:
    """A search understood: `query` over messages ("" if none is asked), conditions, span of time, hints for people."""

    line: Line = field(default_factory=Line)
    query: str = ""
    conditions: tuple[Condition, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    hints: tuple[str, ...] = field(default=())

    @property
    def in_messages(self) -> bool:
        """Say whether messages must be looked through, and not only conversations listed."""
        return bool(self.query)

    @property
    def dated_query(self) -> str:
        """Return the query with the days it is about, which are indexed too."""
        days = _days_query(self.since, self.until)
        return f"{self.query} & {days}" if days else self.query


def asked(workspace_id: int, text: str, reader: Reader | None = None) -> Asked:
    """Understand a search; nothing is an error, what is not understood becomes a hint."""
    reader = reader or Reader()
    line = parse(text)
    hints = [
        _("There is no operator “%(name)s:”, so it was searched as words.") % {"name": name}
        for name in line.unknown
    ]
    made = Asked(line=line)
    parts: list[str] = []
    plain: list[str] = []
    for clause in line.clauses:
        if len(clause) == 1 and _is_plain_word(clause[0]):
            # words side by side may be one code: `KSL 20418`
            plain.append(clause[0].text)
            continue
        parts, plain = [*parts, tsquery(" ".join(plain))], []
        for part in _alike(clause, hints):
            if _in_messages(part[0]):
                parts.append(_either([_message_query(term, workspace_id, reader) for term in part]))
            else:
                made = _with(made, workspace_id, part, reader, hints)
    parts.append(tsquery(" ".join(plain)))
    query = " & ".join(f"({part})" if " | " in part else part for part in parts if part)
    return replace(made, query=query, hints=tuple(dict.fromkeys(hints)))


def _alike(clause: Sequence[Term], hints: list[str]) -> list[Sequence[Term]]:
    """Return the clause, or each of its terms alone where OR joins what cannot be joined."""
    if len({"" if _in_messages(term) else term.name for term in clause}) == 1:
        return [clause]
    hints.append(_("OR stands between words, or between values of the same operator."))
    return [(term,) for term in clause]


def _in_messages(term: Term) -> bool:
    return term.name in _MESSAGE or (term.name == "is" and fold(term.text) == "note")


def _is_plain_word(term: Term) -> bool:
    return not (term.name or term.phrase or term.negated or "@" in term.text)


def _either(parts: Sequence[str]) -> str:
    known = [part for part in parts if part]
    return known[0] if len(known) == 1 else f"({' | '.join(known)})" if known else ""


def _message_query(term: Term, workspace_id: int, reader: Reader) -> str:
    if term.name == "is":
        query = NOTE
    elif term.name == "has":
        query = FILE
    elif term.name == "about":
        spoken = workspace_facts(workspace_id).languages
        query = meaning_query(term.text, language=reader.language, languages=spoken)
    else:
        query = phrase_term(term.text) if term.phrase else tsquery(term.text)
        if query and term.name:
            query = in_field(query, FIELDS[term.name])
        elif query and "@" in term.text:
            # an address is a person's too: whoever wrote from it, or was written to
            query = _either([query, *(in_field(query, FIELDS[name]) for name in ("from", "to"))])
    return f"!({query})" if query and term.negated else query


def _with(made: Asked, workspace_id: int, clause: Sequence[Term], reader: Reader, hints: list[str]) -> Asked:
    first = clause[0]
    if first.name in DATES:
        return _dated(made, first, reader, hints)
    values = [_value(workspace_id, term, reader, hints) for term in clause]
    known = next((c for c in made.conditions if c.name == first.name and c.negated == first.negated), None)
    if known and first.name not in {"tag", *groups} and not first.negated:
        # a conversation has one language, and any number of tags: the same operator twice means either
        others = tuple(c for c in made.conditions if c is not known)
        return replace(made, conditions=(*others, Condition(first.name, (*known.values, *values))))
    return replace(made, conditions=(*made.conditions, Condition(first.name, tuple(values), first.negated)))


def _dated(made: Asked, term: Term, reader: Reader, hints: list[str]) -> Asked:
    span = span_of(term.text, zone=reader.zone, language=reader.language, now=timezone.now())
    if span is None:
        hints.append(
            _("“%(text)s” is no day: write 2026-03-01, 2026-03, 7d, or a date as you write it.")
            % {"text": term.text}
        )
        return made
    first, after = span
    since = made.since if term.name == "before" else max(filter(None, (made.since, first)))
    until = {"before": first, "on": after}.get(term.name)
    until = min(filter(None, (made.until, until)), default=None)
    return replace(made, since=since, until=until)


def _value(workspace_id: int, term: Term, reader: Reader, hints: list[str]) -> str:
    """Return the stored form of an operator's value; what nothing has (and a hint) where there is none."""
    text, name = term.text, term.name
    if name == "assignee":
        return _agent(workspace_id, text, reader, hints)
    if name == "team":
        return _team(workspace_id, text, hints)
    if name in groups:
        return _group(workspace_id, term, reader, hints)
    if name == "status" and fold(text) not in Status.values:
        hints.append(
            _("There is no status “%(text)s”: use open, pending, snoozed, resolved or closed.")
            % {"text": text}
        )
    if name == "is" and fold(text) not in {"unread", "read"}:
        hints.append(_("“is:” knows unread, read and note."))
    if name == "promise" and fold(text) not in STATES:
        hints.append(_("“promise:” knows open, late and broken."))
    if name == "lang":
        return normalise(text) or text
    return {"market": text.upper(), "tag": text, "brand": text.lower()}.get(name, fold(text))


def _agent(workspace_id: int, text: str, reader: Reader, hints: list[str]) -> str:
    if fold(text) in {"none", "nobody"}:
        return ""
    if fold(text) == "me":
        if reader.agent is not None:
            return str(reader.agent.pk)
        hints.append(_("“assignee:me” needs somebody who is logged in."))
        return "0"
    for agent in agents_of(workspace_id):
        if text == str(agent.pk) or fold(text) in fold(agent.name) or fold(text) == fold(agent.user.email):
            return str(agent.pk)
    hints.append(_("Nobody here is called “%(text)s”.") % {"text": text})
    return "0"


def _group(workspace_id: int, term: Term, reader: Reader, hints: list[str]) -> str:
    found = groups[term.name].find(workspace_id, term.text, reader.agent)
    if not found:
        hints.append(_("There is no segment “%(text)s”.") % {"text": term.text})
    return found or "0"


def _team(workspace_id: int, text: str, hints: list[str]) -> str:
    if fold(text) == "none":
        return ""
    for team in teams_of(workspace_id):
        if text == str(team.pk) or fold(text) in fold(team.name):
            return str(team.pk)
    hints.append(_("There is no team “%(text)s”.") % {"text": text})
    return "0"


def day_tokens(at: datetime) -> list[str]:
    """Return the tokens of a day (UTC): its year, its month, itself; a span of time is a few of them."""
    return [f"d={at:%Y}", f"d={at:%Y%m}", f"d={at:%Y%m%d}"]


def _days_query(since: datetime | None, until: datetime | None) -> str:
    """Return the query for all days that the span touches; the exact moments are compared afterwards."""
    if since is None and until is None:
        return ""
    first = since.astimezone(timezone.get_default_timezone()).date() if since else date(_OLDEST, 1, 1)
    last = (until or timezone.now() + timedelta(days=366)).date() + timedelta(days=1)
    first -= timedelta(days=1)
    parts: list[str] = []
    day = first
    while day <= last:
        year_end, month_end = date(day.year, 12, 31), _month_end(day)
        if (day.month, day.day) == (1, 1) and year_end <= last:
            parts, day = [*parts, f"d={day:%Y}"], year_end
        elif day.day == 1 and month_end <= last:
            parts, day = [*parts, f"d={day:%Y%m}"], month_end
        else:
            parts.append(f"d={day:%Y%m%d}")
        day += timedelta(days=1)
    return f"({' | '.join(f'{chr(39)}{part}{chr(39)}' for part in parts)})" if parts else "'d=never'"


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
