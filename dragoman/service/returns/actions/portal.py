"""Opening and closing a brand's return portal."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.ground.events.actions import publish

from ..errors import BadPolicy, NotALead
from ..events import ReturnPortalChanged
from ..models import ReturnPortal


@transaction.atomic
def set_portal(
    workspace_id: int,
    *,
    agent: Agent,
    brand_id: int,
    is_open: bool,
    offers_exchange: bool,
    offers_credit: bool,
) -> ReturnPortal:
    """Decide whether customers return by themselves, and for what. Raises NotALead, BadPolicy (no such brand)."""
    if not agent.can_lead:
        raise NotALead
    if not brands_of(workspace_id).filter(pk=brand_id).exists():
        raise BadPolicy("brand", _("There is no such brand."))
    row, _made = ReturnPortal.objects.update_or_create(
        workspace_id=workspace_id,
        brand_id=brand_id,
        defaults={
            "is_open": is_open,
            "offers_exchange": offers_exchange,
            "offers_credit": offers_credit,
            "agent": agent,
            "changed_at": timezone.now(),
        },
    )
    publish(ReturnPortalChanged(brand_id=brand_id, agent_id=agent.pk))
    return row
