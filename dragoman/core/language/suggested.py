"""Entries that a glossary may want: what the lexicon of shops calls things, and short sentences the memory knows."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.core.language import lexicon
from dragoman.core.language.glossary_models import GlossaryTerm
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import pair_of
from dragoman.kit.tags import match
from dragoman.kit.text import fold

_MOST_WORDS = 3


@dataclass(frozen=True)
class Suggested:
    """A word in two languages that the glossary has not; `origin` is lexicon or memory."""

    source: str
    target: str
    origin: str


def suggested(workspace_id: int, *, source: str, target: str, most: int = 20) -> list[Suggested]:
    """Return words for a pair of languages that the glossary lacks, those the team itself used first."""
    terms = GlossaryTerm.objects.filter(
        workspace_id=workspace_id, language__startswith=source.partition("-")[0]
    )
    known = set(terms.values_list("folded", flat=True))
    found: dict[str, Suggested] = {}
    for one in (*_from_memory(workspace_id, source, target), *_from_lexicon(source, target)):
        if fold(one.source) not in known and fold(one.source) not in found:
            found[fold(one.source)] = one
        if len(found) >= most:
            break
    return list(found.values())


def _from_memory(workspace_id: int, source: str, target: str) -> Iterator[Suggested]:
    units = MemoryUnit.objects.filter(workspace_id=workspace_id, pair=pair_of(source, target), used__gte=1)
    for unit in units.order_by("-used", "-pk")[:200]:
        short = len(unit.source.split()) <= _MOST_WORDS and len(unit.source) <= 40 and "{" not in unit.source
        if short and unit.source[-1:].isalpha():
            yield Suggested(unit.source, unit.target, "memory")


def _from_lexicon(source: str, target: str) -> Iterator[Suggested]:
    if not match(source, lexicon.languages()) or not match(target, lexicon.languages()):
        return
    mine, theirs = lexicon.entries(source), lexicon.entries(target)
    for concept, wordings in mine.items():
        one, other = _whole(wordings), _whole(theirs.get(concept, []))
        if one and other:
            yield Suggested(one, other, "lexicon")


def _whole(wordings: list[str]) -> str:
    """Return the first wording that is a word and no stem."""
    return next((wording for wording in wordings if "*" not in wording), "")
