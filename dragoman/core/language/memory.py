"""What people approved before is said again, before any engine is asked, and shown where it is only near."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from dragoman.core.language.actions.memory import Pair, remember
from dragoman.core.language.glossary import term_faults
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import (
    Shape,
    bands_of,
    filled,
    key_of,
    pair_of,
    plain,
    shapes_of,
)
from dragoman.core.language.scope import Scope
from dragoman.core.language.sentences import Sentence, joined, sentences_of
from dragoman.core.language.tone.check import is_in_form
from dragoman.core.language.tone.market import MarketFacts, facts_for
from dragoman.core.language.translation import Translation

__all__ = ["NAME", "Pair", "Suggestion", "remember", "remembered", "suggestions"]

NAME = "memory"
LEAST = 75  # percent; below that a remembered sentence helps nobody
_OTHER_FORM = 10  # percent that a sentence in another form of address than is wanted is farther away
_NEAR = 60  # candidates that are compared letter by letter
_LONGEST_TEXT = 20_000
_MOST_SENTENCES = 200


@dataclass(frozen=True)
class Suggestion:
    """A remembered sentence near one of a text: `score` in percent, `differs` what is other in it.

    `differs` are (what is done, the piece): `same`, `gone` (only in what is remembered), `new` (only in the text);
    `other_form` says that it speaks to the customer otherwise than is wanted: du, not Sie.
    """

    unit_id: int
    score: int
    sentence: str
    source: str
    text: str
    origin: str
    differs: tuple[tuple[str, str], ...] = ()
    other_form: bool = False


def remembered(texts: Sequence[str], *, source: str, target: str, scope: Scope) -> list[Translation | None]:
    """Return, for each text, what people approved for it in this scope, or None.

    A text of several sentences is known when each of them is; what no longer says the glossary's words is not used.
    """
    nothing: list[Translation | None] = [None] * len(texts)
    if scope.workspace_id is None or not source or not target:
        return nothing
    cut = [_sentences(text, source) for text in texts]
    shapes = {
        one.text: shapes_of(one.text, source, scope.names) for several in cut for one in several if one.text
    }
    known = _known({shape.text for several in shapes.values() for shape in several}, source, target, scope)
    if not known:
        return nothing
    return [
        _answer(text, several, shapes, known, source=source, target=target, scope=scope)
        for text, several in zip(texts, cut, strict=True)
    ]


def keys_in(text: str, language: str, names: Sequence[str]) -> list[str]:
    """Return the keys under which the sentences of a text may be remembered."""
    cut = _sentences(text, language)
    return [key_of(shape.text) for one in cut for shape in shapes_of(one.text, language, names)]


def _sentences(text: str, language: str) -> list[Sentence]:
    if len(text) > _LONGEST_TEXT:
        return []
    cut = sentences_of(text, language)
    return cut if len(cut) <= _MOST_SENTENCES else []


def _answer(
    text: str,
    cut: Sequence[Sentence],
    shapes: dict[str, list[Shape]],
    known: dict[str, MemoryUnit],
    *,
    source: str,
    target: str,
    scope: Scope,
) -> Translation | None:
    said: list[str] = []
    for one in cut:
        spoken = _spoken(shapes[one.text], known, source, target)
        if spoken is None:
            return None
        said.append(spoken)
    if not said:
        return None
    whole = joined([one.gap for one in cut], said, target)
    if term_faults(text, whole, source=source, target=target, scope=scope):
        return None
    return Translation(whole, engine=NAME, confidence=1.0, machine=False)


def _spoken(shapes: Sequence[Shape], known: dict[str, MemoryUnit], source: str, target: str) -> str | None:
    for shape in shapes:
        unit = known.get(key_of(shape.text))
        spoken = filled(unit.target, shape, source_language=source, target_language=target) if unit else None
        if spoken is not None:
            return spoken
    return None


def units_of(workspace_id: int) -> QuerySet[MemoryUnit]:
    """All remembered sentences of a workspace, the newest first."""
    return MemoryUnit.objects.filter(workspace_id=workspace_id).order_by("-changed_at", "-pk")


def searched(
    workspace_id: int, *, words: str = "", source: str = "", target: str = "", brand_id: int | None = None
) -> QuerySet[MemoryUnit]:
    """Remembered sentences with all these words on either side, narrowed by languages and brand, the newest first."""
    found = units_of(workspace_id).select_related("brand")
    for word in words.split()[:8]:
        found = found.filter(Q(source__icontains=word) | Q(target__icontains=word))
    if source:
        found = found.filter(pair__startswith=pair_of(source, "")).filter(pair__contains=">")
    if target:
        found = found.filter(pair__endswith=pair_of("", target))
    return found if brand_id is None else found.filter(Q(brand=None) | Q(brand_id=brand_id))


def _known(shapes: set[str], source: str, target: str, scope: Scope) -> dict[str, MemoryUnit]:
    """Return the best unit for each key: of the brand and market first, then of all brands, the newest first."""
    assert scope.workspace_id is not None
    keys = {key_of(shape) for shape in shapes}
    found = MemoryUnit.objects.filter(
        workspace_id=scope.workspace_id, pair=pair_of(source, target), key__in=keys
    )
    best: dict[str, MemoryUnit] = {}
    facts = _facts_of(scope)
    for unit in sorted(found, key=lambda one: (_nearness(one, scope), one.changed_at), reverse=True):
        if unit.key not in best and _serves(unit, scope) and _is_in_form(unit, scope, facts):
            best[unit.key] = unit
    return best


def _serves(unit: MemoryUnit, scope: Scope) -> bool:
    """Say whether a unit may answer by itself: another brand's, or another market's, is only shown."""
    return unit.brand_id in (None, scope.brand_id) and unit.market in ("", scope.market)


def _facts_of(scope: Scope) -> MarketFacts | None:
    """Return what holds for the brand in the market; None where the form of address is not looked at."""
    if not scope.is_outgoing and not scope.form:
        return None
    return facts_for(scope.workspace_id, scope.brand_id, scope.market)


def _is_in_form(unit: MemoryUnit, scope: Scope, facts: MarketFacts | None) -> bool:
    """Say whether a unit speaks to the customer as the scope wants it; what comes in is heard as it is."""
    if facts is None:
        return True
    return is_in_form(
        unit.target, language=unit.target_language, market=scope.market, form=scope.form, facts=facts
    )


def _nearness(unit: MemoryUnit, scope: Scope) -> tuple[bool, bool]:
    return unit.brand_id is not None and unit.brand_id == scope.brand_id, bool(unit.market) and (
        unit.market == scope.market
    )


def suggestions(text: str, *, source: str, target: str, scope: Scope, most: int = 3) -> list[Suggestion]:
    """Return remembered sentences near the sentences of a text, the nearest first, from 75 percent on."""
    if scope.workspace_id is None or not source or not target:
        return []
    found: dict[int, Suggestion] = {}
    for one in _sentences(text, source)[-12:]:
        for near in _near(one.text, source, target, scope):
            if near.unit_id not in found or found[near.unit_id].score < near.score:
                found[near.unit_id] = near
    return sorted(found.values(), key=lambda one: -one.score)[:most]


def _near(sentence: str, source: str, target: str, scope: Scope) -> list[Suggestion]:
    shape = shapes_of(sentence, source, scope.names)[0]
    assert scope.workspace_id is not None
    pair = pair_of(source, target)
    bands = bands_of(shape.text, workspace_id=scope.workspace_id, pair=pair)
    with connection.cursor() as cursor:
        cursor.execute("SELECT found FROM language_memory_by_bands(%s::int[], %s)", [bands, _NEAR])
        ids = [pk for (pk,) in cursor.fetchall()]
    units = MemoryUnit.objects.filter(workspace_id=scope.workspace_id, pair=pair, pk__in=ids) if ids else []
    wanted, facts = plain(shape.text), _facts_of(scope)
    near: list[Suggestion] = []
    for unit in units:
        score = _score(wanted, plain(unit.source), unit, scope)
        if score < LEAST:
            continue
        other_form = not _is_in_form(unit, scope, facts)
        score -= _OTHER_FORM if other_form else 0
        said = filled(unit.target, shape, source_language=source, target_language=target)
        if score >= LEAST:
            near.append(
                Suggestion(
                    unit_id=unit.pk,
                    score=score,
                    sentence=sentence,
                    source=unit.source,
                    text=said if said is not None else unit.target,
                    origin=unit.origin,
                    differs=differences(unit.source, shape.text),
                    other_form=other_form,
                )
            )
    return sorted(near, key=lambda one: -one.score)


def _score(wanted: str, known: str, unit: MemoryUnit, scope: Scope) -> int:
    score = int(fuzz.ratio(wanted, known))
    return score if wanted == known and _serves(unit, scope) else min(score, 99)


def differences(known: str, now: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of two sentences, word by word: `same`, `gone` and `new`."""
    one, other = _words(known), _words(now)
    parts: list[tuple[str, str]] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            parts.append(("same", "".join(one[step.src_start : step.src_end])))
        if step.tag in ("delete", "replace"):
            parts.append(("gone", "".join(one[step.src_start : step.src_end])))
        if step.tag in ("insert", "replace"):
            parts.append(("new", "".join(other[step.dest_start : step.dest_end])))
    return tuple(parts)


def _words(text: str) -> list[str]:
    parts: list[str] = []
    for index, word in enumerate(text.split(" ")):
        parts += ([" "] if index else []) + (list(word) if not word.isascii() and len(word) > 24 else [word])
    return parts
