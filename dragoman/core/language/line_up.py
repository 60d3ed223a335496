"""Which engines are asked for a workspace and a pair of languages, and in which order."""

import logging
from collections.abc import Sequence

from dragoman.core.connections.vendor_accounts import accounts_of
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.engine_models import EngineOrder
from dragoman.core.language.engines import Machine, can_or_could, machine_of, machines
from dragoman.core.language.models import LanguagePolicy
from dragoman.core.language.phrase_engine import PhrasebookEngine
from dragoman.core.language.scope import INSTALLATION, Scope
from dragoman.core.language.vendors import FAMILY
from dragoman.ground.providers.translation.ports import pair_for
from dragoman.kit.memo import Memo
from dragoman.kit.seal import Broken
from dragoman.kit.tags import base, same

log = logging.getLogger(__name__)

ANY = "*"
_MODEL = "llm"


def policy_of(workspace_id: int) -> LanguagePolicy:
    """Return what a workspace decided, the defaults where it decided nothing."""
    found = LanguagePolicy.objects.filter(workspace_id=workspace_id).first()
    return found or LanguagePolicy(workspace_id=workspace_id)


def may_leave(workspace_id: int | None) -> bool:
    """Say whether a text of this workspace may be given to anybody outside the house; asked anew each time."""
    return workspace_id is None or not policy_of(workspace_id).stays_home


def all_engines(workspace_id: int | None) -> list[Machine]:
    """Return every engine that a workspace has, its own first, in the order that counts without another word.

    The installation's language model comes last: it does what the others lack.
    """
    own = [] if workspace_id is None else _own(workspace_id)
    return [*own, *machines()]


def _own(workspace_id: int) -> list[Machine]:
    found = []
    for account in accounts_of(workspace_id, family=FAMILY).exclude(state=VendorAccount.State.OFF):
        try:
            found.append(machine_of(account))
        except (ValueError, Broken) as error:
            log.error("translation account %s left out: %s", account.pk, error)
    return found


def orders_of(workspace_id: int) -> list[EngineOrder]:
    """Return the orders of a workspace: the one for all pairs first, the exceptions by their languages."""
    found = EngineOrder.objects.filter(workspace_id=workspace_id).order_by("source", "target")
    return sorted(found, key=lambda one: (one.source != ANY, one.target != ANY, one.source, one.target))


def line_up(scope: Scope, source: str, target: str) -> list[Machine]:
    """Return the engines to ask, the first one first; none outside the house where nothing may leave it."""
    workspace_id = scope.workspace_id
    found = all_engines(workspace_id)
    if workspace_id is None:
        return found
    found = ordered(found, orders_of(workspace_id), source, target)
    return found if may_leave(workspace_id) else [machine for machine in found if machine.is_at_home]


def ordered(
    found: Sequence[Machine], orders: Sequence[EngineOrder], source: str, target: str
) -> list[Machine]:
    """Put engines in the order of the narrowest rule for a pair.

    An exception names all engines of its pair; behind the rule for all pairs come those that it does not name.
    """
    rule = _rule_for(orders, source, target)
    if rule is None:
        return list(found)
    known = {machine.key: machine for machine in found}
    named = [known[key] for key in rule.engines if key in known]
    if (rule.source, rule.target) != (ANY, ANY):
        return named
    return [*named, *(machine for machine in found if machine.key not in rule.engines)]


def _rule_for(orders: Sequence[EngineOrder], source: str, target: str) -> EngineOrder | None:
    rules = {(one.source, one.target): one for one in orders}
    for first in (source, base(source), ANY):
        for second in (target, base(target), ANY):
            if (first, second) in rules:
                return rules[first, second]
    return None


# (workspace, source, target) -> whether free text can be done; asked for every message that comes in
_possible: Memo[tuple[int | None, str, str], bool] = Memo(seconds=5)


def free_text_possible(source: str, target: str, *, workspace_id: int | None = None) -> bool:
    """Tell whether some engine can translate any text of a pair; cheap, and up to five seconds stale."""

    def ask() -> bool:
        scope = Scope(workspace_id) if workspace_id is not None else INSTALLATION
        return any(can_or_could(machine, source, target) for machine in line_up(scope, source, target))

    return ask() if workspace_id is None else bool(_possible.get((workspace_id, source, target), ask))


def forget_possible() -> None:
    """Forget which pairs could be done: the engines are others now."""
    _possible.forget()


def can_translate(source: str, target: str, *, workspace_id: int | None = None) -> bool:
    """Tell whether anything can be translated: free text by an engine, or phrases by the phrasebook."""
    in_book = pair_for(PhrasebookEngine().pairs(), source, target) is not None and not same(source, target)
    return in_book or free_text_possible(source, target, workspace_id=workspace_id)
