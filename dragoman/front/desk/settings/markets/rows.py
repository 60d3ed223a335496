"""What the pages of markets show of a kind of fact: value, source, how sure it is, law and policy side by side."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dragoman.core.playbooks.law import ONLY_LAW
from dragoman.core.playbooks.models import FactChange, FactOverride
from dragoman.core.playbooks.queries import Told
from dragoman.ground.markets.dated import Row as Dated
from dragoman.ground.markets.dated import checked_rows
from dragoman.ground.markets.errors import WrongFact
from dragoman.ground.markets.facts import KINDS
from dragoman.ground.markets.playbook import Fact, Source, countries, playbook

from ... import market_codes as codes
from ...market_lines import lines, said
from ...market_words import Line, day, kind_name, standing, standing_words, word


@dataclass(frozen=True)
class Row:
    """One kind of fact as it is shown."""

    kind: str
    name: str
    lines: Sequence[Line]
    standing: str
    standing_words: str
    law: str
    note: str
    sources: Sequence[Source]
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    corrected: bool
    written: Sequence[Line]
    lowers: str
    correction: FactOverride | None
    policy: Sequence[Line]
    policy_reason: str
    may_be_policy: bool


def row_of(one: Told, *, on: datetime.date) -> Row:
    """Return a kind of fact as it is shown on a day."""
    fact: Fact | None = one.fact
    return Row(
        kind=one.kind,
        name=kind_name(one.kind),
        lines=lines(fact.value) if fact else [],
        standing=standing(fact, on=on),
        standing_words=standing_words(fact, on=on),
        law=fact.law if fact else "",
        note=fact.note if fact else "",
        sources=fact.sources if fact else (),
        valid_from=fact.valid_from if fact else None,
        valid_to=fact.valid_to if fact else None,
        corrected=one.is_corrected,
        written=lines(one.written.value) if one.is_corrected and one.written else [],
        lowers=one.lowers,
        correction=one.correction,
        policy=lines(one.policy.value) if one.policy else [],
        policy_reason=one.policy_reason,
        may_be_policy=one.kind not in ONLY_LAW,
    )


@dataclass(frozen=True)
class Change:
    """One line of the history as it is shown; before and after are empty where there was nothing."""

    row: FactChange
    name: str
    sort: str
    before: str
    after: str


def change_of(row: FactChange) -> Change:
    """Return a line of the history in words; a value of a shape that is no longer taken is left out."""
    return Change(
        row,
        kind_name(row.kind),
        word(codes.SORTS, row.sort),
        _said(row.kind, row.before),
        _said(row.kind, row.after),
    )


def _said(kind: str, value: object) -> str:
    if value is None:
        return ""
    try:
        return " · ".join(_dated(row) for row in checked_rows(kind, value))
    except WrongFact:
        return "…"


def _dated(row: Dated) -> str:
    days = {"start": row.valid_from and day(row.valid_from), "end": row.valid_to and day(row.valid_to)}
    if days["start"] and days["end"]:
        return _("From %(start)s to %(end)s: %(value)s") % {**days, "value": said(row.value)}
    if days["start"]:
        return _("From %(start)s: %(value)s") % {**days, "value": said(row.value)}
    if days["end"]:
        return _("Until %(end)s: %(value)s") % {**days, "value": said(row.value)}
    return said(row.value)


def unknown_and_stale(on: datetime.date) -> list[tuple[str, list[str], list[str], list[str]]]:
    """Return (country, unknown kinds, stale kinds, kinds from general knowledge), all by name."""
    found = []
    for code in countries():
        by: dict[str, list[str]] = {"unknown": [], "stale": [], "general": [], "read": []}
        for kind in KINDS:
            by[standing(playbook(code).fact(kind, on=on), on=on)].append(kind_name(kind))
        found.append((code, by["unknown"], by["stale"], by["general"]))
    return found
