"""What people want of an order, and what it comes to: lines, amounts, what is left; nothing is stored or sent here."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.authority.verdicts import Ask
from dragoman.core.accounts.authority_models import ActionKind, ActionReason
from dragoman.ground.providers.shops.ports import Can
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit.money import MOST, converted

from .action_models import OPEN, ActionState, OrderAction
from .cleaning import Cleaner
from .doers import can_for, can_of, offered
from .errors import BadWish, MoreThanLeft, NotOffered
from .models import Order, OrderLine

_GONE = frozenset({MoneyStatus.FAILED, MoneyStatus.VOIDED})
_CAME = frozenset({MoneyStatus.DONE})


@dataclass(frozen=True)
class Sent:
    """Something that goes out in an exchange: the shop's id of it, how many, and what one costs (minor units)."""

    id: str
    sku: str
    title: str
    quantity: int
    price: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants: `lines` [(our id of the line, quantity)], amounts in minor units of the order's currency.

    Refund: lines and `shipping`, or a sum alone (`amount`). Cancel and duplicate: lines, none for all. Reship: lines.
    Exchange: lines that come back, `sends` what goes out for them (`shelf.found_in`), `instead` the shop's id of a
    return that was announced for them, `worth` what they count as (None: what was paid for them).
    Discount and store credit: `amount` or `percent`, valid `days`.
    """

    kind: str
    reason: str = ""
    note: str = ""
    lines: Sequence[tuple[int, int]] = ()
    amount: int | None = None
    shipping: int = 0
    restock: bool = False
    notify: bool = False
    address: Mapping[str, Any] = field(default_factory=dict)
    percent: int = 0
    days: int = 0
    sends: Sequence[Sent] = ()
    instead: str = ""
    worth: int | None = None

    def digest(self, order_id: int) -> str:
        """Return what tells this request from another under the same key."""
        said = json.dumps([order_id, asdict(self)], sort_keys=True, default=str)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Planned:
    """One line of a plan: how many of it, and what that is worth."""

    line: OrderLine
    quantity: int
    amount: int


@dataclass(frozen=True)
class Plan:
    """What an action comes to: `amount` in the order's currency, `left` what could be given back before it.

    `store_amount` is the same in the shop's own currency by the order's own rate, None where the shop told none.
    """

    order: Order
    wanted: Wanted
    amount: int
    goods: tuple[Planned, ...] = ()
    left: int = 0

    @property
    def store_amount(self) -> int | None:
        """Return the amount in the shop's own currency by the rate the shop itself used."""
        order = self.order
        if order.rate is None or not order.store_currency or order.store_currency == order.currency:
            return None
        return converted(self.amount, order.currency, order.store_currency, order.rate)

    @property
    def difference(self) -> int:
        """Return what the customer pays more for what is sent in an exchange; below 0: what they get back."""
        worth = self.wanted.worth
        return self.amount - (sum(one.amount for one in self.goods) if worth is None else worth)

    @property
    def ask(self) -> Ask:
        """Return what limits are asked about."""
        order, wanted = self.order, self.wanted
        return Ask(
            kind=wanted.kind,
            market=order.country,
            reason=wanted.reason,
            amount=self.amount,
            currency=order.currency if self.amount else "",
            customer_id=order.customer_id,
        )


def paid_of(order: Order) -> int:
    """Return how much came in."""
    return sum(one.amount for one in order.payments.all() if one.status in _CAME)


def gone_of(order: Order) -> int:
    """Return how much went back or is on its way back, as the shop told it."""
    told = sum(one.amount for one in order.refunds.all() if one.status not in _GONE)
    return max(order.refunded_total, told)


def is_in_the_mirror(action: OrderAction, order: Order) -> bool:
    """Say whether the order as we have it shows what an action gave back."""
    if not moves_money(action):
        return True
    by_id = any(action.external_id and one.external_id == action.external_id for one in order.refunds.all())
    return by_id or gone_of(order) >= action.before + action.amount


def moves_money(action: OrderAction) -> bool:
    """Say whether an action gives the customer money back."""
    return action.kind in {ActionKind.REFUND, ActionKind.CANCEL} and action.amount > 0


def spoken_for(actions: Iterable[OrderAction]) -> list[OrderAction]:
    """Return the actions whose money and goods count besides what the mirror shows."""
    done = ActionState.DONE
    return [one for one in actions if one.state in OPEN or (one.state == done and not one.settled)]


def left_of(order: Order, actions: Iterable[OrderAction]) -> int:
    """Return how much could still be given back: what came in, less what went back and what is asked for."""
    asked = sum(one.amount for one in spoken_for(actions) if moves_money(one))
    return max(0, paid_of(order) - gone_of(order) - asked)


def plan(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    """Work out what a wish comes to; raises NotOffered, BadWish, MoreThanLeft, BadMoney.

    `order` has its parts with it (`queries.with_parts`), `actions` are all of the order.
    """
    if wanted.kind not in set(offered(order)):
        raise NotOffered
    if wanted.reason and wanted.reason not in ActionReason.values:
        raise BadWish(_("There is no such reason."), place="reason")
    if not all(0 <= one <= MOST for one in (wanted.amount or 0, wanted.shipping)):
        raise BadWish(_("An amount is 0 or more."), place="amount")
    made = _PLANS[ActionKind(wanted.kind)](order, wanted, actions)
    return replace(made, left=left_of(order, actions))


def _refund(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    can = can_for(order)
    if wanted.amount is not None and (wanted.lines or wanted.shipping):
        raise BadWish(_("Give lines and shipping, or a sum alone."), place="amount")
    if wanted.amount is not None and Can.REFUND_SUM not in can:
        raise BadWish(_("This shop refunds lines and shipping, no free sums."), place="amount")
    if wanted.lines and Can.REFUND not in can:
        raise BadWish(_("This shop refunds a sum only: leave the lines out."), place="lines")
    goods = chosen(order, wanted.lines, actions, used=_back)
    amount = (
        wanted.amount if wanted.amount is not None else sum(one.amount for one in goods) + wanted.shipping
    )
    if not amount:
        raise BadWish(_("Choose what to refund."), place="lines")
    taken = sum(one.shipping for one in actions if one.kind == ActionKind.REFUND and _counts(one))
    if wanted.shipping > max(0, order.shipping_total - taken):
        raise BadWish(_("That is more than the shipping cost."), place="shipping")
    _within(amount, order, actions)
    return Plan(order, wanted, amount, goods)


def _cancel(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    if not wanted.lines:
        if Can.CANCEL not in can_of(order.shop):
            raise BadWish(_("This shop cancels lines only: choose them."), place="lines")
        if any(one.fulfilled > 0 for one in order.lines.all()):
            raise BadWish(_("Part of the order is sent: choose the lines that are not."), place="lines")
        # what came in goes back whole, so nothing else may be on its way
        if any(moves_money(one) for one in spoken_for(actions)):
            raise BadWish(_("A refund of this order is still under way: wait for it."), place="lines")
        return Plan(order, wanted, left_of(order, actions))
    if Can.CANCEL_LINES not in can_of(order.shop):
        raise BadWish(_("This shop cancels whole orders only."), place="lines")
    goods = chosen(order, wanted.lines, actions, used=_unsent)
    amount = min(sum(one.amount for one in goods), left_of(order, actions))
    return Plan(order, wanted, amount, goods)


def _address(order: Order, wanted: Wanted, _actions: Sequence[OrderAction]) -> Plan:
    address = Cleaner(order.workspace_id, order.brand_id).address(wanted.address)
    country = str(address.get("country", "")).upper()
    if not address.get("lines") or not address.get("city") or len(country) != 2 or not country.isalpha():
        raise BadWish(_("An address has a street, a city and a country in two letters."), place="address")
    if order.country and country != order.country:
        raise BadWish(
            _("Another country changes tax and duty: cancel the order and place it anew."), place="address"
        )
    return Plan(order, replace(wanted, address={**address, "country": country}), 0)


def _reship(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    goods = chosen(order, wanted.lines, actions, used=_sent_again)
    if not goods:
        raise BadWish(_("Choose what to send again."), place="lines")
    return Plan(order, wanted, sum(one.amount for one in goods), goods)


def _exchange(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    goods = chosen(order, wanted.lines, actions, used=_back)
    if not goods:
        raise BadWish(_("Choose what comes back."), place="lines")
    if not wanted.sends:
        raise BadWish(_("Say what is sent instead."), place="sends")
    if any(one.quantity < 1 for one in wanted.sends):
        raise BadWish(_("A quantity is 1 or more."), place="sends")
    # what leaves before anything came back is what is risked
    return Plan(order, wanted, sum(one.price * one.quantity for one in wanted.sends), goods)


def _duplicate(order: Order, wanted: Wanted, actions: Sequence[OrderAction]) -> Plan:
    lines = wanted.lines or [(one.pk, one.quantity) for one in order.lines.all()]
    goods = chosen(order, lines, actions, used=_all_of_it)
    if not goods:
        raise BadWish(_("Choose what to order again."), place="lines")
    # nothing is given away: the customer pays the new order at the prices of its day
    return Plan(order, wanted, 0, goods)


def _discount(order: Order, wanted: Wanted, _actions: Sequence[OrderAction]) -> Plan:
    if wanted.days < 0 or wanted.days > 1830:
        raise BadWish(_("A code is valid for 1 day to 5 years."), place="days")
    if bool(wanted.amount) == bool(wanted.percent) or not 0 <= wanted.percent <= 100:
        raise BadWish(_("Give an amount, or 1 to 100 percent."), place="amount")
    if wanted.percent and wanted.kind == ActionKind.STORE_CREDIT:
        raise BadWish(_("Store credit is an amount."), place="percent")
    # what a percentage will be worth is not known: the order it is for stands for the next one
    return Plan(order, wanted, wanted.amount or order.total * wanted.percent // 100)


_PLANS = {
    ActionKind.REFUND: _refund,
    ActionKind.CANCEL: _cancel,
    ActionKind.ADDRESS: _address,
    ActionKind.RESHIP: _reship,
    ActionKind.EXCHANGE: _exchange,
    ActionKind.DUPLICATE: _duplicate,
    ActionKind.DISCOUNT: _discount,
    ActionKind.STORE_CREDIT: _discount,
}


def _within(amount: int, order: Order, actions: Sequence[OrderAction]) -> None:
    left = left_of(order, actions)
    if amount > left:
        raise MoreThanLeft(left=left, currency=order.currency)


def _counts(action: OrderAction) -> bool:
    return action.state in OPEN or action.state == ActionState.DONE


def _back(line: OrderLine) -> tuple[int, tuple[str, ...]]:
    # what is exchanged is not refunded as well
    return line.refunded + line.cancelled, (ActionKind.REFUND, ActionKind.CANCEL, ActionKind.EXCHANGE)


def _unsent(line: OrderLine) -> tuple[int, tuple[str, ...]]:
    return max(line.refunded, line.fulfilled) + line.cancelled, (ActionKind.REFUND, ActionKind.CANCEL)


def _sent_again(line: OrderLine) -> tuple[int, tuple[str, ...]]:
    return line.cancelled, ()


def _all_of_it(_line: OrderLine) -> tuple[int, tuple[str, ...]]:
    return 0, ()


def free_of(order: Order, actions: Sequence[OrderAction]) -> dict[int, int]:
    """Return {id of a line: how many of it can still be refunded}."""
    return {one.pk: max(0, one.quantity - _gone(one, actions, *_back(one))) for one in order.lines.all()}


def _gone(line: OrderLine, actions: Sequence[OrderAction], mirrored: int, kinds: tuple[str, ...]) -> int:
    """Return how many of a line are gone or spoken for; a shop that tells no lines of refunds knows less than we."""
    done = [one for one in actions if one.state == ActionState.DONE and one.settled]
    asked = _taken(spoken_for(actions), kinds).get(line.pk, 0)
    return max(mirrored, _taken(done, kinds).get(line.pk, 0)) + asked


def _taken(actions: Iterable[OrderAction], kinds: tuple[str, ...]) -> dict[int, int]:
    found: dict[int, int] = {}
    for action in actions:
        if action.kind in kinds:
            for line, quantity, _amount in action.goods:
                found[line] = found.get(line, 0) + quantity
    return found


def chosen(
    order: Order, lines: Sequence[tuple[int, int]], actions: Sequence[OrderAction], *, used: Any
) -> tuple[Planned, ...]:
    """Return the lines somebody chose with what they are worth; raises BadWish for more than there is."""
    known = {one.pk: one for one in order.lines.all()}
    worth = worth_of(order)
    found = []
    if len({pk for pk, _quantity in lines}) != len(lines):
        raise BadWish(_("A line is named twice."), place="lines")
    for pk, quantity in lines:
        line = known.get(pk)
        if line is None:
            raise BadWish(_("This line is not of the order."), place="lines")
        if quantity < 0:
            raise BadWish(_("A quantity is 1 or more."), place="lines")
        gone = _gone(line, actions, *used(line))
        if quantity > line.quantity - gone:
            raise BadWish(
                _("Of “%(title)s” %(left)s are left.")
                % {"title": line.title[:60], "left": max(0, line.quantity - gone)},
                place="lines",
            )
        if quantity:
            amount = share(worth[pk], line.quantity, gone + quantity) - share(worth[pk], line.quantity, gone)
            found.append(Planned(line, quantity, amount))
    return tuple(found)


def share(total: int, of: int, count: int) -> int:
    """Return what the first `count` of `of` equal things cost: however they are taken, all of them cost the total."""
    return total * min(count, of) // of if of else 0


def worth_of(order: Order) -> dict[int, int]:
    """Return {id of a line: what was paid for all of it}: a discount of the whole order is spread over its lines."""
    lines = list(order.lines.all())
    costs = [
        max(0, one.unit_price * one.quantity - one.discount + (0 if order.tax_included else one.tax))
        for one in lines
    ]
    goods, sum_ = max(0, order.total - order.shipping_total), sum(costs)
    if sum_ <= goods or not sum_:
        return {one.pk: cost for one, cost in zip(lines, costs, strict=True)}
    found, before = {}, 0
    for one, cost in zip(lines, costs, strict=True):
        found[one.pk] = share(goods, sum_, before + cost) - share(goods, sum_, before)
        before += cost
    return found
