"""One text under review as the page shows it: sentence by sentence, with differences, checks and suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dragoman.core.language.entities.dates import dates
from dragoman.core.language.entities.found import Entity
from dragoman.core.language.glossary import term_faults, terms_in
from dragoman.core.language.memory import suggestions
from dragoman.core.language.numerals import number_faults
from dragoman.core.language.ports import Opened
from dragoman.core.language.side_by_side import (
    Pair,
    differences,
    highlighted,
    joined,
    side_by_side,
)
from dragoman.ground.design.functions import format_number

from . import words


@dataclass(frozen=True)
class Check:
    """Something that looks wrong: `bad` is a fault, else it is only told."""

    title: str
    text: str
    bad: bool = True


@dataclass(frozen=True)
class Suggestion:
    """Another wording, and what is good about it."""

    text: str
    why: str


@dataclass(frozen=True)
class Segment:
    """A sentence beside its translation as it is now."""

    n: int
    source: Sequence[tuple[bool, str]]
    said: str
    now: str
    changes: Sequence[tuple[str, str]] = ()
    checks: Sequence[Check] = ()
    suggestions: Sequence[Suggestion] = ()
    is_current: bool = False


@dataclass(frozen=True)
class Reading:
    """The whole text; `general` are checks of no single sentence."""

    segments: Sequence[Segment]
    general: Sequence[Check] = field(default_factory=tuple)

    @property
    def faults(self) -> int:
        """Return how many checks there are."""
        return len(self.general) + sum(len(segment.checks) for segment in self.segments)

    @property
    def is_edited(self) -> bool:
        """Say whether anything was changed."""
        return any(segment.now != segment.said for segment in self.segments)


def pairs_of(opened: Opened) -> list[Pair]:
    """Return the sentences of what was written beside what was made of it."""
    return side_by_side(
        opened.text, opened.said, source_language=opened.source, target_language=opened.target
    )


def text_of(opened: Opened, said: Sequence[str]) -> str | None:
    """Return the text that edited sentences make; None where there are not as many as there should be."""
    pairs = pairs_of(opened)
    clean = [one.replace("\r\n", "\n") for one in said]
    return joined(pairs, clean) if len(pairs) == len(clean) else None


def reading_of(opened: Opened, edited: Sequence[str] | None = None) -> Reading:
    """Return a text as the page shows it, with what was edited so far."""
    pairs = pairs_of(opened)
    done = opened.state not in ("waiting", "returned")
    if edited is None or len(edited) != len(pairs):
        edited = [pair.target for pair in pairs]
    before = opened.machine or opened.said
    first = side_by_side(opened.text, before, source_language=opened.source, target_language=opened.target)
    machine = [pair.target for pair in first] if len(first) == len(pairs) else [pair.target for pair in pairs]
    if done and opened.kept:
        last = side_by_side(
            opened.text, opened.kept, source_language=opened.source, target_language=opened.target
        )
        edited = [pair.target for pair in last] if len(last) == len(pairs) else edited
    segments = [
        _segment(opened, n, pair, made, now.replace("\r\n", "\n"), done=done)
        for n, (pair, made, now) in enumerate(zip(pairs, machine, edited, strict=True), start=1)
    ]
    at = next((place for place, one in enumerate(segments) if one.checks), 0)
    if segments and not done:
        segments[at] = Segment(**{**segments[at].__dict__, "is_current": True})
    found = Reading(segments, _general(opened, segments))
    return found


def _segment(opened: Opened, n: int, pair: Pair, made: str, now: str, *, done: bool) -> Segment:
    checks, ideas = ([], []) if done else _checked(pair.source, now, opened)
    if not done and now != pair.target:
        ideas.append(Suggestion(pair.target, _("as it was")))
    return Segment(
        n=n,
        source=_source(pair.source, opened),
        said=pair.target,
        now=now,
        changes=differences(made, now, opened.target) if now != made else (),
        checks=checks,
        # the same words are offered once
        suggestions=list({idea.text: idea for idea in reversed(ideas)}.values())[::-1][:3],
    )


def _source(text: str, opened: Opened) -> Sequence[tuple[bool, str]]:
    """Return a sentence in pieces: what must come through and the words of the glossary are marked."""
    found = terms_in(text, language=opened.source, scope=opened.scope)
    marked = [(one.start, one.end) for one in found if not one.part]
    return highlighted(text, language=opened.source, terms=opened.scope.terms, also=marked)


def _checked(source: str, now: str, opened: Opened) -> tuple[list[Check], list[Suggestion]]:
    if source and not now.strip():
        return [Check(_("Nothing here."), _("This sentence has no translation."))], []
    pair = {"source": opened.source, "target": opened.target}
    checks, ideas = _numbers(source, now, **pair)
    for fault in term_faults(source, now, scope=opened.scope, **pair):
        checks.append(Check(_("Term."), words.fault(fault), bad=fault.startswith("forbidden")))
    if opened.scope.workspace_id is not None and source:
        for near in suggestions(source, scope=opened.scope, most=3, **pair):
            if near.text != now:
                share = {"score": format_number(near.score)}
                why = _("remembered, %(score)s %%") % share
                if near.other_form:
                    why = _("remembered, %(score)s %%, another form of address") % share
                ideas.append(Suggestion(near.text, why))
    return checks, ideas


def _numbers(text: str, now: str, *, source: str, target: str) -> tuple[list[Check], list[Suggestion]]:
    faults = number_faults(*_without_dates(text, now, source, target), source=source, target=target)
    lost, added = (
        [fault.partition(":")[2] for fault in faults if fault.startswith(kind)]
        for kind in ("number:", "added:")
    )
    if not lost and not added:
        return [], []
    words = {"lost": ", ".join(lost), "added": ", ".join(added)}
    if not lost:
        said = _("The source does not say %(added)s.") % words
    elif added:
        said = _("The source says %(lost)s, the translation %(added)s.") % words
    else:
        said = _("%(lost)s is missing in the translation.") % words
    mended = now.replace(added[0], lost[0]) if len(lost) == len(added) == 1 else ""
    # only where the figures stand there as they were read
    fits = bool(mended) and now.count(added[0]) == 1
    return [Check(_("Number differs."), said)], ([Suggestion(mended, _("fixes the number"))] if fits else [])


def _without_dates(text: str, now: str, source: str, target: str) -> tuple[str, str]:
    """Leave out the dates that both name, however each writes them."""
    here, there = list(dates(text, source)), list(dates(now, target))
    both = {one.value for one in here} & {one.value for one in there}
    return _without(text, here, both), _without(now, there, both)


def _without(text: str, found: Sequence[Entity], values: set[str]) -> str:
    for one in sorted(found, key=lambda entity: -entity.start):
        if one.value in values:
            text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _general(opened: Opened, segments: Sequence[Segment]) -> list[Check]:
    """Return the faults told when it was translated that are not plain to see at a sentence."""
    if opened.state not in ("waiting", "returned"):
        return []
    now = "".join(segment.now for segment in segments)
    found = []
    for fault in opened.faults:
        kind, _colon, piece = fault.partition(":")
        if kind in ("number", "added") and segments:
            continue
        if kind == "lost" and (piece in now or any(segment.checks for segment in segments)):
            continue
        found.append(Check(_("Check this."), words.fault(fault)))
    return found


def edited_in(form: Mapping[str, Any]) -> list[str]:
    """Return the sentences as a form sent them."""
    return [str(one) for one in form.getlist("segment")]  # type: ignore[attr-defined]
