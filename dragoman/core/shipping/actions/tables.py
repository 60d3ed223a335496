"""Keeping a brand's tables and terms: a file takes the place of the whole table, or changes nothing."""

import datetime
from collections.abc import Sequence
from typing import Final, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..events import ShippingChanged
from ..files import Read
from ..models import DutyRate, ShippingRate, ShippingTerms
from ..places import checked_country, checked_places

_BATCH = 1000
MOST_HANDLING_DAYS: Final = 60
Row = TypeVar("Row", ShippingRate, DutyRate)


class NotALead(Refusal):
    """Only leads say what sending costs."""

    code = "not_allowed"
    status = 403
    message = _("Only leads change what sending costs: ask one of them.")


def _may(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise NotALead


def replace_rates(workspace_id: int, *, agent: Agent | None, brand_id: int, read: Read[ShippingRate]) -> int:
    """Put a file's rates in place of those a brand has, and return how many; raises Refusal `bad_file`."""
    _may(agent)
    rows = _ready(workspace_id, brand_id, read)
    with transaction.atomic():
        ShippingRate.objects.filter(workspace_id=workspace_id, brand_id=brand_id).delete()
        ShippingRate.objects.bulk_create(rows, batch_size=_BATCH)
        publish(ShippingChanged(brand_id=brand_id, what="rates"))
    return len(rows)


def replace_duties(workspace_id: int, *, agent: Agent | None, brand_id: int, read: Read[DutyRate]) -> int:
    """Put a file's rates of duty in place of those a brand has, and return how many; raises Refusal `bad_file`."""
    _may(agent)
    rows = _ready(workspace_id, brand_id, read)
    with transaction.atomic():
        DutyRate.objects.filter(workspace_id=workspace_id, brand_id=brand_id).delete()
        DutyRate.objects.bulk_create(rows, batch_size=_BATCH)
        publish(ShippingChanged(brand_id=brand_id, what="duty"))
    return len(rows)


def _ready(workspace_id: int, brand_id: int, read: Read[Row]) -> list[Row]:
    if read.problems:
        first = read.problems[0]
        said = _("Line %(line)s: %(said)s Nothing was changed.") % {"line": first.line, "said": first.said}
        raise Refusal(said, code="bad_file", status=422)
    for row in read.rows:
        row.workspace_id, row.brand_id = workspace_id, brand_id
    return read.rows


def save_terms(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    sends_from: str,
    ddp: Sequence[str],
    registered: Sequence[str],
) -> ShippingTerms:
    """Say how a brand sends; raises NotALead, and Refusal `bad_country` for what is no country."""
    _may(agent)
    values = {
        "sends_from": checked_country(sends_from) if sends_from else "",
        "ddp": checked_places(ddp),
        "registered": checked_places(registered),
        "changed_at": timezone.now(),
    }
    with transaction.atomic():
        terms, _made = ShippingTerms.objects.update_or_create(
            workspace_id=workspace_id, brand_id=brand_id, defaults=values
        )
        publish(ShippingChanged(brand_id=brand_id, what="terms"))
    return terms


def save_dispatch(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    cut_off: datetime.time | None,
    handling_days: int | None,
) -> ShippingTerms:
    """Say until when an order is taken up the same day, and how many working days later it is handed over.

    Raises NotALead, and Refusal `bad_days` for more than 60.
    """
    _may(agent)
    if handling_days is not None and not 0 <= handling_days <= MOST_HANDLING_DAYS:
        raise Refusal(_("Orders are handed over within 60 working days."), code="bad_days", status=422)
    values = {"cut_off": cut_off, "handling_days": handling_days, "changed_at": timezone.now()}
    with transaction.atomic():
        terms, _made = ShippingTerms.objects.update_or_create(
            workspace_id=workspace_id, brand_id=brand_id, defaults=values
        )
        publish(ShippingChanged(brand_id=brand_id, what="terms"))
    return terms
