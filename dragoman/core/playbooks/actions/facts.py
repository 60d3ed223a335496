"""A brand's policies and corrections: never below the law, each with a line in the history."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.dated import checked_rows, plain_rows
from dragoman.ground.markets.facts import LEGAL
from dragoman.ground.markets.playbook import Fact, checked_value
from dragoman.kit.address import clean

from ..errors import BelowTheLaw, NoOverride, OnlyCorrected, SourceNeeded
from ..events import FactOverridden
from ..law import ONLY_LAW, least
from ..models import FactChange, FactOverride
from ..queries import CORRECTION, POLICY, told
from .markets import check_may_lead, checked_link

LONGEST = 2000


def set_policy(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    country: str,
    kind: str,
    value: Any,
    reason: str = "",
) -> FactOverride:
    """Say what a brand does in a country; `value` has the shape of the kind.

    Raises NotYours, NoMarket, WrongFact, OnlyCorrected, BelowTheLaw.
    """
    check_may_lead(agent)
    checked = checked_value(kind, value)
    if kind in ONLY_LAW:
        raise OnlyCorrected
    law = told(workspace_id, brand_id, country, on=_today())[kind].fact
    if law and kind in LEGAL:
        _hold_against(law, checked)
    return _store(
        workspace_id, agent, brand_id, country, kind, POLICY, checked.model_dump(mode="json"), reason=reason
    )


def correct_fact(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    country: str,
    kind: str,
    value: Any,
    source: str,
    url: str = "",
    reason: str = "",
) -> FactOverride:
    """Say that the playbook is wrong, and where it stands; a policy below it has to be raised first.

    `value` has the shape of the kind; of a dated kind (`ground/markets/dated.py`) it may be rows with their days.
    Raises NotYours, NoMarket, WrongFact, SourceNeeded, BadLink, BelowTheLaw.
    """
    check_may_lead(agent)
    rows = checked_rows(kind, value)
    if len(clean(source).strip()) < 3:
        raise SourceNeeded
    link = checked_link(url)
    known = told(workspace_id, brand_id, country, on=_today())[kind]
    if known.policy and kind in LEGAL:
        law = clean(source).strip()
        for row in rows:
            corrected = Fact(kind=kind, value=row.value, sources=(), checked=_today(), verified=True, law=law)
            _hold_against(corrected, known.policy.value)
    return _store(
        workspace_id,
        agent,
        brand_id,
        country,
        kind,
        CORRECTION,
        plain_rows(rows),
        reason=reason,
        source=source,
        url=link,
    )


def take_back(
    workspace_id: int, *, agent: Agent | None, brand_id: int, country: str, kind: str, sort: str
) -> None:
    """Take a policy or correction back, so that the playbook holds again; raises NotYours, NoOverride, BelowTheLaw."""
    check_may_lead(agent)
    with transaction.atomic():
        row = _rows(workspace_id, brand_id, country, kind, sort).select_for_update().first()
        if row is None:
            raise NoOverride
        known = told(workspace_id, brand_id, country, on=_today())[kind]
        if sort == CORRECTION and known.policy and known.written and kind in LEGAL:
            _hold_against(known.written, known.policy.value)
        before, _gone = row.value, row.delete()
        _told(workspace_id, agent, brand_id, country, kind, sort, before, None, "")


def _hold_against(law: Fact, policy: Any) -> None:
    said = least(law.kind, law=law.value, policy=policy)
    if said:
        source = next((one for one in law.sources if one.url), None)
        name = law.law or next((one.title for one in law.sources), law.kind)
        raise BelowTheLaw(
            least=said, law=name, url=(source.url if source else None) or "", verified=law.verified
        )


def _store(
    workspace_id: int,
    agent: Agent | None,
    brand_id: int,
    country: str,
    kind: str,
    sort: str,
    plain: Any,
    *,
    reason: str,
    source: str = "",
    url: str = "",
) -> FactOverride:
    with transaction.atomic():
        before = _rows(workspace_id, brand_id, country, kind, sort).select_for_update().first()
        was = before.value if before else None
        row, _made = FactOverride.objects.update_or_create(
            workspace_id=workspace_id,
            brand_id=brand_id,
            country=country,
            kind=kind,
            sort=sort,
            defaults={
                "value": plain,
                "reason": clean(reason).strip()[:LONGEST],
                "source": clean(source).strip()[:LONGEST],
                "url": url,
                "agent": agent,
                "changed_at": timezone.now(),
            },
        )
        _told(workspace_id, agent, brand_id, country, kind, sort, was, plain, row.reason)
    return row


def _told(
    workspace_id: int,
    agent: Agent | None,
    brand_id: int,
    country: str,
    kind: str,
    sort: str,
    before: Any,
    after: Any,
    reason: str,
) -> None:
    change = FactChange.objects.create(
        workspace_id=workspace_id,
        brand_id=brand_id,
        country=country,
        kind=kind,
        sort=sort,
        before=before,
        after=after,
        reason=reason,
        agent=agent,
    )
    publish(FactOverridden(brand_id=brand_id, country=country, kind=kind, change_id=change.pk))


def _rows(workspace_id: int, brand_id: int, country: str, kind: str, sort: str) -> Any:
    return FactOverride.objects.filter(
        workspace_id=workspace_id, brand_id=brand_id, country=country, kind=kind, sort=sort
    )


def _today() -> datetime.date:
    return timezone.now().date()
