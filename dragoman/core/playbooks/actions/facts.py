"""A brand's policies and corrections: never below the law, each with a line in the history."""

import datetime
from collections.abc import Sequence
from typing import Any, NoReturn

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.dated import DATED, Row, checked_rows, plain_rows
from dragoman.ground.markets.facts import LEGAL, TimeZone
from dragoman.ground.markets.playbook import Fact, checked_value
from dragoman.ground.markets.zones import zone_in, zone_today
from dragoman.kit.address import clean

from ..errors import BelowTheLaw, LowersTheLaw, NoOverride, OnlyCorrected, SourceNeeded
from ..events import FactOverridden
from ..law import ONLY_LAW, least, lowered, over
from ..models import FactChange, FactOverride
from ..queries import CORRECTION, POLICY, rows_told, told
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
    """Say what a brand does in a country; `value` has the shape of the kind, what it leaves out of a law is the law's.

    Raises NotYours, NoMarket, WrongFact, ZoneElsewhere, OnlyCorrected, BelowTheLaw.
    """
    check_may_lead(agent)
    known = told(workspace_id, brand_id, country, on=_today()).get(kind)
    checked = checked_value(kind, over(value, known.fact) if known else value)
    _there(country, checked)
    if kind in ONLY_LAW:
        raise OnlyCorrected
    for law in known.laws if known else ():
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
    confirmed: bool = False,
) -> FactOverride:
    """Say that the playbook is wrong, and where it stands; a policy below it has to be raised first.

    `value` has the shape of the kind, what it leaves out of a law stays as it was; of a dated kind
    (`ground/markets/dated.py`) it may be rows with their days. Less than what was read of the law is only taken
    `confirmed` and with the `url` of the law's text.
    Raises NotYours, NoMarket, WrongFact, ZoneElsewhere, SourceNeeded, BadLink, LowersTheLaw, BelowTheLaw.
    """
    check_may_lead(agent)
    known = told(workspace_id, brand_id, country, on=_today()).get(kind)
    rows = checked_rows(kind, over(value, known.fact) if known else value)
    for row in rows:
        _there(country, row.value)
    if len(clean(source).strip()) < 3:
        raise SourceNeeded
    link = checked_link(url)
    lowers = _lowers(known.written, rows) if known and known.written else ""
    if lowers and known and known.written and not (confirmed and link):
        _refuse_less(known.written, lowers)
    if known and known.policy and kind in LEGAL:
        law = clean(source).strip()
        for row in rows:
            corrected = Fact(
                kind=kind, value=row.value, sources=(), checked=_today(), verified=False, law=law, own=True
            )
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
        confirmed=bool(lowers),
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


def _there(country: str, value: Any) -> None:
    """Refuse a zone of another country."""
    if isinstance(value, TimeZone):
        zone_in(country, zone_today(value.root))


def _lowers(written: Fact, rows: Sequence[Row]) -> str:
    """Return the least that was read of the law where a correction says less; "" where nobody read it."""
    if written.kind not in LEGAL or not written.verified:
        return ""
    found = (lowered(written.kind, law=written.value, correction=row.value) for row in rows)
    return next((said for said in found if said), "")


def _refuse_less(written: Fact, said: str) -> NoReturn:
    source = next((one for one in written.sources if one.url), None)
    name = written.law or next((one.title for one in written.sources), written.kind)
    raise LowersTheLaw(least=said, law=name, url=(source.url if source else None) or "")


def _hold_against(law: Fact, policy: Any) -> None:
    said = least(law.kind, law=law.value, policy=policy)
    if said:
        source = next((one for one in law.sources if one.url), None)
        name = law.law or next((one.title for one in law.sources), law.kind)
        raise BelowTheLaw(
            least=said, law=name, url=(source.url if source else None) or "", verified=law.verified or law.own
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
    confirmed: bool = False,
) -> FactOverride:
    with transaction.atomic():
        before = _rows(workspace_id, brand_id, country, kind, sort).select_for_update().first()
        was, from_playbook = (before.value, False) if before else _held(workspace_id, brand_id, country, kind)
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
                "confirmed": confirmed,
                "agent": agent,
                "changed_at": timezone.now(),
            },
        )
        _told(
            workspace_id, agent, brand_id, country, kind, sort, was, plain, row.reason, from_playbook=from_playbook
        )  # fmt: skip
    return row


def _held(workspace_id: int, brand_id: int, country: str, kind: str) -> tuple[Any, bool]:
    """Return what held before a brand's first word on it, all its rows, and whether it is the playbook's own."""
    known = told(workspace_id, brand_id, country, on=_today())[kind]
    if kind not in DATED:
        return (known.fact.plain if known.fact else None), known.fact is not None and not known.is_corrected
    facts = rows_told(workspace_id, brand_id, country, kind)
    rows = [Row(one.value, one.valid_from, one.valid_to) for one in facts]
    return (plain_rows(rows) if rows else None), bool(facts) and not any(one.own for one in facts)


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
    *,
    from_playbook: bool = False,
) -> None:
    change = FactChange.objects.create(
        workspace_id=workspace_id,
        brand_id=brand_id,
        country=country,
        kind=kind,
        sort=sort,
        before=before,
        after=after,
        from_playbook=from_playbook,
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
