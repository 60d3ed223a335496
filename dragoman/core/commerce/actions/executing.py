"""Having a shop do what was asked: marked as running before it is called, never done twice by guess.

The mark is committed first. Whoever dies in between leaves `running`; after LOST_AFTER that is `unconfirmed`, and the
shop is asked what became of it (`Doer.find`), as after an answer that never came. What it does not know of was not
done, and a person asks anew. One action of an order runs at a time: what the shop shows more than before is ours.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.authority_models import ActionKind
from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    CallOffWish,
    CancelWish,
    DiscountWish,
    Doer,
    Done,
    DuplicateWish,
    ExchangeWish,
    NotSent,
    RefundWish,
    ReshipWish,
    ReturnWish,
    Wish,
)
from dragoman.kit.address import clean
from dragoman.kit.errors import OutsideError, Refusal, Rejected

from ..action_models import CALLED_OFF, RETURN, ActionState, OrderAction
from ..connecting import account_of, connector_of
from ..models import Order, OrderLine
from ..queries import order_by_id
from ..refunding import way_of
from ..wants import gone_of, is_in_the_mirror, left_of, moves_money, spoken_for
from .asking import forget_person, let_go, locked_action, locked_order, tell
from .mirror import mirror_order

log = logging.getLogger(__name__)

LOST_AFTER: Final = timedelta(minutes=2)
# after which pauses the shop is asked what became of it; then every hour
ASK_AFTER: Final = tuple(timedelta(seconds=one) for one in (5, 30, 300, 1800, 3600))
# how often a shop that knows nothing of it is believed only later: what it was told may still be on its way
SURE_AFTER: Final = 2
MOST_TRIES: Final = 12
LONGEST_PAUSE: Final = timedelta(minutes=30)
SOON: Final = timedelta(seconds=5)


def execute(workspace_id: int, action_id: int) -> None:
    """Do an action whose time has come; one that runs, or was done, is left alone."""
    started = _start(workspace_id, action_id)
    if started is None:
        return
    doer, account, wish = started
    try:
        done = doer.do(account, wish)
    except NotSent as fault:
        _again(workspace_id, action_id, str(fault.__cause__ or fault))
    except Rejected as fault:
        _failed(workspace_id, action_id, str(fault))
    except OutsideError as fault:
        unconfirmed(workspace_id, action_id, str(fault))
    else:
        finish(workspace_id, action_id, done)


def _start(workspace_id: int, action_id: int) -> tuple[Doer, Account, Wish] | None:
    """Mark an action as running and say how; None where it is not its turn."""
    known = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).first()
    if known is None:
        return None
    with transaction.atomic():
        locked_order(workspace_id, known.order_id)
        action, now = locked_action(workspace_id, action_id), timezone.now()
        if action.state != ActionState.QUEUED or action.due_at is None or action.due_at > now:
            return None
        order = order_by_id(workspace_id, action.order_id)
        others = [one for one in order.actions.all() if one.pk != action.pk]
        if any(one.state in {ActionState.RUNNING, ActionState.UNCONFIRMED} for one in others):
            action.due_at = now + SOON
            action.save(update_fields=["due_at"])
            return None
        if moves_money(action) and action.amount > left_of(order, others):
            let_go(
                action, ActionState.FAILED, failure=_("Meanwhile more was given back than is left for this.")
            )
            return None
        try:
            way = way_of(order, action)
        except (Rejected, Refusal) as fault:
            let_go(action, ActionState.FAILED, failure=str(fault))
            return None
        if way is None:
            let_go(action, ActionState.FAILED, failure=_("The shop is not connected any more."))
            return None
        # what was done and is not in the mirror yet has gone back all the same
        unseen = [one for one in spoken_for(others) if one.state == ActionState.DONE and moves_money(one)]
        action.before = gone_of(order) + sum(one.amount for one in unseen)
        action.state, action.started_at, action.due_at = ActionState.RUNNING, now, now + LOST_AFTER
        action.attempts += 1
        action.save(update_fields=["before", "state", "started_at", "due_at", "attempts", "wanted"])
        tell(action)
        return *way, wish_of(action, order)


def wish_of(action: OrderAction, order: Order) -> Wish:
    """Return an action as shops are told: the same for every try."""
    wanted = action.wanted
    base: dict[str, Any] = {
        "key": f"dragoman-{action.workspace_id}-{action.pk}",
        "order": order.external_id,
        "currency": action.currency,
        "reason": action.reason,
        "note": action.note,
        "notify": bool(wanted.get("notify")),
    }
    ids = dict(
        OrderLine.objects.filter(workspace_id=order.workspace_id, order_id=order.pk).values_list(
            "pk", "external_id"
        )
    )
    goods = [(ids.get(pk, ""), quantity, amount) for pk, quantity, amount in action.goods]
    counted = [(pk, quantity) for pk, quantity, _amount in goods]
    restock = bool(wanted.get("restock"))
    if action.kind == ActionKind.REFUND:
        return RefundWish(
            **base,
            amount=action.amount,
            shipping=action.shipping,
            before=action.before,
            lines=goods,
            restock=restock,
        )
    if action.kind == ActionKind.CANCEL:
        return CancelWish(**base, lines=counted, refund=action.amount > 0)
    if action.kind == ActionKind.ADDRESS:
        return AddressWish(**base, address=wanted.get("address") or {})
    if action.kind == ActionKind.RESHIP:
        return ReshipWish(**base, lines=counted, address=wanted.get("address") or {})
    if action.kind == ActionKind.EXCHANGE:
        return _exchange(base, wanted, goods)
    if action.kind == RETURN:
        return ReturnWish(**base, lines=counted, tracking_number=str(wanted.get("tracking_number") or ""))
    if action.kind == CALLED_OFF:
        return CallOffWish(**base, returned=str(wanted.get("returned") or ""))
    if action.kind == ActionKind.DUPLICATE:
        return DuplicateWish(**base, lines=counted)
    return _discount(base, action, order)


def _exchange(
    base: Mapping[str, Any], wanted: Mapping[str, Any], goods: Sequence[tuple[str, int, int]]
) -> ExchangeWish:
    sent = list(wanted.get("sends") or ())
    told = wanted.get("worth")
    return ExchangeWish(
        **base,
        lines=[(line, quantity) for line, quantity, _amount in goods],
        sends=[(str(one["id"]), int(one["quantity"])) for one in sent],
        worth=sum(amount for _line, _quantity, amount in goods) if told is None else int(told),
        prices=[int(one["price"]) for one in sent],
        instead=str(wanted.get("instead") or ""),
    )


def _discount(base: Mapping[str, Any], action: OrderAction, order: Order) -> DiscountWish:
    days = int(action.wanted.get("days") or 0)
    return DiscountWish(
        **base,
        amount=int(action.wanted.get("amount") or 0),
        percent=int(action.wanted.get("percent") or 0),
        customer=order.email,
        # counted from when it was asked, so that every try says the same
        expires_at=action.created_at + timedelta(days=days) if days else None,
        store_credit=action.kind == ActionKind.STORE_CREDIT,
    )


def finish(workspace_id: int, action_id: int, done: Done) -> None:
    """Note what a shop did, and take the order in as it is now."""
    with transaction.atomic():
        action = locked_action(workspace_id, action_id)
        if action.state not in {ActionState.RUNNING, ActionState.UNCONFIRMED}:
            return
        action.state, action.done_at, action.failure = ActionState.DONE, timezone.now(), ""
        action.external_id, action.code = clean(done.external_id)[:120], clean(done.code)[:120]
        action.left, action.due_at, action.asked_again = clean(done.left)[:1000], timezone.now() + SOON, 0
        action.save()
        forget_person(action)
        tell(action)
    if done.order is not None:
        order = order_by_id(workspace_id, action.order_id)
        try:
            mirror_order(order.shop, facts=done.order)
        except Refusal as refusal:
            log.warning("order %s is not mirrored after an action: %s", order.pk, refusal)
        else:
            _note_seen(workspace_id, action_id, fresh=True)


def settle(workspace_id: int, action_id: int) -> None:
    """Note that the mirror shows what was done; where it does not, ask the shop for the order."""
    action = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).first()
    if action is None or action.state != ActionState.DONE or action.settled:
        return
    order = order_by_id(workspace_id, action.order_id)
    seen = is_in_the_mirror(action, order)
    _note_seen(workspace_id, action_id, fresh=not seen and _bring(order))


def _note_seen(workspace_id: int, action_id: int, *, fresh: bool) -> None:
    """Note whether the mirror shows it; a shop decides itself what it gives back for what is cancelled."""
    with transaction.atomic():
        action = locked_action(workspace_id, action_id)
        order = order_by_id(workspace_id, action.order_id)
        action.settled = is_in_the_mirror(action, order) or (fresh and action.kind == ActionKind.CANCEL)
        action.due_at = None if action.settled else timezone.now() + _pause(action.asked_again)
        action.asked_again = min(action.asked_again + 1, 1000)
        action.save(update_fields=["settled", "due_at", "asked_again"])


def _bring(order: Order) -> bool:
    """Take the order in as its shop has it now; False where that could not be."""
    connector = connector_of(order.shop)
    if connector is None:
        return False
    try:
        facts = connector.order(account_of(order.shop), order.external_id)
        if facts is not None:
            mirror_order(order.shop, facts=facts)
    except (OutsideError, Refusal) as fault:
        log.warning("order %s could not be asked for: %s", order.pk, fault)
        return False
    return facts is not None


def look_up(workspace_id: int, action_id: int) -> None:
    """Ask the shop what became of an action that it never answered about."""
    action = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).first()
    if action is None or action.state != ActionState.UNCONFIRMED:
        return
    order = order_by_id(workspace_id, action.order_id)
    try:
        way = way_of(order, action)
        if way is None:
            unconfirmed(workspace_id, action_id, _("The shop is not connected any more."))
            return
        doer, account = way
        found = doer.find(account, wish_of(action, order))
    except (OutsideError, NotSent, Refusal) as fault:
        unconfirmed(workspace_id, action_id, str(fault))
        return
    if found is not None:
        finish(workspace_id, action_id, found)
    elif action.asked_again + 1 >= SURE_AFTER:
        _failed(workspace_id, action_id, _("The shop did not do it. Ask again if it is still wanted."))
    else:
        unconfirmed(workspace_id, action_id, action.failure)


def unconfirmed(workspace_id: int, action_id: int, failure: str) -> None:
    """Note that nobody knows whether it was done, and when the shop is asked."""
    with transaction.atomic():
        action = locked_action(workspace_id, action_id)
        if action.state not in {ActionState.RUNNING, ActionState.UNCONFIRMED}:
            return
        was = action.state
        action.asked_again = 0 if was == ActionState.RUNNING else action.asked_again + 1
        action.state, action.failure = ActionState.UNCONFIRMED, clean(failure)[:1000]
        action.due_at = timezone.now() + _pause(action.asked_again)
        action.save(update_fields=["state", "failure", "due_at", "asked_again"])
        if was != ActionState.UNCONFIRMED:
            tell(action)


def _pause(times: int) -> timedelta:
    # what a shop did not tell for days (it may never) is looked at once a day
    return timedelta(days=1) if times > 100 else ASK_AFTER[min(times, len(ASK_AFTER) - 1)]


def note_lost(workspace_id: int, action_id: int, *, now: datetime) -> None:
    """Let an action whose process died be asked about."""
    action = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).first()
    if action is not None and action.state == ActionState.RUNNING and action.due_at and action.due_at <= now:
        unconfirmed(workspace_id, action_id, _("No answer was kept: the shop is asked what became of it."))


def _again(workspace_id: int, action_id: int, failure: str) -> None:
    """Try again later what never reached the shop; give up after MOST_TRIES."""
    with transaction.atomic():
        action = locked_action(workspace_id, action_id)
        if action.state != ActionState.RUNNING:
            return
        if action.attempts >= MOST_TRIES:
            let_go(action, ActionState.FAILED, failure=failure)
            return
        pause = min(LONGEST_PAUSE, timedelta(seconds=5 * 2**action.attempts))
        action.state, action.failure, action.due_at = (
            ActionState.QUEUED,
            clean(failure)[:1000],
            timezone.now() + pause,
        )
        action.save(update_fields=["state", "failure", "due_at"])
        tell(action)


def _failed(workspace_id: int, action_id: int, failure: str) -> None:
    with transaction.atomic():
        action = locked_action(workspace_id, action_id)
        if action.state in {ActionState.RUNNING, ActionState.UNCONFIRMED}:
            let_go(action, ActionState.FAILED, failure=clean(failure))


def go_on(workspace_id: int, action_id: int) -> None:
    """Do what is next for an action whose time has come."""
    found = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id)
    state = found.values_list("state", flat=True).first()
    if state == ActionState.QUEUED:
        execute(workspace_id, action_id)
    elif state == ActionState.RUNNING:
        note_lost(workspace_id, action_id, now=timezone.now())
    elif state == ActionState.UNCONFIRMED:
        look_up(workspace_id, action_id)
    elif state == ActionState.DONE:
        settle(workspace_id, action_id)
