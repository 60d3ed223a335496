"""A return goes its way over the API: only steps that may follow, never more than there is, and money counted once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.service.returns.ports import RefundOutcome, refunders
from tests.people import House, a_house

from .test_return_quotes import ask, put

pytestmark = pytest.mark.django_db(transaction=True)
AT = "2026-03-10T12:00:00Z"
PAIR: dict[str, Any] = {"sku": "SHOE-42", "quantity": 1, "reason": "size", "words": "Too small"}


@pytest.fixture
def house():
    made = a_house()
    put(made, totals={"shipping": 500})
    return made


def opened(house: House, **more: Any) -> Any:
    answer = ask(house, "POST", "/returns", {"order": "KSL-1", "lines": [PAIR], "at": AT, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def step(house: House, made: Any, name: str, status: int = 200, **body: Any) -> Any:
    answer = ask(house, "POST", f"/returns/{made['id']}/{name}", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_return_goes_from_request_to_refund(house):
    made = opened(house)
    assert (made["state"], made["kind"], made["number"]) == ("requested", "withdrawal", "R1-KSL-1")
    assert made["refund_due_on"] is None  # the law lets the shop wait for the goods
    for name, state in (
        ("approve", "approved"),
        ("label", "label"),
        ("send", "in_transit"),
        ("receive", "received"),
    ):
        made = step(house, made, name)
        assert made["state"] == state
    assert made["refund_due_on"] is not None
    made = step(house, made, "inspect", accepted={"SHOE-42": 1})
    made = step(house, made, "refund", reference="shop-77")
    assert (made["state"], made["amount"], made["kept_promise"]) == (
        "refunded",
        {"amount": 8900, "currency": "EUR"},
        True,
    )
    assert [one["state"] for one in made["history"]][-1] == "refunded"
    assert step(house, made, "refund", reference="shop-77")["amount"]["amount"] == 8900
    assert step(house, made, "receive", 409)["code"] == "bad_step"
    found = ask(house, "GET", "/returns?order=ksl1&state=refunded").json()
    assert [one["id"] for one in found["items"]] == [made["id"]]


def test_a_refund_that_is_noted_by_hand_is_one_of_the_order_and_counts_once(house):
    made = opened(house)
    step(house, made, "receive")
    step(house, made, "refund", reference="shop-77")
    order = ask(house, "GET", "/orders/KSL-1").json()
    (back,) = order["refunds"]
    assert (back["method"], back["external_id"], back["amount"]["amount"]) == ("return", "shop-77", 8900)
    assert (order["refunded_total"]["amount"], order["payment_status"]) == (8900, "partly_refunded")
    # the shop tells of another and not of this one, then of both
    other, same = {"amount": 100, "external_id": "re_1"}, {"amount": 8900, "external_id": "shop-77"}
    for told, sum_, number in (([other], 9000, 2), ([other, same], 9000, 2)):
        put(house, totals={"shipping": 500}, refunds=told)
        order = ask(house, "GET", "/orders/KSL-1").json()
        assert (order["refunded_total"]["amount"], len(order["refunds"])) == (sum_, number)


@pytest.mark.parametrize("first", ["noted", "told"])
def test_the_shop_and_the_return_tell_of_one_refund_in_either_order(house, first):
    def tell(reference: str) -> None:
        put(house, totals={"shipping": 500}, refunds=[{"amount": 8900, "external_id": reference}])

    made = opened(house)
    step(house, made, "receive")
    if first == "told":
        tell("shop-77")
        step(house, made, "refund", reference="shop-77")
    else:
        step(house, made, "refund", reference="bank transfer")
        # a new one of the same amount, by the name that the shop gives it
        tell("re_9")
    order = ask(house, "GET", "/orders/KSL-1").json()
    assert (order["refunded_total"]["amount"], len(order["refunds"])) == (8900, 1)


def test_what_is_on_its_way_back_is_not_asked_for_again(house):
    first = opened(house, lines=[{**PAIR, "quantity": 2}])
    again = ask(house, "POST", "/returns", {"order": "KSL-1", "lines": [PAIR], "at": AT})
    assert (again.status_code, again.json()["lines"][0]["reason"]) == (409, "already_returned")
    step(house, first, "cancel")
    assert opened(house)["number"] == "R2-KSL-1"


def test_two_requests_at_once_never_take_more_than_there_is(house):
    def ask_for_both(_each: int) -> int:
        try:
            body = {"order": "KSL-1", "lines": [{**PAIR, "quantity": 2}], "at": AT}
            return int(ask(house, "POST", "/returns", body).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(ask_for_both, range(4)))
    assert found == [201, 409, 409, 409]


def test_a_withdrawal_of_all_brings_the_delivery_back_too(house):
    made = opened(house, lines=[{**PAIR, "quantity": 2}])
    step(house, made, "receive")
    assert step(house, made, "refund", reference="shop-1")["amount"]["amount"] == 2 * 8900 + 500


def test_more_than_was_paid_is_refused_and_nothing_moves(house):
    made = opened(house)
    step(house, made, "receive")
    assert step(house, made, "refund", 422, amount=100_000, reference="shop-1")["code"] == "too_much"
    assert step(house, made, "refund", 422)["code"] == "reference_needed"
    assert ask(house, "GET", f"/returns/{made['id']}").json()["state"] == "received"


def test_what_the_law_gives_is_not_rejected_before_the_goods_are_here(house):
    made = opened(house)
    assert step(house, made, "reject", 422)["code"] == "reason_needed"
    refused = step(house, made, "reject", 409, note="We do not like it")
    assert refused["code"] == "lawful_return" and "BGB" in refused["title"]
    step(house, made, "receive")
    assert step(house, made, "reject", note="A brick was in the box")["state"] == "rejected"


def test_after_the_time_only_a_fault_goes_back(house):
    late = "2026-06-10T12:00:00Z"
    refused = ask(house, "POST", "/returns", {"order": "KSL-1", "lines": [PAIR], "at": late})
    assert (refused.status_code, refused.json()["lines"][0]["reason"]) == (409, "window_over")
    made = opened(house, at=late, kind="guarantee")
    assert (made["kind"], made["payer"]) == ("guarantee", "seller")
    gone = ask(
        house,
        "POST",
        "/returns",
        {"order": "KSL-1", "lines": [PAIR], "at": "2029-01-01T12:00:00Z", "kind": "guarantee"},
    )
    assert gone.status_code in (201, 409)


def test_a_refund_goes_through_the_shop_once(house, monkeypatch):
    keys: list[str] = []

    class Shop:
        def can(self, order, ending):
            return ending == "refunded"

        def is_open(self, workspace_id, key):
            return key in keys

        def send(self, wish):
            keys.append(wish.key)
            return RefundOutcome("waiting" if len(keys) == 1 else "done", "re_1")

    monkeypatch.setitem(refunders._members, "a shop", Shop())
    made = opened(house)
    step(house, made, "receive")
    waiting = step(house, made, "refund")
    assert (waiting["state"], waiting["ending"]) == ("received", "refunded")
    for other in ("credit", "exchange", "reject"):
        refused = step(house, made, other, 409, note="No more of this")
        assert refused["code"] == "refund_under_way"
    assert step(house, made, "refund")["reference"] == "re_1"
    assert len(keys) == 2 and len(set(keys)) == 1


@pytest.mark.parametrize(
    "body, status, code",
    [
        ({"order": "KSL-9", "lines": [PAIR]}, 404, "not_found"),
        ({"order": "KSL-1", "lines": [{**PAIR, "sku": "HAT"}]}, 422, "no_such_line"),
        ({"order": "KSL-1", "lines": [{**PAIR, "quantity": 9}]}, 422, "too_many"),
        ({"order": "KSL-1", "lines": [{**PAIR, "reason": "bored"}]}, 422, "invalid"),
        ({"order": "KSL-1", "lines": [PAIR], "method": "pick_up"}, 422, "bad_method"),
        ({"order": "KSL-1", "lines": []}, 422, "invalid"),
    ],
)
def test_a_bad_request_is_refused_and_named(house, body, status, code):
    refused = ask(house, "POST", "/returns", {"at": AT, **body})
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_the_same_key_opens_one_return(house):
    body = {"order": "KSL-1", "lines": [PAIR], "at": AT}
    one, two = (ask(house, "POST", "/returns", body, **{"Idempotency-Key": "k1"}) for _each in range(2))
    assert one.json()["id"] == two.json()["id"]


def test_a_policy_below_the_law_is_refused_with_the_article(house):
    less = ask(house, "POST", "/returns/policies", {"name": "Ten", "days": 10, "country": "DE"})
    assert (less.status_code, less.json()["code"]) == (422, "below_the_law") and "BGB" in less.json()["law"]
    more = ask(house, "POST", "/returns/policies", {"name": "Sixty", "days": 60, "country": "DE"})
    assert more.status_code == 201
    twice = ask(house, "POST", "/returns/policies", {"name": "Sixty", "days": 60, "country": "DE"})
    assert (twice.status_code, twice.json()["code"]) == (409, "policy_twice")
    assert [one["name"] for one in ask(house, "GET", "/returns/policies").json()["items"]] == ["Sixty"]
    with house.acting():
        choose_market(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, country="TH")
    short = ask(house, "POST", "/returns/policies", {"name": "Three", "days": 3})
    assert (short.status_code, short.json()["law_gives_more"]) == (201, ["TH"])
    assert ask(house, "DELETE", f"/returns/policies/{short.json()['id']}").status_code == 204
    assert ask(house, "DELETE", f"/returns/policies/{more.json()['id']}").status_code == 204


def test_mallory_sees_and_moves_no_return_of_ours(house):
    made = opened(house)
    mallory = a_house("mallory", owner="mallory")
    assert ask(mallory, "GET", f"/returns/{made['id']}").status_code == 404
    assert step(mallory, made, "approve", 404)["code"] == "not_found"
    assert ask(mallory, "GET", "/returns").json()["items"] == []
