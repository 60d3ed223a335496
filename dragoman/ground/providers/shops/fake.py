"""A deterministic shop for tests, which register it: its orders lie in the JSON file that the account's address names.

It is as strict as a good shop: never more back than was paid, never the same key for two wishes, the same wish again
is the first one's answer. `settings` make it fail: `lost`: "before" or "after" (no answer, before or after it was
done), `down` (never reached), `says` (refused, in these words), `wait` and `seconds` (how long it takes
before and after it is done).
"""

import fcntl
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.kit.errors import Rejected, Unavailable

from ..statuses import FulfilmentStatus
from .facts import LineFacts, OrderFacts, PaymentFacts, PersonFacts, RefundFacts, TotalFacts, version_of
from .ports import (
    Account,
    AddressWish,
    CallOffWish,
    Can,
    CancelWish,
    DiscountWish,
    Done,
    DuplicateWish,
    ExchangeWish,
    Field,
    Hook,
    NotSent,
    OrderPage,
    RefundWish,
    ReshipWish,
    ReturnWish,
    Told,
    Variant,
    Wish,
)

_EPOCH = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)


def open_fake_shop(path: Path, orders: dict[str, dict[str, Any]]) -> None:
    """Write a shop's file: {id: {"number", "currency", "country", "shipping", "lines": {id: line}, "paid"}}.

    A line is {"title", "quantity", "price"} in minor units. `quiet`: no lines of refunds are told, `sent`: it is gone.
    """
    path.write_text(json.dumps({"orders": orders, "done": {}, "clock": 0, "calls": []}))


def read_fake_shop(path: Path) -> dict[str, Any]:
    """Return a shop's file."""
    found: dict[str, Any] = json.loads(path.read_text())
    return found


@contextmanager
def _opened(account: Account) -> Iterator[dict[str, Any]]:
    path = Path(account.address)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = read_fake_shop(path)
        yield state
        # who looks without the lock, or after a kill, sees a whole file
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(state))
        fresh.replace(path)


class FakeShop:
    """Does all there is to do."""

    title = "Fake shop"
    fields: Sequence[Field] = (Field("address", "Path of its file"),)
    can = frozenset(Can)

    def check(self, account: Account) -> str:
        """Return the shop's name."""
        return Path(account.address).stem

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return all orders on one page."""
        with _opened(account) as state:
            return OrderPage([_facts(state, pk) for pk in state["orders"]])

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order as it is now."""
        with _opened(account) as state:
            return _facts(state, external_id) if external_id in state["orders"] else None

    def told(self, account: Account, hook: Hook) -> Told:
        """Hear nothing: it sends no webhooks."""
        return Told()

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Sell three lamps, one of which costs nothing in this currency."""
        costs = {"RED": 3500, "SMALL": 1000, "RARE": None}
        return Variant(f"v-{sku}", sku, f"Lamp {sku}", costs[sku]) if sku in costs else None

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once, or what the settings say."""
        lost = account.settings.get("lost", "")
        if account.settings.get("down"):
            raise NotSent from Unavailable("The shop cannot be reached.")
        if said := account.settings.get("says"):
            raise Rejected(said)
        if lost == "before":
            raise Unavailable("No answer.")
        time.sleep(float(account.settings.get("wait", "0")))
        with _opened(account) as state:
            state["calls"].append(wish.key)
            done = _once(state, wish)
        time.sleep(float(account.settings.get("seconds", "0")))
        if lost == "after":
            raise Unavailable("No answer.")
        return done

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done under the wish's key."""
        if account.settings.get("down"):
            raise Unavailable("The shop cannot be reached.")
        with _opened(account) as state:
            known = state["done"].get(wish.key)
            return _done(state, known, wish) if known else None


def _once(state: dict[str, Any], wish: Wish) -> Done:
    said = json.dumps(asdict(wish), sort_keys=True, default=str)
    known = state["done"].get(wish.key)
    if known is not None:
        if known["said"] != said:
            raise Rejected("This key was used for something else.")
        return _done(state, known, wish)
    order = state["orders"].get(wish.order)
    if order is None:
        raise Rejected("There is no such order.")
    state["clock"] += 1
    made = f"fake_{state['clock']}"
    code = _change(order, wish, made)
    known = state["done"][wish.key] = {"said": said, "id": made, "code": code}
    return _done(state, known, wish)


def _done(state: dict[str, Any], known: dict[str, Any], wish: Wish) -> Done:
    return Done(known["id"], known["code"], _facts(state, wish.order))


def _change(order: dict[str, Any], wish: Wish, made: str) -> str:
    if isinstance(wish, RefundWish):
        _refund(order, made, wish.amount, [(pk, number) for pk, number, _amount in wish.lines])
    elif isinstance(wish, CancelWish):
        _cancel(order, made, wish)
    elif isinstance(wish, AddressWish):
        order["address"] = dict(wish.address)
    elif isinstance(wish, DiscountWish):
        return f"THANKS{made.rpartition('_')[2]}"
    elif isinstance(wish, CallOffWish):
        _call_off(order, wish.returned)
    elif isinstance(wish, ReturnWish):
        if isinstance(wish, ExchangeWish) and wish.instead:
            _call_off(order, wish.instead)
        _announce(order, made, wish)
    elif not isinstance(wish, ReshipWish | DuplicateWish):
        raise Rejected("This shop knows no such thing.")
    return ""


def _refund(order: dict[str, Any], made: str, amount: int, lines: list[tuple[str, int]]) -> None:
    back = sum(one["amount"] for one in order.get("refunds", []))
    if amount + back > order["paid"]:
        raise Rejected("More than was paid cannot be refunded.")
    for pk, number in lines:
        line = order["lines"][pk]
        line["refunded"] = line.get("refunded", 0) + number
    order.setdefault("refunds", []).append({"id": made, "amount": amount})


def _announce(order: dict[str, Any], made: str, wish: ReturnWish) -> None:
    returns = order.setdefault("returns", {})
    for line, number in wish.lines:
        asked = sum(one["lines"].get(line, 0) for one in returns.values() if not one["off"])
        if asked + number > order["lines"][line]["quantity"]:
            raise Rejected("More than was sold is to come back.")
    sends = list(wish.sends) if isinstance(wish, ExchangeWish) else []
    returns[made] = {"lines": dict(wish.lines), "off": False, "sends": sends}


def _call_off(order: dict[str, Any], returned: str) -> None:
    found = order.get("returns", {}).get(returned)
    if found is None:
        raise Rejected("There is no such return.")
    found["off"] = True


def _cancel(order: dict[str, Any], made: str, wish: CancelWish) -> None:
    if order.get("sent"):
        raise Rejected("The order has left the house.")
    if wish.lines:
        for pk, number in wish.lines:
            order["lines"][pk]["cancelled"] = order["lines"][pk].get("cancelled", 0) + number
        if wish.refund:
            _refund(order, made, sum(order["lines"][pk]["price"] * number for pk, number in wish.lines), [])
        return
    order["cancelled"] = True
    back = sum(one["amount"] for one in order.get("refunds", []))
    if wish.refund and order["paid"] > back:
        _refund(order, made, order["paid"] - back, [])


def _facts(state: dict[str, Any], pk: str) -> OrderFacts:
    order = state["orders"][pk]
    lines = [
        LineFacts(
            title=one["title"],
            quantity=one["quantity"],
            unit_price=one["price"],
            external_id=line,
            refunded=0 if order.get("quiet") else one.get("refunded", 0),
            cancelled=one.get("cancelled", 0),
        )
        for line, one in order["lines"].items()
    ]
    return OrderFacts(
        number=order["number"],
        placed_at=_EPOCH,
        currency=order["currency"],
        country=order.get("country", ""),
        lines=lines,
        totals=TotalFacts(shipping=order.get("shipping", 0)),
        external_id=pk,
        version=version_of(_EPOCH) + state["clock"],
        person=PersonFacts(email=order.get("email", "")),
        cancelled_at=_EPOCH if order.get("cancelled") else None,
        fulfilment_status=FulfilmentStatus.SENT if order.get("sent") else FulfilmentStatus.UNFULFILLED,
        shipping_address=order.get("address", {}),
        payments=[PaymentFacts(method="card", amount=order["paid"], external_id=f"pay_{pk}", paid_at=_EPOCH)],
        refunds=[
            RefundFacts(amount=one["amount"], external_id=one["id"]) for one in order.get("refunds", [])
        ],
        returns_called_off=[pk for pk, one in order.get("returns", {}).items() if one["off"]],
    )
