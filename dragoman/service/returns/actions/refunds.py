"""Ending a return with money, credit or other goods: by its shop where that can, else noted as done elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.commerce.actions.by_hand import ByHand, note_refund, refund_called
from dragoman.core.commerce.doers import can_of
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.wants import Sent
from dragoman.ground.providers.shops.ports import Can
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

from ..errors import (
    BadStep,
    ExchangedAlready,
    GiftReturn,
    NoExchange,
    ReferenceNeeded,
    RefundRefused,
    RefundUnderWay,
    TooMuch,
)
from ..finding import get_return, refundable
from ..ports import RefundOutcome, Wish, find_refunder, is_under_way
from ..queries import worth_of_lines
from ..return_models import Return, ReturnLine, State
from ..shop_refunds import reason_of
from ..states import CLOSED, NEXT, can_become
from .requests import By
from .steps import locked_return, move


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is said of an ending: a sum, lines or other goods that go out, where it was done, a note."""

    amount: int | None = None
    lines: Sequence[tuple[int, int]] = field(default=())
    sends: Sequence[Sent] = field(default=())
    reference: str = ""
    note: str = ""


def refund_return(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    amount: int | None = None,
    reference: str = "",
    note: str = "",
) -> Return:
    """Refund a return: `amount` in minor units of its currency, without one all that is due for what passed.

    A connected shop is asked, under a key that is kept before, and the return is refunded when the shop did it; with a
    `reference` the money was sent elsewhere. Raises NoReturn, BadStep, TooMuch, ReferenceNeeded (nobody here sends
    money), RefundUnderWay, RefundRefused, NoAuthority, and what else the shop's action refuses.
    """
    return _end(
        workspace_id,
        return_id,
        State.REFUNDED,
        by=by,
        given=Given(amount=amount, reference=reference, note=note),
    )


def credit_return(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    amount: int | None = None,
    reference: str = "",
    note: str = "",
) -> Return:
    """Give store credit instead of money, by the shop where it can. Raises as `refund_return` does."""
    return _end(
        workspace_id,
        return_id,
        State.CREDITED,
        by=by,
        given=Given(amount=amount, reference=reference, note=note),
    )


@dataclass(frozen=True, kw_only=True)
class Out:
    """What goes out in an exchange: (id of a line of the order, how many), or (article number of the shop, how many).

    None of both: what the customer wished for by number, else what comes back once more.
    """

    lines: Sequence[tuple[int, int]] = field(default=())
    sends: Sequence[tuple[str, int]] = field(default=())


def exchange_return(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    out: Out | None = None,
    reference: str = "",
    note: str = "",
) -> Return:
    """Send other goods instead, at once: by the shop where it can, else `reference` names the order that was made.

    What it comes to beside what came back is kept as `difference`. Asks the shop for what it sells, so never inside a
    transaction. Raises as `refund_return` does, and NoExchange and BadWish (`sends`) for what the shop does not send.
    """
    out = out or Out()
    goods = () if reference.strip() else _goods_for(get_return(workspace_id, return_id), out)
    given = Given(lines=out.lines, sends=goods, reference=reference, note=note)
    return _end(workspace_id, return_id, State.EXCHANGED, by=by, given=given)


def _goods_for(made: Return, out: Out) -> tuple[Sent, ...]:
    """Return what else is sent, as the shop sells it; () where it is what came back once more, or nobody is asked."""
    can = can_of(made.order.shop) if made.order.external_id else frozenset()
    if Can.EXCHANGE not in can:
        if out.sends:
            raise NoExchange
        return ()
    if out.lines or made.exchange_id is not None or made.state in CLOSED:
        return ()
    rows = list(made.lines.all())
    wished = [(row.instead or row.line.sku, _passed(row)) for row in rows if _passed(row)]
    same = not any(row.instead for row in rows)
    if not out.sends and same and Can.RESHIP in can:
        return ()
    return found_in(order_by_id(made.workspace_id, made.order_id), out.sends or wished)


def _passed(row: ReturnLine) -> int:
    return row.quantity if row.accepted is None else row.accepted


def _end(workspace_id: int, return_id: int, ending: State, *, by: By, given: Given) -> Return:
    made = get_return(workspace_id, return_id)
    if made.gift and ending == State.REFUNDED:
        raise GiftReturn
    if made.exchange_id is not None and ending != State.EXCHANGED:
        raise ExchangedAlready
    # a shop gives credit to who ordered: of a gift it is noted with its code, which the recipient is told
    elsewhere = (
        given.reference.strip() or (made.gift and ending == State.CREDITED) or made.exchange_id is not None
    )
    refunder = None if elsewhere else find_refunder(made.order, ending)
    if refunder is None:
        return _done_elsewhere(workspace_id, return_id, ending, by=by, given=given)
    made, wish = _begun(workspace_id, return_id, ending, by, given)
    if made.state == ending:
        return made
    try:
        outcome = refunder.send(wish) if wish.amount else RefundOutcome("done")
    except Refusal:
        give_up(workspace_id, return_id, wish.key)
        raise
    if outcome.status == "refused":
        give_up(workspace_id, return_id, wish.key, failure=outcome.message)
        raise RefundRefused(outcome.message or _("The shop refused the refund."))
    return note_outcome(workspace_id, return_id, outcome, by=by, note=given.note)


@transaction.atomic
def _done_elsewhere(workspace_id: int, return_id: int, ending: State, *, by: By, given: Given) -> Return:
    made = locked_return(workspace_id, return_id)
    if made.state == ending:
        return made
    _check_next(made, ending)
    if is_under_way(workspace_id, made.refund_key):
        raise RefundUnderWay
    reference = clean(given.reference).strip()[:200]
    if ending == State.EXCHANGED:
        if made.exchange_id is None:
            made.difference = _difference(made, given) if given.lines else None
    else:
        made.amount = _sum(made, given.amount, told=_told(made, reference))
        if (ending == State.REFUNDED or made.gift) and made.amount and len(reference) < 3:
            raise ReferenceNeeded
    made.reference, made.refund_key, made.refund_failure = reference or made.reference, "", ""
    if ending == State.REFUNDED:
        made.refunded_at = made.refunded_at or timezone.now()
        if made.amount:
            told = ByHand(
                named=str(made.pk),
                amount=made.amount,
                reference=reference,
                reason=made.number,
                at=made.refunded_at,
            )
            note_refund(workspace_id, made.order_id, told=told)
    return move(made, ending, by=by, note=given.note)


def _told(made: Return, reference: str) -> int:
    """Return what the shop told already of a refund that is noted now: it is not left of the order, and is this one."""
    found = refund_called(made.order, reference)
    others = Return.objects.filter(workspace_id=made.workspace_id, order_id=made.order_id)
    used = others.filter(reference=reference).exclude(pk=made.pk).exists()
    return found.amount if found is not None and not used else 0


@transaction.atomic
def _begun(workspace_id: int, return_id: int, ending: State, by: By, given: Given) -> tuple[Return, Wish]:
    """Keep the sum and the key of an ending; one that was begun keeps both."""
    made = locked_return(workspace_id, return_id)
    if made.state != ending:
        _check_next(made, ending)
        if made.refund_key and (made.ending or State.REFUNDED) != ending:
            if is_under_way(workspace_id, made.refund_key):
                raise RefundUnderWay
            made.refund_key = ""
        if not made.refund_key:
            _keep(made, ending, given)
    instead = made.shop_return
    if given.sends and made.state != ending:
        # the exchange brings a return of its own: what was announced is called off with it
        made.shop_key, made.shop_return = "", ""
        made.save(update_fields=["shop_key", "shop_return"])
    shipping = refundable(made).shipping if ending == State.REFUNDED and given.amount is None else 0
    lines = [(row.line_id, many) for row in made.lines.all() if (many := _passed(row))]
    wish = Wish(
        workspace_id=workspace_id,
        order_id=made.order_id,
        number=made.number,
        ending=ending,
        lines=list(given.lines) or lines,
        amount=made.amount or 0,
        currency=made.currency,
        key=made.refund_key,
        shipping=min(shipping, made.amount or 0),
        exact=given.amount is not None,
        restock=_to_the_shelf(made),
        reason=reason_of(made),
        sends=given.sends,
        worth=refundable(made).goods,
        instead=instead,
        agent_id=by.agent.pk if by.agent else None,
    )
    return made, wish


def _to_the_shelf(made: Return) -> bool:
    """Say whether all that passed is sold again: shops take one word for all lines."""
    rows = [row for row in made.lines.all() if row.accepted is None or row.accepted]
    return bool(rows) and all(row.restock for row in rows)


def _keep(made: Return, ending: State, given: Given) -> None:
    if ending == State.EXCHANGED:
        made.difference = _difference(made, given)
        made.amount = max(1, _worth(made, given))
    else:
        made.amount = _sum(made, given.amount)
    made.refund_key, made.ending = f"return-{made.pk}-{uuid4().hex[:12]}", ending
    made.refund_failure = ""
    made.save(update_fields=["amount", "difference", "refund_key", "ending", "refund_failure"])


def _check_next(made: Return, ending: State) -> None:
    if not can_become(made.state, ending):
        raise BadStep(made.state, tuple(NEXT[made.state]))


def _worth(made: Return, given: Given) -> int:
    if given.sends:
        return sum(one.price * one.quantity for one in given.sends)
    order = order_by_id(made.workspace_id, made.order_id)
    wanted = given.lines or [(row.line_id, row.quantity) for row in made.lines.all()]
    return worth_of_lines(order, wanted)


def _difference(made: Return, given: Given) -> int:
    """Return what goes out beside what came back: above 0 the customer would pay, below 0 would get it back."""
    return _worth(made, given) - refundable(made).goods if given.lines or given.sends else 0


@transaction.atomic
def give_up(workspace_id: int, return_id: int, key: str, *, failure: str = "") -> None:
    """Forget what the shop did not do, with its words, so that another may be tried; told twice it changes nothing."""
    made = locked_return(workspace_id, return_id)
    if not key or made.refund_key != key:
        return
    made.refund_key, made.ending, made.amount, made.difference = "", "", None, None
    made.refund_failure = clean(failure)[:1000]
    made.save(update_fields=["refund_key", "ending", "amount", "difference", "refund_failure"])


def _sum(made: Return, amount: int | None, *, told: int = 0) -> int:
    found = refundable(made)
    left = found.left + told
    wanted = min(found.goods + found.shipping, left) if amount is None else amount
    if not 0 <= wanted <= left:
        raise TooMuch(left, made.currency)
    return wanted


@transaction.atomic
def note_outcome(
    workspace_id: int,
    return_id: int,
    outcome: RefundOutcome,
    *,
    by: By,
    note: str = "",
    at: datetime | None = None,
) -> Return:
    """Note what became of it: a return moves on when it is done, and stays where it is while it waits."""
    made = locked_return(workspace_id, return_id)
    ending = made.ending or State.REFUNDED
    made.reference = outcome.reference[:200] or made.reference
    if outcome.amount is not None and ending != State.EXCHANGED:
        made.amount = outcome.amount
    if outcome.status == "waiting" or made.state == ending:
        made.save(update_fields=["reference", "amount"])
        return made
    if ending == State.REFUNDED:
        made.refunded_at = made.refunded_at or at or timezone.now()
    if ending == State.EXCHANGED:
        made.amount = None
    return move(made, ending, by=by, note=note)
