"""Returns and exchanges in Medusa, against a strict server that was tried beside the real shop."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dragoman.ground.providers.shops.medusa import Medusa as Connector
from dragoman.ground.providers.shops.ports import Account, CallOffWish, ExchangeWish, ReturnWish
from dragoman.kit.errors import Rejected, Unavailable
from tests.servers.medusa import Medusa, medusa_shop

CONNECTOR = Connector()
RETURN = ReturnWish(key="dragoman-1-1", order="order_1", currency="EUR", lines=[("ordli_1", 1)])
EXCHANGE = ExchangeWish(
    key="dragoman-1-2",
    order="order_1",
    currency="EUR",
    lines=[("ordli_1", 2)],
    sends=[("variant_l", 1)],
    worth=9980,
    prices=[5990],
)


@pytest.fixture
def shop() -> Iterator[Medusa]:
    with medusa_shop() as found:
        price = {"currency_code": "eur", "amount": 59.9, "rules": {}}
        some = {"currency_code": "eur", "amount": 39.9, "rules": {"region_id": "reg_1"}}
        product = {"title": "Shirt"}
        found.variants = [
            {"id": "variant_l", "sku": "S-L", "title": "L", "product": product, "prices": [some, price]}
        ]
        yield found


def _account(shop: Medusa) -> Account:
    return Account(shop.address, {"api_key": shop.key})


def test_an_exchange_sends_what_the_shop_sells_takes_the_place_of_a_return_and_is_found(shop: Medusa) -> None:
    account = _account(shop)
    sold = CONNECTOR.variant(account, "S-L", currency="EUR", country="DE")
    assert sold is not None and (sold.id, sold.title, sold.price) == ("variant_l", "Shirt · L", 5990)
    dear = CONNECTOR.variant(account, "S-L", currency="JPY", country="JP")
    assert dear is not None and dear.price is None
    assert CONNECTOR.variant(account, "S-XL", currency="EUR", country="DE") is None

    announced = CONNECTOR.do(account, RETURN).external_id
    with pytest.raises(Rejected, match="more items than what was fulfilled"):
        CONNECTOR.do(account, EXCHANGE)
    # what was begun was taken back: nothing is in the way of the next
    assert shop.exchanges == [] and CONNECTOR.find(account, EXCHANGE) is None
    wish = replace(EXCHANGE, instead=announced)
    done = CONNECTOR.do(account, wish)
    assert [one["status"] for one in shop.returns] == ["canceled", "requested"]
    assert ("POST /admin/exchanges/exchange_1/outbound/shipping-method", {"shipping_option_id": "so_1", "custom_amount": 0}) in shop.written  # fmt: skip
    found = CONNECTOR.find(account, wish)
    assert found is not None and found.external_id == done.external_id == "exchange_1"
    assert CONNECTOR.find(account, RETURN) is None
    off = CallOffWish(key="off", order="order_1", currency="EUR", returned=announced)
    assert CONNECTOR.find(account, off) is not None
    assert done.order is not None and done.order.returns_called_off == [announced]
    # the customer owes 10.00 besides what came in; what is awaited is no part of the total
    assert done.order is not None and done.order.totals.total == 11480


def test_an_exchange_that_died_in_the_middle_was_not_done_and_is_out_of_the_way(shop: Medusa) -> None:
    account = _account(shop)
    shop.faults = ["", "", "dies"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, EXCHANGE)
    assert len(shop.exchanges) == 1
    assert CONNECTOR.find(account, EXCHANGE) is None
    assert shop.exchanges == []
    shop.faults = ["", "", "", "", "lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, EXCHANGE)
    found = CONNECTOR.find(account, EXCHANGE)
    assert found is not None and found.external_id == "exchange_1" and len(shop.exchanges) == 1


def test_what_has_arrived_in_the_shop_or_is_not_sold_is_refused(shop: Medusa) -> None:
    account = _account(shop)
    announced = CONNECTOR.do(account, RETURN).external_id
    shop.returns[0]["status"] = "received"
    with pytest.raises(Rejected, match="back already"):
        CONNECTOR.do(account, replace(EXCHANGE, instead=announced))
    with pytest.raises(Rejected, match="do not exist"):
        CONNECTOR.do(account, replace(EXCHANGE, lines=[("ordli_1", 1)], sends=[("variant_x", 1)]))
    assert shop.exchanges == []
