"""One text in one language as its page shows it: beside the source, with what changed there, and who gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.scope import Scope
from dragoman.core.language.side_by_side import differences
from dragoman.core.language.translate import translate
from dragoman.core.texts.localised import (
    Entry,
    cell_of,
    is_stale,
    served,
    state_of,
    wordings_of,
    words_at,
)
from dragoman.core.texts.models import Variant
from dragoman.core.texts.slots import filled, slots_in, unknown_slots
from dragoman.ground.design.functions import format_date
from dragoman.kit.errors import Unavailable
from dragoman.kit.tags import is_known, is_market, normalise
from dragoman.kit.variants import EVERY, key_of

from .words import looked_at, variant_name, who_gets


@dataclass(frozen=True)
class Draft:
    """What stands in the field, not stored: `suggested` is what a machine said, `problem` why it was not taken."""

    words: str
    suggested: str = ""
    problem: str = ""
    is_conflict: bool = False


@dataclass(frozen=True)
class Change:
    """What became of the source since a text was written: pieces as (`same`, `del` or `ins`, the piece)."""

    at: Any
    pieces: Sequence[tuple[str, str]]


def suggestion(entry: Entry, language: str, market: str, draft: Draft) -> Draft:
    """Return the source as an engine or the phrasebook says it; what stood in the field stays where none can."""
    source = entry.source
    if source is None or language == EVERY:
        return draft
    scope = Scope(
        workspace_id=source.workspace_id,
        brand_id=entry.brand.pk if entry.brand else None,
        market=market,
        purpose="macro",
    )
    try:
        found = translate(source.words, source=source.language, target=language, scope=scope)
    except Unavailable:
        found = None
    if found is None:
        return Draft(
            draft.words, problem=_("No engine can translate this now. Write it yourself, or order it.")
        )
    return Draft(found.text, suggested=found.text if found.machine else "")


def page_of(
    agent: Agent,
    entry: Entry,
    language: str,
    market: str,
    draft: Draft | None,
    *,
    for_language: str,
    for_market: str,
) -> dict[str, Any]:
    """Return what the page shows."""
    mine, source = entry.find(language, market), entry.source
    words = draft.words if draft else mine.words if mine else ""
    state = state_of(entry, mine)
    if mine is None and not market and language != EVERY:
        state = cell_of(entry, language).state
    return {
        "entry": entry,
        "language": language,
        "market": market,
        "name": variant_name(key_of(language, market)),
        "mine": mine,
        "source": source,
        "is_source": source is not None and mine is not None and mine.pk == source.pk,
        "state": state,
        "draft": draft,
        "words": words,
        "change": _change(entry, mine),
        "lacking": _lacking(source, mine, words),
        "open_slots": unknown_slots([words], known=entry.of.slots) if entry.of.is_open else [],
        "others": _others(entry, mine),
        "earlier": wordings_of(mine) if mine else [],
        "by": _written_by(mine),
        **_preview(agent, entry, language, market, words, for_language, for_market),
    }


def _written_by(one: Variant | None) -> str:
    return one.agent.name if one is not None and one.agent is not None else ""


def _change(entry: Entry, mine: Variant | None) -> Change | None:
    """Return what changed in the source since; without pieces where its older words are forgotten."""
    source = entry.source
    if mine is None or source is None or not is_stale(entry, mine):
        return None
    before = words_at(source, mine.source_version) if mine.source_version else None
    pieces = differences(before, source.words, source.language) if before is not None else []
    return Change(source.written_at, pieces)


def _lacking(source: Variant | None, mine: Variant | None, words: str) -> list[str]:
    """Return the slots of the source that the text leaves out."""
    if source is None or not words or (mine is not None and mine.pk == source.pk):
        return []
    there = set(slots_in(words))
    return [f"{{{slot}}}" for slot in slots_in(source.words) if slot not in there]


def _others(entry: Entry, mine: Variant | None) -> list[tuple[Variant, str, str]]:
    """Return the other variants as (variant, its name, its state)."""
    return [(one, variant_name(one.name), state_of(entry, one)) for one in entry.variants if one != mine]


def _preview(
    agent: Agent, entry: Entry, language: str, market: str, words: str, for_language: str, for_market: str
) -> dict[str, Any]:
    tag = normalise(for_language)
    tag = tag if tag and is_known(tag) else agent.workspace.language
    country = for_market.upper() if is_market(for_market) else ""
    texts = dict(entry.texts)
    if words.strip():
        texts[key_of(language, market)] = words.strip()
    found = served(entry, language=tag, market=country, texts=texts)
    return {
        "for_language": tag,
        "for_market": country,
        "sentence": who_gets(found, language=tag, market=country),
        "got": filled(found.words, _samples(agent, entry)) if found else "",
        "got_language": found.language if found and found.language != EVERY else "",
        "steps": looked_at(found.looked) if found else [],
    }


def _samples(agent: Agent, entry: Entry) -> Mapping[str, str]:
    brand = entry.brand.name if entry.brand else _("Your shop")
    return {
        "customer.name": _("Somchai"),
        "name": _("Somchai"),
        "agent.name": agent.name,
        "agent.signature": agent.name,
        "brand.name": brand,
        "brand": brand,
        "order": "KSL-20418",
        "number": "1204",
        "today": format_date(timezone.now(), agent.time_zone),
    }
