"""Setting what a brand takes back: never below the law of the market it names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.core.playbooks.errors import BelowTheLaw
from dragoman.core.playbooks.queries import has_playbook, told
from dragoman.core.segments.models import Segment
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.official import best_address
from dragoman.kit.address import clean
from dragoman.kit.money import MOST, is_currency

from ..below_the_law import less_than
from ..errors import BadPolicy, NotALead, PolicyTwice
from ..events import ReturnPolicyChanged
from ..models import Method, Nature, Payer, ReturnPolicy, Starts
from ..queries import get_policy

MOST_DAYS: Final = 3650


@dataclass(frozen=True, kw_only=True)
class PolicyFacts:
    """A return policy as it is given; see `models.ReturnPolicy`."""

    name: str
    days: int
    country: str = ""
    category: str = ""
    segment_id: int | None = None
    starts: str = Starts.DELIVERY
    payer: str = Payer.CUSTOMER
    methods: Sequence[str] = field(default=(Method.OWN_CARRIER,))
    excludes: Sequence[str] = ()
    keep_below: int = 0
    keep_currency: str = ""
    refund_days: int | None = None


@transaction.atomic
def set_return_policy(
    workspace_id: int, *, agent: Agent | None, brand_id: int, facts: PolicyFacts, policy_id: int | None = None
) -> ReturnPolicy:
    """Make or change a policy; `agent` None is a program's token.

    Raises NotALead, NoPolicy, BadPolicy, PolicyTwice, BelowTheLaw (with the article).
    """
    _check_may(agent)
    row = get_policy(workspace_id, policy_id) if policy_id else ReturnPolicy(workspace_id=workspace_id)
    if not brands_of(workspace_id).filter(pk=brand_id).exists():
        raise BadPolicy("brand", _("There is no such brand."))
    for name, value in _checked(workspace_id, facts).items():
        setattr(row, name, value)
    row.brand_id, row.agent, row.changed_at = brand_id, agent, timezone.now()
    _hold_against_the_law(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise PolicyTwice from None
    _tell(row, agent)
    return row


@transaction.atomic
def remove_return_policy(workspace_id: int, *, agent: Agent | None, policy_id: int) -> None:
    """Take a policy away: what the law gives stays. Raises NotALead, NoPolicy."""
    _check_may(agent)
    row = get_policy(workspace_id, policy_id)
    _tell(row, agent)
    row.delete()


def _check_may(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise NotALead


def _tell(row: ReturnPolicy, agent: Agent | None) -> None:
    publish(
        ReturnPolicyChanged(brand_id=row.brand_id, policy_id=row.pk, agent_id=agent.pk if agent else None)
    )


def _checked(workspace_id: int, facts: PolicyFacts) -> dict[str, Any]:
    name, country = " ".join(clean(facts.name).split())[:120], facts.country.strip().upper()
    if not name:
        raise BadPolicy("name", _("Give the policy a name."))
    if not 1 <= facts.days <= MOST_DAYS:
        raise BadPolicy("days", _("Give 1 to 3650 days."))
    if country and not has_playbook(country):
        raise BadPolicy("country", _("There is no playbook for this country: leave it empty for all."))
    if facts.segment_id and not Segment.objects.filter(workspace_id=workspace_id, pk=facts.segment_id):
        raise BadPolicy("segment", _("There is no such segment."))
    _check_choices(facts)
    if not 0 <= facts.keep_below <= MOST or (facts.keep_below and not is_currency(facts.keep_currency)):
        raise BadPolicy("keep_below", _("Give an amount with its currency, such as 10 EUR."))
    if facts.refund_days is not None and not 0 <= facts.refund_days <= MOST_DAYS:
        raise BadPolicy("refund_days", _("Give 0 to 3650 days."))
    return {
        "name": name,
        "country": country,
        "category": " ".join(clean(facts.category).split())[:120],
        "segment_id": facts.segment_id,
        "days": facts.days,
        "starts": facts.starts,
        "payer": facts.payer,
        "methods": list(dict.fromkeys(facts.methods)) or [str(Method.OWN_CARRIER)],
        "excludes": list(dict.fromkeys(facts.excludes)),
        "keep_below": facts.keep_below,
        "keep_currency": facts.keep_currency if facts.keep_below else "",
        "refund_days": facts.refund_days,
    }


def _check_choices(facts: PolicyFacts) -> None:
    told_ = (
        ("starts", [facts.starts], Starts.values),
        ("payer", [facts.payer], Payer.values),
        ("methods", facts.methods, Method.values),
        ("excludes", facts.excludes, Nature.values),
    )
    for name, given, known in told_:
        if set(given) - set(known):
            raise BadPolicy(name, _("Choose of: %(known)s.") % {"known": ", ".join(known)})


def _hold_against_the_law(row: ReturnPolicy) -> None:
    """Refuse a policy for a market that says less than its law; one for all markets yields to the law by itself."""
    if not row.country:
        return
    known = told(row.workspace_id, row.brand_id, row.country, on=timezone.now().date())
    for one in less_than(known, row):
        law = one.law
        raise BelowTheLaw(least=one.least, law=law.law, url=best_address(law.sources), verified=law.verified)
