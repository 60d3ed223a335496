"""Asking one engine: within the budget, with what leaves the house logged first, and never twice for the same."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from dragoman.core.connections.spending import (
    EVERYTHING,
    NO_LIMIT,
    Limit,
    Taken,
    UsedUp,
    give_back,
    take,
)
from dragoman.core.connections.vendor_accounts import accounts_of, note_call
from dragoman.core.language.actions.engines import (
    keep_answer,
    note_belongs,
    note_departure,
    tell_used_up,
)
from dragoman.core.language.engine_models import EngineAnswer
from dragoman.core.language.engines import Machine
from dragoman.core.language.line_up import policy_of
from dragoman.core.language.scope import Scope
from dragoman.core.language.translation import Translation
from dragoman.core.language.vendors import FAMILY
from dragoman.ground.providers.translation.ports import Translated, Wish
from dragoman.kit.errors import OutsideError


@dataclass(frozen=True)
class Call:
    """What an engine is given: from which language into which, how many texts, with how many characters."""

    source: str
    target: str
    texts: int
    characters: int


def ask(
    machine: Machine, texts: Sequence[str], source: str, target: str, *, wish: Wish, scope: Scope
) -> list[Translated | None]:
    """Let an engine translate; raises Unavailable, Rejected, or UsedUp where the budget does not hold it."""
    call = Call(source, target, len(texts), sum(map(len, texts)))
    return counted(machine, call, lambda: machine.translate(texts, source, target, wish), scope=scope)


Said = TypeVar("Said")


def counted(machine: Machine, call: Call, make: Callable[[], Said], *, scope: Scope) -> Said:
    """Make a call of an engine and return what it said; raises as `ask` does.

    For a workspace the call is counted, and logged if the texts leave the house, before it is made: what was sent is
    known even if no answer came.
    """
    machine.refuse_while_down()
    if scope.workspace_id is None:
        return make()
    taken = _taken(scope.workspace_id, machine, call.characters)
    if not machine.is_at_home:
        note_departure(
            scope.workspace_id,
            engine=machine.key,
            vendor=machine.engine.name,
            host=machine.host[:253],
            source=call.source,
            target=call.target,
            texts=call.texts,
            characters=taken.characters,
            purpose=scope.purpose[:20],
            conversation_id=scope.conversation_id,
        )
    try:
        said = make()
    except OutsideError as error:
        give_back(taken)
        _note(scope.workspace_id, machine, str(error))
        raise
    _note(scope.workspace_id, machine, "")
    return said


def _note(workspace_id: int, machine: Machine, error: str) -> None:
    if machine.account_id is not None:
        note_call(workspace_id, machine.account_id, error=error)


def _taken(workspace_id: int, machine: Machine, characters: int) -> Taken:
    policy = policy_of(workspace_id)
    mine = accounts_of(workspace_id, family=FAMILY).filter(pk=machine.account_id or 0).first()
    limits = {
        machine.key: Limit(mine.most_characters, mine.most_money) if mine else NO_LIMIT,
        EVERYTHING: Limit(policy.most_characters, policy.most_money),
    }
    try:
        return take(
            workspace_id,
            family=FAMILY,
            engine=machine.key,
            characters=characters,
            price=mine.price if mine else 0,
            limits=limits,
            is_bought=not machine.is_at_home,
        )
    except UsedUp as full:
        tell_used_up(workspace_id, engine=full.engine, name=mine.name if mine and full.engine else "")
        raise


def digests_of(
    machine: Machine, texts: Sequence[str], source: str, target: str, *, wish: Wish, scope: Scope
) -> list[str]:
    """Name, for each text, everything that makes an engine's answer what it is."""
    manner = [
        machine.key,
        machine.url,
        source,
        target,
        wish.register,
        wish.context,
        *map(list, wish.glossary),
    ]
    told = [*manner, scope.brand_id, scope.market, list(scope.terms)]
    head = hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode())
    found = []
    for text in texts:
        whole = head.copy()
        whole.update(text.encode())
        found.append(whole.hexdigest())
    return found


def kept_answers(digests: Sequence[str], scope: Scope) -> Mapping[str, Translation]:
    """Return what is kept of these, and note that this conversation has it too."""
    if scope.workspace_id is None:
        return {}
    found = EngineAnswer.objects.filter(
        workspace_id=scope.workspace_id, digest__in=list(digests), expires_at__gt=timezone.now()
    )
    kept = {one.digest: Translation(one.text, one.engine, one.confidence) for one in found}
    if kept and scope.conversation_id is not None:
        note_belongs(scope.workspace_id, digests=list(kept), conversation_id=scope.conversation_id)
    return kept


def keep(digest: str, made: Translation, scope: Scope) -> None:
    """Keep an answer that has no fault."""
    if scope.workspace_id is not None and not made.faults:
        keep_answer(
            scope.workspace_id,
            digest=digest,
            engine=made.engine,
            text=made.text,
            confidence=made.confidence,
            conversation_id=scope.conversation_id,
        )
