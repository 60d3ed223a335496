"""Setting limits and stand-ins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.ground.events.actions import publish
from dragoman.kit.money import MOST, is_currency

from ...authority_models import ActionKind, ActionReason, AuthorityLimit, Holder, StandIn
from ...events import AuthorityChanged, StandInChanged
from ...models import Agent
from ..errors import BeyondYours, LimitsAreLeads, LimitTaken, NoLimit, WrongLimit, WrongStandIn

KEYS = ("one", "month", "customer")
MOST_CURRENCIES = 60
MOST_A_DAY = 10_000


@dataclass(frozen=True)
class LimitWritten:
    """A limit as somebody wrote it: for `role` or `agent_id`; sums are minor units (see AuthorityLimit)."""

    role: str = ""
    agent_id: int | None = None
    kind: str = ""
    market: str = ""
    reason: str = ""
    decision: str = AuthorityLimit.Decision.ALLOW
    sums: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    other_currencies: bool = False
    per_day: int | None = None


def save_limit(
    workspace_id: int, *, agent: Agent | None, written: LimitWritten, limit_id: int | None = None
) -> AuthorityLimit:
    """Store a limit, a new one without an id; None as agent is the API, checked at its door.

    Raises LimitsAreLeads, BeyondYours, NoLimit, LimitTaken, WrongLimit.
    """
    row = get_limit(workspace_id, limit_id) if limit_id else AuthorityLimit(workspace_id=workspace_id)
    if limit_id:
        _check_may_set(agent, role=row.role, holder=row.agent)
    values = checked(workspace_id, written)
    holder = values["agent"]
    assert holder is None or isinstance(holder, Agent)
    _check_may_set(agent, role=str(values["role"]), holder=holder)
    for name, value in {**values, "changed_at": timezone.now()}.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(force_insert=not limit_id, force_update=bool(limit_id))
            publish(AuthorityChanged(limit_id=row.pk, agent_id=agent.pk if agent else 0))
    except IntegrityError as fault:
        if "authority_limit_once" not in str(fault):
            raise
        raise LimitTaken from None
    return row


def remove_limit(workspace_id: int, *, agent: Agent | None, limit_id: int) -> None:
    """Remove a limit: a more general one holds from now on. Raises LimitsAreLeads, BeyondYours, NoLimit."""
    row = get_limit(workspace_id, limit_id)
    _check_may_set(agent, role=row.role, holder=row.agent)
    with transaction.atomic():
        row.delete()
        publish(AuthorityChanged(limit_id=limit_id, agent_id=agent.pk if agent else 0))


def get_limit(workspace_id: int, limit_id: int) -> AuthorityLimit:
    """Return a limit; raises NoLimit."""
    found = AuthorityLimit.objects.filter(workspace_id=workspace_id, pk=limit_id).select_related("agent")
    row = found.first()
    if row is None:
        raise NoLimit
    return row


def _check_may_set(agent: Agent | None, *, role: str, holder: Agent | None) -> None:
    """Let leads set limits of others below them; owners all: nobody gives themselves authority."""
    if agent is None or agent.can_own:
        return
    if not agent.can_lead:
        raise LimitsAreLeads
    above = {Holder.OWNER, Holder.API, Holder.LEAD}
    if role in above or (holder is not None and (holder.pk == agent.pk or holder.role in above)):
        raise BeyondYours


def checked(workspace_id: int, written: LimitWritten) -> dict[str, object]:
    """Return a limit as it is kept; raises WrongLimit."""
    holder = None
    if written.agent_id is not None:
        holder = Agent.objects.filter(workspace_id=workspace_id, pk=written.agent_id).first()
        if holder is None:
            raise WrongLimit(_("Choose somebody of this workspace."), place="agent")
    if (holder is None) == (not written.role) or (written.role and written.role not in Holder.values):
        raise WrongLimit(_("A limit is for a role or for one person: choose one of them."), place="role")
    if written.kind and written.kind not in ActionKind.values:
        raise WrongLimit(_("There is no such action."), place="kind")
    if written.reason and written.reason not in ActionReason.values:
        raise WrongLimit(_("There is no such reason."), place="reason")
    if written.decision not in AuthorityLimit.Decision.values:
        raise WrongLimit(_("Say what becomes of such an action."), place="decision")
    if written.per_day is not None and not 0 <= written.per_day <= MOST_A_DAY:
        raise WrongLimit(_("A day has 0 to 10,000 actions."), place="per_day")
    return {
        "role": written.role,
        "agent": holder,
        "kind": written.kind,
        "market": written.market.upper()[:2],
        "reason": written.reason,
        "decision": written.decision,
        "sums": _checked_sums(written.sums),
        "other_currencies": written.other_currencies,
        "per_day": written.per_day,
    }


def _checked_sums(sums: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    if len(sums) > MOST_CURRENCIES:
        raise WrongLimit(_("At most 60 currencies."), place="sums")
    for code, amounts in sums.items():
        if not is_currency(code):
            raise WrongLimit(
                _("There is no currency “%(code)s”: give one such as EUR.") % {"code": code[:8]}, place="sums"
            )
        if not set(amounts) <= set(KEYS) or not all(0 <= one <= MOST for one in amounts.values()):
            raise WrongLimit(_("A sum is 0 or more."), place="sums")
        if amounts.get("month", MOST) < amounts.get("one", 0):
            said = _(
                "In %(code)s a sum of a month is below that of one action: raise the one or lower the other."
            )
            raise WrongLimit(said % {"code": code}, place="sums")
    return {code: dict(amounts) for code, amounts in sorted(sums.items())}


@transaction.atomic
def set_stand_in(
    owner: Agent, *, agent: Agent | None, deputy: Agent | None, starts_at: datetime, ends_at: datetime
) -> None:
    """Say who decides for `owner` while they are away, nobody without a deputy; by themselves or by a lead.

    Raises LimitsAreLeads, WrongStandIn.
    """
    if agent is not None and agent.pk != owner.pk and not agent.can_lead:
        raise LimitsAreLeads
    mine = StandIn.objects.filter(workspace_id=owner.workspace_id, agent_id=owner.pk)
    if deputy is None:
        mine.delete()
    else:
        stranger = deputy.workspace_id != owner.workspace_id or deputy.pk == owner.pk
        if stranger or not deputy.can_reply or ends_at <= starts_at:
            raise WrongStandIn
        StandIn.objects.update_or_create(
            workspace_id=owner.workspace_id,
            agent_id=owner.pk,
            defaults={"deputy": deputy, "starts_at": starts_at, "ends_at": ends_at},
        )
    publish(StandInChanged(agent_id=owner.pk, deputy_id=deputy.pk if deputy else 0))
