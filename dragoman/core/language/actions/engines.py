"""Changing a workspace's engines and rules, and keeping what was asked of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Role
from dragoman.core.accounts.queries import agents_of
from dragoman.core.connections.spending import EVERYTHING, first_to_tell, forget_told
from dragoman.core.connections.vendor_accounts import (
    Terms,
    add_account,
    change_account,
    get_account,
    remove_account,
    switch_account,
    vendor_secrets,
)
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.notifications.actions import Notice, notify
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal
from dragoman.kit.money import is_currency
from dragoman.kit.tags import is_known, normalise

from ..engine_models import Departure, EngineAnswer, EngineOrder
from ..events import EnginesChanged
from ..line_up import ANY, all_engines, forget_possible
from ..models import LanguagePolicy
from ..vendors import FAMILY, check_place, place_from

# An answer is asked for again within minutes (a draft that is typed on) or days (a sentence sent often).
KEPT = timedelta(days=7)
# A text that is in no conversation belongs to nobody who could have it erased.
KEPT_ALONE = timedelta(hours=12)
LOGGED = timedelta(days=400)
_KEEP = """
INSERT INTO language_engineanswer AS a
  (workspace_id, digest, engine, text, confidence, faults, conversation_ids, expires_at)
VALUES (%(workspace)s, %(digest)s, %(engine)s, %(text)s, %(confidence)s, '[]', %(of)s::bigint[], %(until)s)
ON CONFLICT (workspace_id, digest) DO UPDATE SET text = excluded.text, confidence = excluded.confidence,
  expires_at = excluded.expires_at, conversation_ids = CASE WHEN a.conversation_ids @> excluded.conversation_ids
  THEN a.conversation_ids ELSE a.conversation_ids || excluded.conversation_ids END
"""
_BELONGS = """
UPDATE language_engineanswer SET conversation_ids = conversation_ids || %(of)s::bigint[]
WHERE workspace_id = %(workspace)s AND digest = ANY(%(digests)s) AND NOT conversation_ids @> %(of)s::bigint[]
"""


@transaction.atomic
def add_engine(workspace_id: int, *, vendor: str, given: Mapping[str, str], terms: Terms) -> VendorAccount:
    """Give a workspace an engine of its own; raises Refusal `bad_engine`, `name_taken` ..."""
    account = add_account(workspace_id, family=FAMILY, place=place_from(vendor, given), terms=terms)
    _changed(workspace_id, account.pk)
    return account


@transaction.atomic
def change_engine(account: VendorAccount, *, terms: Terms, secrets: Mapping[str, str] | None = None) -> None:
    """Store new terms, and new secrets if there are any; raises Refusal."""
    if secrets:
        place = place_from(
            account.vendor,
            {"address": account.address, **account.settings, **vendor_secrets(account), **secrets},
        )
        check_place(place, patience=terms.patience)
        secrets = place.secrets
    change_account(account, terms=terms, secrets=secrets)
    _changed(account.workspace_id, account.pk)


@transaction.atomic
def switch_engine(account: VendorAccount, *, is_on: bool) -> None:
    """Ask an engine no more, or again."""
    state = VendorAccount.State.NEW if is_on else VendorAccount.State.OFF
    switch_account(account, state=state)
    _changed(account.workspace_id, account.pk)


@transaction.atomic
def remove_engine(workspace_id: int, account_id: int) -> None:
    """Take an engine away with its secrets; the log of what it was given stays. Raises NotFound."""
    account = get_account(workspace_id, account_id, family=FAMILY)
    for order in EngineOrder.objects.filter(workspace_id=workspace_id, engines__contains=[account.key]):
        left = [key for key in order.engines if key != account.key]
        EngineOrder.objects.filter(workspace_id=workspace_id, pk=order.pk).update(engines=left)
    remove_account(account)
    _changed(workspace_id, account_id)


@dataclass(frozen=True)
class Rules:
    """What a workspace decides about its engines; money in minor units of the currency."""

    stays_home: bool
    currency: str = "EUR"
    most_characters: int | None = None
    most_money: int | None = None


@transaction.atomic
def set_rules(workspace_id: int, *, rules: Rules) -> None:
    """Store whether texts may leave the house, and what all engines together may use in a month."""
    if not is_currency(rules.currency.upper()):
        raise Refusal(_("Give a currency such as EUR."), code="bad_budget", status=422)
    for number in (rules.most_characters, rules.most_money):
        if number is not None and not 0 <= number <= 2_000_000_000:
            raise Refusal(
                _("Prices and budgets are whole numbers, not negative."), code="bad_budget", status=422
            )
    LanguagePolicy.objects.update_or_create(
        workspace_id=workspace_id,
        defaults={
            "stays_home": rules.stays_home,
            "currency": rules.currency.upper(),
            "most_characters": rules.most_characters,
            "most_money": rules.most_money,
        },
    )
    forget_told(workspace_id, family=FAMILY, engine=EVERYTHING)
    _changed(workspace_id, 0)


@transaction.atomic
def set_order(workspace_id: int, *, source: str, target: str, engines: Sequence[str]) -> None:
    """Store which engines are asked for a pair, `*` for any language; none take the rule away.

    Raises Refusal `bad_pair` or `bad_engine`.
    """
    pair = tuple(_tag(one) for one in (source, target))
    known = {machine.key for machine in all_engines(workspace_id)}
    known |= {
        account.key for account in VendorAccount.objects.filter(workspace_id=workspace_id, family=FAMILY)
    }
    strange = [key for key in engines if key not in known]
    if strange or len(set(engines)) < len(engines):
        raise Refusal(_("Name engines that there are, each once."), code="bad_engine", status=422)
    mine = EngineOrder.objects.filter(workspace_id=workspace_id, source=pair[0], target=pair[1])
    if not engines:
        mine.delete()
    else:
        EngineOrder.objects.update_or_create(
            workspace_id=workspace_id, source=pair[0], target=pair[1], defaults={"engines": list(engines)}
        )
    _changed(workspace_id, 0)


def _tag(written: str) -> str:
    if written == ANY:
        return ANY
    if not is_known(written):
        raise Refusal(_("Give languages such as “fi”, or “*” for any."), code="bad_pair", status=422)
    return normalise(written)


def _changed(workspace_id: int, account_id: int) -> None:
    forget_possible()
    publish(EnginesChanged(workspace_id=workspace_id, account_id=account_id))


def note_departure(workspace_id: int, **facts: Any) -> None:
    """Log, before it happens, that texts leave the house."""
    Departure.objects.create(workspace_id=workspace_id, **facts)


def keep_answer(
    workspace_id: int, *, digest: str, engine: str, text: str, confidence: float, conversation_id: int | None
) -> None:
    """Keep what an engine said for a while."""
    of = [] if conversation_id is None else [conversation_id]
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "workspace": workspace_id, "digest": digest, "engine": engine, "text": text,
                "confidence": confidence, "of": of,
                "until": timezone.now() + (KEPT if of else KEPT_ALONE),
            },
        )  # fmt: skip


def note_belongs(workspace_id: int, *, digests: Sequence[str], conversation_id: int) -> None:
    """Note that kept answers were given for one more conversation: they go when that one goes."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BELONGS, {"workspace": workspace_id, "digests": list(digests), "of": [conversation_id]}
        )


def forget_conversations(workspace_id: int, conversation_ids: Sequence[int]) -> None:
    """Forget what engines said in conversations that are taken away; the log forgets which ones they were."""
    ids = list(conversation_ids)
    EngineAnswer.objects.filter(workspace_id=workspace_id, conversation_ids__overlap=ids).delete()
    Departure.objects.filter(workspace_id=workspace_id, conversation_id__in=ids).update(conversation_id=None)


def forget_old() -> None:
    """Forget, in all workspaces that the caller may see, answers that are over and a log older than 400 days."""
    EngineAnswer.objects.filter(expires_at__lt=timezone.now()).delete()
    Departure.objects.filter(at__lt=timezone.now() - LOGGED).delete()


@transaction.atomic
def tell_used_up(workspace_id: int, *, engine: str, name: str) -> None:
    """Tell the leads, once a month, that a budget is used up; `engine` is empty for the workspace's own."""
    if not first_to_tell(workspace_id, family=FAMILY, engine=engine):
        return
    leads = agents_of(workspace_id).filter(role__in=[Role.OWNER, Role.LEAD], is_active=True)
    month = timezone.now().strftime("%Y-%m")
    notices = [
        Notice(
            agent_id=agent.pk,
            kind="budget",
            source=f"budget:{month}:{engine}",
            topic="engines:0",
            facts={"engine": name},
        )
        for agent in leads
    ]
    notify(workspace_id, notices)
