"""Authority and actions in words: what may be done alone, what is left, where an action stands."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.accounts.authority.verdicts import Outcome, Verdict, Why
from dragoman.core.accounts.models import Agent
from dragoman.core.commerce.models import ActionState, Order, OrderAction
from dragoman.core.commerce.wants import Plan
from dragoman.core.playbooks.queries import fact_for
from dragoman.ground.design.functions import format_money, format_number
from dragoman.ground.markets.facts import Payments

_LATELY = timedelta(minutes=10)
KINDS_ICON = {
    "refund": "refund",
    "cancel": "x",
    "address": "edit",
    "reship": "truck",
    "discount": "label",
    "store_credit": "card",
    "duplicate": "plus",
    "exchange": "swap",
}
_TONES = {
    ActionState.DONE: "ok",
    ActionState.FAILED: "bad",
    ActionState.UNCONFIRMED: "warn",
    ActionState.WAITING: "warn",
}


def tone_of(action: OrderAction) -> str:
    """Return the kind of an action's badge."""
    return _TONES.get(ActionState(action.state), "")


def told_of(action: OrderAction) -> str:
    """Return what to know about where an action stands; "" where its badge says it all."""
    if action.state == ActionState.UNCONFIRMED:
        return _("The shop did not answer: we ask again; nothing is done twice.")
    if action.state == ActionState.FAILED:
        return _("The shop did not do it: %(words)s") % {"words": action.failure or _("no reason was told")}
    if action.state == ActionState.QUEUED and action.attempts:
        return _("The shop could not be reached: it is tried again.")
    if action.state == ActionState.QUEUED:
        return _("It can still be taken back.")
    if action.state == ActionState.WAITING:
        return _("Whoever has the authority was told.")
    if action.state == ActionState.DONE and action.code:
        return _("Code for the customer: %(code)s") % {"code": action.code}
    return action.left


def difference_words(plan: Plan) -> str:
    """Say who pays the difference of an exchange, and when."""
    money = format_money(abs(plan.difference), plan.order.currency)
    if plan.difference > 0:
        return _("The customer pays %(money)s more: the shop asks for it.") % {"money": money}
    if plan.difference < 0:
        return _("%(money)s goes back to the customer once the goods have arrived.") % {"money": money}
    return _("Both are worth the same: nobody pays.")


def verdict_words(verdict: Verdict, currency: str) -> list[str]:
    """Return whether somebody may do it alone, and what is left, each a sentence."""
    if verdict.outcome == Outcome.REFUSED:
        return [_("This is not yours to do: ask a lead.")]
    if verdict.outcome == Outcome.NEEDS_APPROVAL:
        return [
            _against(verdict, currency),
            _("It is asked for, and done once somebody with the authority approves."),
        ]
    return [_("Within your authority."), *left_words(verdict, currency)]


def _against(verdict: Verdict, currency: str) -> str:
    if verdict.why == Why.ONE and verdict.most is not None:
        return _("Needs approval: above your limit of %(most)s.") % {
            "most": format_money(verdict.most, currency)
        }
    said = {
        Why.DAY: _("Needs approval: your actions of today are used up."),
        Why.MONTH: _("Needs approval: more than is left of your sum of this month."),
        Why.CUSTOMER: _("Needs approval: this customer was given much this month."),
        Why.CURRENCY: _("Needs approval: no limit is set in %(currency)s.") % {"currency": currency},
    }
    return said.get(verdict.why) or _("Needs approval.")


def verdict_on(verdict: Verdict, currency: str, *, name: str) -> list[str]:
    """Return what `verdict_words` says, of somebody else: how far `name` may go."""
    who = {"name": name}
    if verdict.outcome == Outcome.REFUSED:
        return [_("%(name)s may never do this.") % who]
    if verdict.outcome == Outcome.ALLOWED:
        return [_("Within the authority of %(name)s.") % who, *left_words(verdict, currency)]
    most = "" if verdict.most is None else format_money(verdict.most, currency)
    said = {
        Why.ONE: _("%(name)s needs approval: the limit is %(most)s.") % {**who, "most": most},
        Why.DAY: _("%(name)s needs approval: the actions of today are used up.") % who,
        Why.MONTH: _("%(name)s needs approval: the sum of this month is used up.") % who,
        Why.CURRENCY: _("%(name)s needs approval: no limit is set in %(currency)s.")
        % {**who, "currency": currency},
    }
    return [said.get(verdict.why) or _("%(name)s needs approval.") % who]


def left_words(verdict: Verdict, currency: str) -> list[str]:
    """Return what is left of limits, each a sentence."""
    words = []
    if verdict.most is not None:
        words.append(_("Up to %(most)s each.") % {"most": format_money(verdict.most, currency)})
    if verdict.left_today is not None:
        left = verdict.left_today
        words.append(
            ngettext("%(left)s more today.", "%(left)s more today.", left) % {"left": format_number(left)}
        )
    if verdict.left_month is not None:
        money = format_money(verdict.left_month, currency)
        words.append(_("%(money)s left this month.") % {"money": money})
    if verdict.left_customer is not None:
        money = format_money(verdict.left_customer, currency)
        words.append(_("%(money)s left for this customer.") % {"money": money})
    return words


def lately_words(order: Order, agent: Agent) -> list[str]:
    """Say who took money or goods from an order in the last minutes, for whoever was slower."""
    since = timezone.now() - _LATELY
    let_be = {ActionState.FAILED, ActionState.UNDONE, ActionState.CANCELLED}
    rows = [
        one
        for one in order.actions.all()
        if one.created_at >= since
        and one.agent_id != agent.pk
        and one.kind in {"refund", "cancel", "exchange"}
        and one.state not in let_be
    ]
    return [_lately(one) for one in sorted(rows, key=lambda one: -one.pk)[:2]]


def _lately(action: OrderAction) -> str:
    told = {
        "action": action.get_kind_display(),
        "amount": format_money(action.amount, action.currency),
        "name": action.agent.name if action.agent else "",
    }
    if action.agent is None:
        return _("A program asked for this a moment ago: %(action)s, %(amount)s.") % told
    return _("%(name)s asked for this a moment ago: %(action)s, %(amount)s.") % told


def arrival(order: Order) -> str:
    """Say when money is back by the way it was paid, as the market's playbook knows it; "" where it does not."""
    paid = next(iter(order.payments.all()), None)
    if paid is None or not order.country:
        return ""
    today = datetime.now(UTC).date()
    fact = fact_for(order.workspace_id, order.brand_id, order.country, "payments", on=today)
    if fact is None or not isinstance(fact.value, Payments):
        return ""
    way = next((one for one in fact.value.root if one.method == paid.method), None)
    if way is None or way.refund_days is None:
        return ""
    first, last = way.refund_days
    return ngettext(
        "Usually there after %(first)s to %(last)s day.",
        "Usually there after %(first)s to %(last)s days.",
        last,
    ) % {"first": format_number(first), "last": format_number(last)}


def may_undo(action: OrderAction, agent: Agent) -> bool:
    """Say whether this agent may take an action back now."""
    return action.can_undo and (agent.can_lead or action.agent_id == agent.pk)
