"""What somebody may do: the narrowest limit that holds, and what is left of it, counted from what was taken."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from dragoman.ground.markets.errors import NoTimeZone
from dragoman.ground.markets.zones import zone

from ..authority_models import AuthorityLimit, AuthorityUse, Holder
from ..models import Agent
from .errors import NoAuthority
from .standard import standard_limits

_DECISION: Final = AuthorityLimit.Decision


class Outcome(StrEnum):
    """What becomes of what somebody wants to do."""

    ALLOWED = "allowed"
    NEEDS_APPROVAL = "needs_approval"
    REFUSED = "refused"


class Why(StrEnum):
    """What stands against it; `fits`: nothing."""

    FITS = "fits"
    ROLE = "role"  # light agents and closed seats act for nobody
    RULE = "rule"  # the limit itself says so
    NO_RULE = "no_rule"
    CURRENCY = "currency"  # no limit in this currency
    ONE = "one"
    DAY = "day"
    MONTH = "month"
    CUSTOMER = "customer"


@dataclass(frozen=True)
class Ask:
    """What somebody wants to do: `amount` in minor units of `currency`, 0 where no money moves."""

    kind: str
    market: str = ""
    reason: str = ""
    amount: int = 0
    currency: str = ""
    customer_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether it may be done, by which limit, and what is left before it; None is no limit.

    `most` is the most of one action, `left_*` are minor units of the currency asked, `left_today` a number of actions.
    """

    outcome: Outcome
    why: Why
    rule: AuthorityLimit | None = None
    most: int | None = None
    left_today: int | None = None
    left_month: int | None = None
    left_customer: int | None = None

    @property
    def allowed(self) -> bool:
        """Say whether nobody need be asked."""
        return self.outcome == Outcome.ALLOWED


def rules_of(workspace_id: int) -> list[AuthorityLimit]:
    """Return all limits: the workspace's own, and the standard ones whose place none of these takes."""
    own = list(
        AuthorityLimit.objects.filter(workspace_id=workspace_id).select_related("agent").order_by("id")
    )
    taken = {(one.role, one.kind, one.market, one.reason) for one in own if one.agent_id is None}
    standard = standard_limits(workspace_id)
    return [
        *own,
        *(one for one in standard if (one.role, one.kind, one.market, one.reason) not in taken),
    ]


def rule_for(rules: list[AuthorityLimit], agent: Agent | None, ask: Ask) -> AuthorityLimit | None:
    """Return the limit that holds: the one that names most; of two, the person's, then reason, market, kind."""
    mine = [one for one in rules if _is_for(one, agent) and _covers(one, ask)]
    return max(mine, key=_narrowness, default=None)


def _is_for(rule: AuthorityLimit, agent: Agent | None) -> bool:
    if rule.agent_id is not None:
        return agent is not None and rule.agent_id == agent.pk
    return rule.role == (agent.role if agent else Holder.API)


def _covers(rule: AuthorityLimit, ask: Ask) -> bool:
    pairs = ((rule.kind, ask.kind), (rule.market, ask.market), (rule.reason, ask.reason))
    return all(not named or named == asked for named, asked in pairs)


def _narrowness(rule: AuthorityLimit) -> tuple[int, bool, bool, bool, bool]:
    named = (bool(rule.reason), bool(rule.market), bool(rule.kind))
    return sum(named), rule.agent_id is not None, *named


def may(workspace_id: int, agent: Agent | None, ask: Ask) -> Verdict:
    """Say what somebody may do now, None is a program; two at once may hear the same: `take` is what counts."""
    return verdict_by(rules_of(workspace_id), workspace_id, agent, ask)


def verdict_by(
    rules: list[AuthorityLimit], workspace_id: int, agent: Agent | None, ask: Ask, *, used: bool = True
) -> Verdict:
    """Say what somebody may do by these limits; without `used` as if nothing had been done yet."""
    if agent is not None and not agent.can_reply:
        return Verdict(Outcome.REFUSED, Why.ROLE)
    rule = rule_for(rules, agent, ask)
    if rule is None:
        return Verdict(Outcome.NEEDS_APPROVAL, Why.NO_RULE)
    if rule.decision != _DECISION.ALLOW:
        refused = rule.decision == _DECISION.REFUSE
        return Verdict(Outcome.REFUSED if refused else Outcome.NEEDS_APPROVAL, Why.RULE, rule)
    sums: dict[str, int] = rule.sums.get(ask.currency, {})
    if ask.amount and ask.currency not in rule.sums and not rule.other_currencies:
        return Verdict(Outcome.NEEDS_APPROVAL, Why.CURRENCY, rule)
    left = _left(rule, workspace_id, agent, ask, sums) if used else _all_of(rule, sums)
    why = _against(ask, sums.get("one"), left)
    outcome = Outcome.ALLOWED if why == Why.FITS else Outcome.NEEDS_APPROVAL
    return Verdict(outcome, why, rule, sums.get("one"), left.day, left.month, left.customer)


@dataclass(frozen=True)
class _Left:
    day: int | None
    month: int | None
    customer: int | None


def _against(ask: Ask, most: int | None, left: _Left) -> Why:
    if most is not None and ask.amount > most:
        return Why.ONE
    if left.day is not None and left.day < 1:
        return Why.DAY
    if left.month is not None and ask.amount > left.month:
        return Why.MONTH
    if left.customer is not None and ask.amount > left.customer:
        return Why.CUSTOMER
    return Why.FITS


def _all_of(rule: AuthorityLimit, sums: dict[str, int]) -> _Left:
    return _Left(rule.per_day, sums.get("month"), sums.get("customer"))


def _left(
    rule: AuthorityLimit, workspace_id: int, agent: Agent | None, ask: Ask, sums: dict[str, int]
) -> _Left:
    day, month = beginnings(agent)
    scope = _within(rule)
    mine = uses_of(workspace_id, agent).filter(scope, at__gte=month)
    counted = mine.aggregate(
        day=Count("id", filter=Q(at__gte=day)), month=Sum("amount", filter=Q(currency=ask.currency))
    )
    customer = sums.get("customer")
    if customer is not None and ask.customer_id is not None:
        theirs = AuthorityUse.objects.filter(
            scope, workspace_id=workspace_id, customer_id=ask.customer_id, released_at=None
        )
        given = theirs.filter(at__gte=month, currency=ask.currency).aggregate(sum=Sum("amount"))["sum"] or 0
        customer = max(0, customer - given)
    else:
        customer = None
    return _Left(
        None if rule.per_day is None else max(0, rule.per_day - counted["day"]),
        None if "month" not in sums else max(0, sums["month"] - (counted["month"] or 0)),
        customer,
    )


def _within(rule: AuthorityLimit) -> Q:
    """Return what counts against a limit: whatever falls under what it names, whichever limit let it pass."""
    named: dict[str, Any] = {"kind": rule.kind, "market": rule.market, "reason": rule.reason}
    return Q(**{name: value for name, value in named.items() if value})


def uses_of(workspace_id: int, agent: Agent | None) -> QuerySet[AuthorityUse]:
    """Return what was done on somebody's authority and counts; None: by programs."""
    return AuthorityUse.objects.filter(
        workspace_id=workspace_id, holder_id=agent.pk if agent else None, released_at=None
    )


def beginnings(agent: Agent | None) -> tuple[datetime, datetime]:
    """Return when today and this month began by an agent's clock, a program's is UTC."""
    clock: Any = UTC
    if agent is not None:
        try:
            clock = zone(agent.time_zone)
        except NoTimeZone:
            clock = UTC
    day = timezone.now().astimezone(clock).replace(hour=0, minute=0, second=0, microsecond=0)
    return day, day.replace(day=1)


def take(workspace_id: int, agent: Agent | None, ask: Ask, *, subject: str) -> Verdict:
    """Use somebody's authority for `subject` where it suffices; inside the caller's transaction.

    One at a time for each holder and customer, so that two at once cannot pass a limit. Raises NoAuthority for what is
    never theirs; where approval is needed nothing is used.
    """
    lock(workspace_id, agent, ask.customer_id)
    verdict = may(workspace_id, agent, ask)
    if verdict.outcome == Outcome.REFUSED:
        raise NoAuthority
    if verdict.allowed:
        note_use(workspace_id, agent, ask, subject=subject)
    return verdict


def note_use(workspace_id: int, agent: Agent | None, ask: Ask, *, subject: str) -> None:
    """Count an action against its holder and its customer."""
    AuthorityUse.objects.create(
        workspace_id=workspace_id,
        holder_id=agent.pk if agent else None,
        kind=ask.kind,
        market=ask.market,
        reason=ask.reason,
        amount=ask.amount,
        currency=ask.currency,
        customer_id=ask.customer_id,
        subject=subject,
    )


def release(workspace_id: int, subject: str) -> None:
    """Give back what an action took that was not done after all."""
    mine = AuthorityUse.objects.filter(workspace_id=workspace_id, subject=subject, released_at=None)
    mine.update(released_at=timezone.now())


def lock(workspace_id: int, agent: Agent | None, customer_id: int | None) -> None:
    """Let nobody else use this holder's authority, or give this customer something, until the transaction ends.

    Always after the row of what is acted on (an order), the holder before the customer: in one order nobody waits in
    a circle.
    """
    names = [f"authority:{workspace_id}:{agent.pk if agent else 0}"]
    if customer_id is not None:
        names.append(f"authority-customer:{workspace_id}:{customer_id}")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
