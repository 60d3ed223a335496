"""Asking a chat model that a workspace has among its engines for something else than a translation.

The same rules hold: which engines there are and in which order, whether anything may leave the house, the budget, the
log of what left. What is asked here is asked with little patience, and whoever asks can do without an answer.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection

from dragoman.core.connections.spending import UsedUp
from dragoman.core.language.asking import Call, counted
from dragoman.core.language.engines import Machine
from dragoman.core.language.line_up import line_up
from dragoman.core.language.scope import Scope
from dragoman.ground.providers.translation.openai import ChatServer
from dragoman.ground.providers.translation.ports import Unusable
from dragoman.kit.errors import OutsideError
from dragoman.kit.memo import Memo

_REST: Final = 30.0  # seconds for which a model that did not answer is not asked again
# whom somebody waited for in vain; that an engine is slow here does not make it one that cannot translate
_resting: Memo[tuple[str, str], bool] = Memo(seconds=_REST)


def chat_model_for(scope: Scope, language: str) -> Machine | None:
    """Return the first chat model that may be given texts in a language (BCP 47), None where there is none."""
    return next((one for one in line_up(scope, language, language) if _is_model(one)), None)


def _is_model(machine: Machine) -> bool:
    return isinstance(machine.engine, ChatServer)


def told(
    machine: Machine,
    task: str,
    material: Mapping[str, Any],
    *,
    call: Call,
    scope: Scope,
    patience: float,
) -> Mapping[str, Any] | None:
    """Return the object that a model answers to a task about some material; None where none came in time.

    `patience` in seconds. A machine elsewhere is waited for: never inside a transaction.
    """
    assert not connection.in_atomic_block
    engine, place = machine.engine, (machine.key, machine.url)
    if not isinstance(engine, ChatServer) or _resting.peek(place):
        return None
    try:
        return counted(machine, call, lambda: engine.told(task, material, patience=patience), scope=scope)
    except (UsedUp, Unusable):
        # the material may have made it so: others need not wait for that
        return None
    except OutsideError:
        _resting.get(place, lambda: True)
        return None
