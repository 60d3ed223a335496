"""Bringing a file's terms or sentences in: first what would change, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language.events import GlossaryChanged, MemoryChanged
from dragoman.core.language.exchange import Problem, Read, ReadEntry
from dragoman.core.language.glossary import entries_of, glossaries
from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm
from dragoman.core.language.memory_models import WaitingFile
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal
from dragoman.kit.text import fold

from .glossary import MOST_ENTRIES, Worded, checked_words, term_of
from .memory import Pair, remember

_BATCH = 500


@dataclass
class Plan:
    """What a file would change. `changed` are (entry that is there, what it becomes)."""

    made: list[ReadEntry] = field(default_factory=list)
    changed: list[tuple[GlossaryEntry, ReadEntry]] = field(default_factory=list)
    same: int = 0
    pairs: list[Pair] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    @property
    def is_whole(self) -> bool:
        """Say whether it can be brought in."""
        return not self.problems


def _brand_ids(workspace_id: int) -> dict[str, int]:
    return {brand.slug: brand.pk for brand in brands_of(workspace_id)}


_Key = tuple[int | None, str, str, str]


def _keys(brand_id: int | None, words: Sequence[Worded | GlossaryTerm]) -> list[_Key]:
    return [
        (brand_id, word.language, word.market, fold(word.text)) for word in words if word.use != "forbidden"
    ] or [(brand_id, word.language, word.market, fold(word.text)) for word in words]


def plan_glossary(workspace_id: int, read: Read) -> Plan:
    """Say what would become of a file's entries: one that shares a word in a language with one that is there changes
    it, what it says of a language counts, and languages it does not name stay."""
    plan = Plan(problems=list(read.problems), more=read.more)
    brands = _brand_ids(workspace_id)
    known: dict[_Key, GlossaryEntry] = {}
    there = list(entries_of(workspace_id))
    for entry in there:
        for key in _keys(entry.brand_id, list(entry.terms.all())):
            known.setdefault(key, entry)
    for one in read.entries:
        if one.brand and one.brand not in brands:
            plan.problems.append(
                Problem(one.line, _now("There is no brand “%(brand)s”.") % {"brand": one.brand[:40]})
            )
            continue
        try:
            words = checked_words(one.written)
        except Refusal as refusal:
            plan.problems.append(Problem(one.line, str(refusal)))
            continue
        written = replace(one.written, words=words, brand_id=brands.get(one.brand))
        found = next((known[key] for key in _keys(written.brand_id, words) if key in known), None)
        for word in words:
            plan.languages[word.language] = plan.languages.get(word.language, 0) + 1
        fresh = ReadEntry(one.line, written, one.brand)
        if found is None:
            plan.made.append(fresh)
        elif _merged(found, fresh) == _as_is(found):
            plan.same += 1
        else:
            plan.changed.append((found, fresh))
    if len(there) + len(plan.made) > MOST_ENTRIES:
        plan.problems.append(Problem(0, _now("A glossary has at most 50,000 entries.")))
    return plan


_Facts = tuple[frozenset[tuple[str, str, str, str]], bool, bool, str, str]


def _as_is(entry: GlossaryEntry) -> _Facts:
    words = frozenset((term.language, term.market, term.text, term.use) for term in entry.terms.all())
    return words, entry.keep, entry.case_sensitive, entry.speech, entry.note


def _merged(entry: GlossaryEntry, fresh: ReadEntry) -> _Facts:
    written = fresh.written
    named = {(word.language, word.market) for word in written.words}
    stay = {
        (term.language, term.market, term.text, term.use)
        for term in entry.terms.all()
        if (term.language, term.market) not in named
    }
    words = stay | {(word.language, word.market, word.text, word.use) for word in written.words}
    return (
        frozenset(words),
        written.keep,
        written.case_sensitive,
        written.speech or entry.speech,
        written.note or entry.note,
    )


def _may(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise Refusal(_("Your role does not allow this: ask a lead."), code="not_allowed", status=403)


def _refuse_problems(plan: Plan) -> None:
    if not plan.is_whole:
        raise Refusal(
            _("Nothing was brought in: the file has faults."),
            code="bad_file",
            status=422,
            details={"errors": [{"line": one.line, "message": one.said} for one in plan.problems]},
        )


def import_glossary(workspace_id: int, read: Read, *, agent: Agent | None) -> Plan:
    """Bring a file's entries in, all of them or none; raises Refusal `bad_file` with its faults."""
    _may(agent)
    with transaction.atomic():
        plan = plan_glossary(workspace_id, read)
        _refuse_problems(plan)
        now = timezone.now()
        rows = [
            GlossaryEntry(
                workspace_id=workspace_id,
                agent=agent,
                brand_id=one.written.brand_id,
                keep=one.written.keep,
                case_sensitive=one.written.case_sensitive,
                speech=one.written.speech,
                note=one.written.note[:2000],
                status=one.written.status,
                origin="import",
                changed_at=now,
            )
            for one in plan.made
        ]
        GlossaryEntry.objects.bulk_create(rows, batch_size=_BATCH)
        terms = [
            term_of(workspace_id, row.pk, word)
            for row, one in zip(rows, plan.made, strict=True)
            for word in one.written.words
        ]
        for entry, fresh in plan.changed:
            terms += _change(entry, fresh)
        GlossaryTerm.objects.bulk_create(terms, batch_size=_BATCH, ignore_conflicts=True)
        publish(GlossaryChanged(entry_id=0))
    glossaries.forget()
    return plan


def _change(entry: GlossaryEntry, fresh: ReadEntry) -> list[GlossaryTerm]:
    words, entry.keep, entry.case_sensitive, entry.speech, entry.note = _merged(entry, fresh)
    entry.changed_at = timezone.now()
    entry.save(update_fields=["keep", "case_sensitive", "speech", "note", "changed_at"])
    GlossaryTerm.objects.filter(workspace_id=entry.workspace_id, entry_id=entry.pk).delete()
    return [
        term_of(entry.workspace_id, entry.pk, Worded(text, language, market, use))
        for language, market, text, use in sorted(words)
    ]


def plan_memory(workspace_id: int, read: Read) -> Plan:
    """Say what would become of a file's pairs."""
    plan = Plan(problems=list(read.problems), more=read.more)
    brands = _brand_ids(workspace_id)
    for one in read.pairs:
        if one.brand and one.brand not in brands:
            plan.problems.append(
                Problem(one.line, _now("There is no brand “%(brand)s”.") % {"brand": one.brand[:40]})
            )
            continue
        plan.pairs.append(replace(one.pair, brand_id=brands.get(one.brand)))
        name = f"{one.pair.source_language} → {one.pair.target_language}"
        plan.languages[name] = plan.languages.get(name, 0) + 1
    return plan


def import_memory(workspace_id: int, read: Read, *, agent: Agent | None) -> int:
    """Bring a file's pairs in and return how many sentences are kept; raises Refusal `bad_file` with its faults.

    Every pair is looked at before the first is stored. Sentences with something personal are left out.
    """
    _may(agent)
    plan = plan_memory(workspace_id, read)
    _refuse_problems(plan)
    kept = remember(workspace_id, plan.pairs)
    with transaction.atomic():
        publish(MemoryChanged(unit_id=0))
    return kept


def keep_file(agent: Agent, *, kind: str, name: str, content: bytes) -> None:
    """Keep a file until its agent has looked at what it would change, at most a day."""
    mine = WaitingFile.objects.filter(workspace_id=agent.workspace_id)
    with transaction.atomic():
        mine.filter(created_at__lt=timezone.now() - timedelta(days=1)).delete()
        mine.filter(agent=agent, kind=kind).delete()
        WaitingFile.objects.create(
            workspace_id=agent.workspace_id, agent=agent, kind=kind, name=name[:255], content=content
        )


def waiting_file(agent: Agent, kind: str) -> WaitingFile | None:
    """Return the file an agent looked at last, None where there is none."""
    since = timezone.now() - timedelta(days=1)
    mine = WaitingFile.objects.filter(workspace_id=agent.workspace_id, agent=agent, kind=kind)
    return mine.filter(created_at__gte=since).first()


def drop_file(agent: Agent, kind: str) -> None:
    """Forget the file an agent looked at."""
    WaitingFile.objects.filter(workspace_id=agent.workspace_id, agent=agent, kind=kind).delete()
