"""The vendors on this machine say no where the real ones do: a client that passes here was not waved through."""

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

from .door import Answer, Call
from .magento import Magento
from .prestashop import PrestaShop


def _magento(shop: Magento, method: str, path: str, body: Any = None, token: str = "9c4f1n") -> Answer:
    path, _mark, query = path.partition("?")
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    raw = b"" if body is None else json.dumps(body).encode()
    return shop.answer(Call(method, f"/rest/V1{path}", dict(parse_qsl(query)), headers, raw))


def _presta(shop: PrestaShop, method: str, path: str, xml: str = "") -> Answer:
    path, _mark, query = path.partition("?")
    pair = base64.b64encode(f"{shop.key}:".encode()).decode()
    given = {"output_format": "JSON", **dict(parse_qsl(query))}
    return shop.answer(Call(method, f"/api{path}", given, {"authorization": f"Basic {pair}"}, xml.encode()))


def _said(answer: Answer) -> str:
    return str(answer.body["message"])


def test_magento_a_page_beyond_the_end_is_the_last_page_again() -> None:
    shop = Magento()
    for number in (11, 12, 13):
        shop.add(number, updated_at=f"2026-11-20 10:00:{number}")
    query = "searchCriteria[pageSize]=2&searchCriteria[sortOrders][0][field]=updated_at&searchCriteria[sortOrders][0][direction]=ASC"

    pages = [
        [one["entity_id"] for one in _magento(shop, "GET", f"/orders?{query}&searchCriteria[currentPage]={n}").body["items"]]
        for n in (1, 2, 3)
    ]  # fmt: skip

    assert pages == [[11, 12], [13], [13]]
    since = "searchCriteria[filter_groups][0][filters][0]"
    found = _magento(
        shop,
        "GET",
        f"/orders?{since}[field]=updated_at&{since}[value]=2026-11-20 10:00:12&{since}[condition_type]=gteq",
    ).body
    assert (found["total_count"], [one["entity_id"] for one in found["items"]]) == (2, [12, 13])


def test_magento_refuses_what_no_page_allows() -> None:
    shop = Magento()
    shop.add()
    assert _magento(shop, "GET", "/orders").status == 400
    assert _magento(shop, "GET", "/orders?searchCriteria[nothing]=1").status == 400
    assert _magento(shop, "GET", "/orders/11", token="another").status == 401
    assert _magento(shop, "GET", "/orders/99").status == 404
    assert _magento(shop, "POST", "/invoice/711/refund", {"sum": 3}).status == 400
    assert _magento(shop, "POST", "/order/11/refund", {"isOnline": True}).status == 400
    assert shop.creditmemos == []


def test_magento_counts_a_refund_in_base_money_and_refuses_more_than_is_left() -> None:
    shop = Magento()
    order = shop.add()
    lines = [{"order_item_id": 101, "qty": 1}]
    sums = {"shipping_amount": 0, "adjustment_positive": 2}

    made = _magento(
        shop, "POST", "/invoice/711/refund", {"items": lines, "isOnline": True, "arguments": sums}
    )

    assert (made.status, made.body) == (200, "900")
    # one lamp (24 less 1 of discount) and 2 more, in euros; 4.25 złoty each
    assert (shop.creditmemos[0]["base_grand_total"], shop.creditmemos[0]["grand_total"]) == (25.0, 106.25)
    assert order["total_refunded"] == 106.25
    again = _magento(shop, "POST", "/invoice/711/refund", {"items": [{"order_item_id": 101, "qty": 2}]})
    assert again.status == 400
    assert "unrefunded quantity" in _said(again)
    much = _magento(
        shop,
        "POST",
        "/order/11/refund",
        {"items": [{"order_item_id": 103, "qty": 0}], "arguments": {"adjustment_positive": 40}},
    )
    assert "The most money available to refund is 32.00." in _said(much)
    rest = _magento(shop, "POST", "/order/11/refund", {"arguments": {"adjustment_negative": 0}})
    assert (rest.status, order["state"]) == (
        400,
        "processing",
    )  # all lines and all shipping are 34: more than what is left


def test_magento_refunds_online_only_what_was_paid_online_and_says_false_to_a_late_cancel() -> None:
    shop = Magento()
    shop.add(11, online=False)
    shop.add(12, invoiced=False)
    assert _magento(shop, "POST", "/invoice/711/refund", {"isOnline": True}).status == 400
    assert _magento(shop, "POST", "/invoice/711/refund", {}).status == 200
    assert shop.orders[11]["state"] == "closed"
    assert _magento(shop, "POST", "/orders/11/cancel", {}).body is False
    assert _magento(shop, "POST", "/order/12/refund", {}).status == 400
    assert _magento(shop, "POST", "/orders/12/cancel", {}).body is True
    assert shop.orders[12]["state"] == "canceled"


def test_prestashop_filters_sorts_and_pages_and_an_empty_list_is_bare() -> None:
    shop = PrestaShop()
    shop.add(6, date_upd="2026-11-21 09:00:00")
    shop.add(7, date_upd="2026-11-22 09:00:00")
    span = "filter[date_upd]=[2026-11-21 00:00:00,2026-11-30 00:00:00]"

    found = _presta(
        shop, "GET", f"/orders?display=full&{span}&date=1&sort=[date_upd_DESC,id_ASC]&limit=0,1"
    ).body

    assert [one["id"] for one in found["orders"]] == [7]
    assert found["orders"][0]["total_paid"] == "57.000000"
    assert _presta(shop, "GET", f"/orders?display=full&{span}&date=1&limit=5,5").body == []
    assert _presta(shop, "GET", f"/orders?display=full&{span}").body["errors"][0]["code"] == 34
    assert _presta(shop, "GET", "/orders?display=full&sort=[nothing_ASC]").status == 400
    gone = _presta(shop, "GET", "/orders/99")
    assert (gone.status, gone.body) == (404, "")
    assert _presta(shop, "GET", "/orders/5").body["order"]["reference"] == "KHWLILZLL"


def test_prestashop_takes_a_slip_as_xml_with_all_it_needs_and_moves_no_money() -> None:
    shop = PrestaShop()
    needed = (
        "<id_customer>2</id_customer><id_order>5</id_order><conversion_rate>0.85</conversion_rate>"
        "<total_products_tax_excl>20</total_products_tax_excl><total_products_tax_incl>24</total_products_tax_incl>"
        "<total_shipping_tax_excl>0</total_shipping_tax_excl>"
    )
    detail = "<id_order_detail>10</id_order_detail><product_quantity>1</product_quantity><amount_tax_excl>20</amount_tax_excl>"
    wraps = "<associations><order_slip_details><order_slip_detail>{}</order_slip_detail></order_slip_details></associations>"

    def post(inner: str) -> Answer:
        return _presta(
            shop, "POST", "/order_slip", f"<prestashop><order_slip>{inner}</order_slip></prestashop>"
        )

    assert post(needed).body["errors"][0]["message"] == 'parameter "total_shipping_tax_incl" required'
    whole = needed + "<total_shipping_tax_incl>0</total_shipping_tax_incl>"
    assert post(whole + wraps.format(detail)).status == 400
    assert _presta(shop, "POST", "/order_slip", "{").status == 500
    assert shop.rows["order_slips"] == []
    made = post(whole + wraps.format(detail + "<amount_tax_incl>24</amount_tax_incl>"))
    assert (made.status, made.body["order_slip"]["total_products_tax_incl"]) == (201, "24.000000")
    listed = _presta(shop, "GET", "/order_slip?display=full&filter[id_order]=5").body
    assert len(listed["order_slips"]) == 1
    assert shop.rows["orders"][0]["total_paid_real"] == "57.000000"


def test_prestashop_knows_its_key_and_what_it_may_see() -> None:
    shop = PrestaShop(barred={"order_payments"})
    assert shop.answer(Call("GET", "/api/orders", {"output_format": "JSON"}, {}, b"")).status == 401
    assert _presta(shop, "GET", "/order_payments").body["errors"][0]["code"] == 25
    assert _presta(shop, "POST", "/orders", "<prestashop/>").status == 405
    state = "<id_order>5</id_order><id_order_state>6</id_order_state>"
    _presta(
        shop, "POST", "/order_histories", f"<prestashop><order_history>{state}</order_history></prestashop>"
    )
    assert shop.rows["orders"][0]["current_state"] == "6"
