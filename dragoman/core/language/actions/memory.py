"""Remembering what people approved, and forgetting it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.errors import NoUnit
from dragoman.core.language.events import MemoryChanged
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import LONGEST, bands_of, key_of, pair_of, remembered_as
from dragoman.core.language.sentences import sentences_of
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, normalise, same

_BATCH = 500


@dataclass(frozen=True)
class Pair:
    """A text and how a person approved it in another language (BCP 47 tags).

    `names` are people named in it, who become `{name}`; `conversation_id` is where it was said.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    brand_id: int | None = None
    market: str = ""
    origin: str = "person"
    origin_id: int | None = None
    conversation_id: int | None = None
    names: Sequence[str] = ()
    agent_id: int | None = None
    author: str = ""


def remember(workspace_id: int, pairs: Iterable[Pair]) -> int:
    """Keep pairs sentence by sentence, the newest wording for each; returns how many sentences were kept.

    Sentences with card numbers, passwords or other secrets, and those where something personal stands on one side
    only, are left out.
    """
    units: dict[tuple[object, ...], MemoryUnit] = {}
    for pair in pairs:
        for unit in _units(workspace_id, pair):
            units[(unit.pair, unit.key, unit.brand_id, unit.market)] = unit
    rows = list(units.values())
    for start in range(0, len(rows), _BATCH):
        with transaction.atomic():
            MemoryUnit.objects.bulk_create(
                rows[start : start + _BATCH],
                update_conflicts=True,
                unique_fields=["workspace", "pair", "key", "brand", "market"],
                update_fields=[
                    "source", "target", "source_language", "target_language", "origin", "origin_id",
                    "conversation_id", "agent", "author", "changed_at",
                ],
            )  # fmt: skip
    return len(rows)


def _units(workspace_id: int, pair: Pair) -> Iterable[MemoryUnit]:
    source_language, target_language = normalise(pair.source_language), normalise(pair.target_language)
    if not source_language or not target_language or same(source_language, target_language):
        return
    for source, target in aligned(clean(pair.source), clean(pair.target), source_language, target_language):
        shaped = remembered_as(
            source,
            target,
            source_language=source_language,
            target_language=target_language,
            names=pair.names,
            told=pair.conversation_id is not None,
        )
        if shaped is None or not any(letter.isalpha() for letter in shaped[0]):
            continue
        code = pair_of(source_language, target_language)
        yield MemoryUnit(
            workspace_id=workspace_id,
            brand_id=pair.brand_id,
            market=pair.market,
            source_language=source_language,
            target_language=target_language,
            source=shaped[0],
            target=shaped[1],
            pair=code,
            key=key_of(shaped[0]),
            bands=bands_of(shaped[0], workspace_id=workspace_id, pair=code),
            origin=pair.origin,
            origin_id=pair.origin_id,
            conversation_id=pair.conversation_id,
            agent_id=pair.agent_id,
            author=pair.author[:120],
            changed_at=timezone.now(),
        )


def aligned(source: str, target: str, source_language: str, target_language: str) -> list[tuple[str, str]]:
    """Return the sentences of two texts beside each other: by sentence, else by line, else whole."""
    one = [sentences_of(line, source_language) for line in _lines(source)]
    other = [sentences_of(line, target_language) for line in _lines(target)]
    if len(one) != len(other):
        whole = " ".join(source.split()), " ".join(target.split())
        return [whole] if whole[0] and whole[1] and max(map(len, whole)) <= LONGEST else []
    pairs: list[tuple[str, str]] = []
    for here, there, line, said in zip(one, other, _lines(source), _lines(target), strict=True):
        if len(here) == len(there):
            pairs += [(a.text, b.text) for a, b in zip(here, there, strict=True)]
        else:
            pairs.append((line, said))
    return [pair for pair in pairs if all(pair) and max(map(len, pair)) <= LONGEST]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def forget_conversations(workspace_id: int, conversation_ids: Sequence[int]) -> None:
    """Forget what was said in conversations that go."""
    MemoryUnit.objects.filter(workspace_id=workspace_id, conversation_id__in=list(conversation_ids)).delete()


def replace_origin(workspace_id: int, *, origin: str, origin_id: int, pairs: Iterable[Pair]) -> None:
    """Let what came from one macro or article be what it says now."""
    with transaction.atomic():
        MemoryUnit.objects.filter(workspace_id=workspace_id, origin=origin, origin_id=origin_id).delete()
        remember(workspace_id, pairs)


def note_used(workspace_id: int, keys: Sequence[str], pair: str) -> None:
    """Count that remembered sentences were sent."""
    MemoryUnit.objects.filter(workspace_id=workspace_id, pair=pair, key__in=list(keys)).update(
        used=F("used") + 1, used_at=timezone.now()
    )


def _may(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise Refusal(_("Your role does not allow this: ask a lead."), code="not_allowed", status=403)


def add_pair(workspace_id: int, pair: Pair, *, agent: Agent | None) -> MemoryUnit:
    """Keep one sentence as somebody wrote it; raises Refusal `bad_language`, `empty`, `too_long`, `personal`."""
    _may(agent)
    source, target = " ".join(clean(pair.source).split()), " ".join(clean(pair.target).split())
    for tag in (pair.source_language, pair.target_language):
        if not is_known(tag):
            raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    if same(pair.source_language, pair.target_language):
        raise Refusal(_("The two languages are the same."), code="bad_language", status=422)
    if not source or not target:
        raise Refusal(_("Write the sentence in both languages."), code="empty", status=422)
    if max(len(source), len(target)) > LONGEST:
        raise Refusal(_("A sentence has at most 2,000 characters."), code="too_long", status=422)
    shaped = remembered_as(
        source, target, source_language=pair.source_language, target_language=pair.target_language
    )
    if shaped is None:
        raise Refusal(
            _("A number, address or code stands in one of the two only: nothing personal is remembered."),
            code="personal",
            status=422,
        )
    code = pair_of(pair.source_language, pair.target_language)
    facts = {
        "source": shaped[0],
        "target": shaped[1],
        "source_language": normalise(pair.source_language),
        "target_language": normalise(pair.target_language),
        "bands": bands_of(shaped[0], workspace_id=workspace_id, pair=code),
        "origin": pair.origin,
        "agent": agent,
        "author": (agent.name if agent else pair.author)[:120],
        "changed_at": timezone.now(),
    }
    with transaction.atomic():
        mine = MemoryUnit.objects.filter(
            workspace_id=workspace_id, pair=code, key=key_of(shaped[0]), market=pair.market
        )
        mine = mine.filter(brand=None) if pair.brand_id is None else mine.filter(brand_id=pair.brand_id)
        unit = mine.first() or MemoryUnit(
            workspace_id=workspace_id,
            pair=code,
            key=key_of(shaped[0]),
            market=pair.market,
            brand_id=pair.brand_id,
        )
        for name, value in facts.items():
            setattr(unit, name, value)
        unit.save()
        publish(MemoryChanged(unit_id=unit.pk))
    return unit


def change_unit(unit: MemoryUnit, pair: Pair, *, agent: Agent | None) -> MemoryUnit:
    """Write a remembered sentence anew: another one takes its place where it is another sentence."""
    _may(agent)
    with transaction.atomic():
        kept = add_pair(unit.workspace_id, pair, agent=agent)
        if kept.pk != unit.pk:
            unit.delete()
    return kept


def forget_unit(unit: MemoryUnit, *, agent: Agent | None) -> None:
    """Forget one sentence."""
    _may(agent)
    number = unit.pk
    with transaction.atomic():
        unit.delete()
        publish(MemoryChanged(unit_id=number))


def get_unit(workspace_id: int, unit_id: int) -> MemoryUnit:
    """Return one remembered sentence; raises NoUnit."""
    found = MemoryUnit.objects.filter(workspace_id=workspace_id, pk=unit_id).first()
    if found is None:
        raise NoUnit
    return found
