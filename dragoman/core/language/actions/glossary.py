"""Making, changing, approving and removing the entries of a glossary."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.events import GlossaryChanged
from dragoman.core.language.glossary import glossaries
from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, is_market, normalise
from dragoman.kit.text import fold

LONGEST_WORD = 200
LONGEST_NOTE = 2_000
MOST_WORDS = 300  # of one entry
MOST_ENTRIES = 50_000  # of a workspace


@dataclass(frozen=True)
class Worded:
    """One word of an entry as somebody writes it; without a language it is the same in all."""

    text: str
    language: str = ""
    market: str = ""
    use: str = "preferred"


@dataclass(frozen=True)
class WrittenEntry:
    """An entry as somebody writes it."""

    words: Sequence[Worded]
    brand_id: int | None = None
    keep: bool = False
    case_sensitive: bool = False
    speech: str = ""
    note: str = ""
    status: str = "approved"
    origin: str = field(default="person")


def save_entry(
    workspace_id: int, *, agent: Agent | None, written: WrittenEntry, entry: GlossaryEntry | None = None
) -> GlossaryEntry:
    """Store a new entry, or change one; who may not lead proposes. Agent None is a program, checked at its door.

    Raises Refusal `empty`, `too_long`, `bad_language`, `bad_market`, `not_allowed`, `too_many`.
    """
    words = checked_words(written)
    leads = agent is None or agent.can_lead
    if not leads and (entry is not None or not (agent and agent.can_reply)):
        raise Refusal(
            _("Leads keep the glossary: propose a new entry instead."), code="not_allowed", status=403
        )
    if entry is None and GlossaryEntry.objects.filter(workspace_id=workspace_id).count() >= MOST_ENTRIES:
        raise Refusal(_("A glossary has at most 50,000 entries."), code="too_many", status=422)
    kept = entry or GlossaryEntry(workspace_id=workspace_id, agent=agent, origin=written.origin)
    kept.brand_id = written.brand_id
    kept.keep = written.keep
    kept.case_sensitive = written.case_sensitive
    kept.speech = written.speech if written.speech in GlossaryEntry.Speech.values else ""
    kept.note = clean(written.note).strip()[:LONGEST_NOTE]
    kept.status = written.status if leads else GlossaryEntry.Status.PROPOSED
    kept.changed_at = timezone.now()
    with transaction.atomic():
        kept.save()
        put_words(kept, words)
        publish(GlossaryChanged(entry_id=kept.pk))
        transaction.on_commit(glossaries.forget)
    glossaries.forget()
    return kept


def put_words(entry: GlossaryEntry, words: Sequence[Worded]) -> None:
    """Let an entry have exactly these words."""
    GlossaryTerm.objects.filter(workspace_id=entry.workspace_id, entry_id=entry.pk).delete()
    GlossaryTerm.objects.bulk_create([term_of(entry.workspace_id, entry.pk, word) for word in words])


def term_of(workspace_id: int, entry_id: int, word: Worded) -> GlossaryTerm:
    """Return a word as it is stored."""
    return GlossaryTerm(
        workspace_id=workspace_id,
        entry_id=entry_id,
        language=word.language,
        market=word.market,
        text=word.text,
        folded=fold(word.text)[:400],
        use=word.use,
    )


def checked_words(written: WrittenEntry) -> list[Worded]:
    """Return the words of an entry in their stored form, each once; raises Refusal."""
    found: dict[tuple[str, str, str], Worded] = {}
    for word in list(written.words)[:MOST_WORDS]:
        text = " ".join(clean(word.text).split())
        if not text.strip("* "):
            continue
        if len(text) > LONGEST_WORD:
            raise Refusal(_("A term has at most 200 characters."), code="too_long", status=422)
        language, market = normalise(word.language), word.market.upper()
        if word.language and not (language and is_known(language)):
            raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
        if market and not is_market(market):
            raise Refusal(_("Give a market as two letters such as “FI”."), code="bad_market", status=422)
        if not language and not written.keep and word.use != GlossaryTerm.Use.FORBIDDEN:
            raise Refusal(_("Say in which language each term is."), code="bad_language", status=422)
        use = word.use if word.use in GlossaryTerm.Use.values else GlossaryTerm.Use.PREFERRED
        found[(language, market, text)] = Worded(text, language, market, use)
    if not found:
        raise Refusal(_("Write the term in at least one language."), code="empty", status=422)
    return list(found.values())


def approve_entry(entry: GlossaryEntry, *, agent: Agent | None) -> None:
    """Let a proposed entry count."""
    _may_lead(agent)
    with transaction.atomic():
        entry.status = GlossaryEntry.Status.APPROVED
        entry.changed_at = timezone.now()
        entry.save(update_fields=["status", "changed_at"])
        publish(GlossaryChanged(entry_id=entry.pk))
    glossaries.forget()


def remove_entry(entry: GlossaryEntry, *, agent: Agent | None) -> None:
    """Take an entry away."""
    _may_lead(agent)
    number = entry.pk
    with transaction.atomic():
        GlossaryTerm.objects.filter(workspace_id=entry.workspace_id, entry_id=number).delete()
        entry.delete()
        publish(GlossaryChanged(entry_id=number))
    glossaries.forget()


def keep_words(workspace_id: int, *, brand_id: int | None, words: Sequence[str]) -> None:
    """Let nobody translate these words, each an entry of its own; those that are kept already stay."""
    kept = GlossaryTerm.objects.filter(workspace_id=workspace_id, entry__keep=True)
    mine = kept.filter(entry__brand=None) if brand_id is None else kept.filter(entry__brand_id=brand_id)
    there = set(mine.values_list("folded", flat=True))
    for word in words:
        if fold(word) not in there:
            there.add(fold(word))
            written = WrittenEntry(
                [Worded(word)], brand_id=brand_id, keep=True, speech="properNoun", origin="brand"
            )
            save_entry(workspace_id, agent=None, written=written)


def _may_lead(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise Refusal(_("Your role does not allow this: ask a lead."), code="not_allowed", status=403)
