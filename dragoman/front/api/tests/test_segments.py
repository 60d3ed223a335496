"""Segments over the API: made, counted, listed page by page, used as a filter, refused by name, nobody else's."""

import pytest

from dragoman.core.customers.models import Customer
from tests.people import House, a_house, settle, write

from .test_about import call

pytestmark = pytest.mark.django_db(transaction=True)
THAI = [[{"fact": "market", "op": "is", "values": ["TH"]}]]


@pytest.fixture
def house() -> House:
    return a_house()


def test_a_segment_is_made_counted_changed_and_removed(house):
    for name, market in (("สมชาย", "TH"), ("Malee", "TH"), ("Aino", "FI")):
        call(house, "POST", "/customers", {"name": name, "market": market})
    assert call(house, "POST", "/segments/count", {"clauses": THAI}) == (200, {"members": 2})
    status, made = call(house, "POST", "/segments", {"name": "Thai", "clauses": THAI})
    assert (status, made["members"], made["problems"]) == (201, 2, [])
    criterion = {"fact": "market", "op": "is", "values": ["TH"], "days": None, "not": False}
    assert made["clauses"] == [[criterion]]
    path = f"/segments/{made['id']}"
    status, first = call(house, "GET", f"{path}/customers?limit=1")
    second = call(house, "GET", f"{path}/customers?limit=1&cursor={first['next']}")[1]
    assert [one["name"] for one in first["items"] + second["items"]] == ["Malee", "สมชาย"]
    assert second["next"] is None
    assert call(house, "GET", f"{path}/customers?cursor=x")[0] == 422
    assert call(house, "PATCH", path, {"name": "From Thailand"})[1]["name"] == "From Thailand"
    negated = [[{"fact": "market", "op": "is", "values": ["TH"], "not": True}]]
    assert call(house, "PATCH", path, {"clauses": negated})[1]["members"] == 1
    assert (
        call(house, "POST", "/segments", {"name": "from thailand", "clauses": THAI})[1]["code"]
        == "name_taken"
    )
    assert [one["name"] for one in call(house, "GET", "/segments")[1]["items"]] == ["From Thailand"]
    aino = call(house, "GET", "/customers?q=Aino")[1]["items"] or call(house, "GET", "/customers")[1]["items"]
    theirs = call(house, "GET", f"/customers/{aino[0]['id']}/segments")[1]["items"]
    assert theirs == [{"id": made["id"], "name": "From Thailand"}]
    assert call(house, "DELETE", path)[0] == 204
    assert call(house, "GET", path)[0] == 404


def test_values_may_be_numbers_and_truths(house):
    call(house, "POST", "/customer-fields", {"key": "spent", "label": "Spent", "kind": "number"})
    call(house, "POST", "/customer-fields", {"key": "vip", "label": "VIP", "kind": "yes_no"})
    call(house, "POST", "/customers", {"name": "Aino", "fields": {"spent": 99.5, "vip": True}})
    clauses = [
        [{"fact": "own.spent", "op": "at_least", "values": [99.5]}],
        [{"fact": "own.vip", "op": "is", "values": [True]}],
    ]
    assert call(house, "POST", "/segments/count", {"clauses": clauses})[1] == {"members": 1}
    facts = {one["name"]: one for one in call(house, "GET", "/segments/facts")[1]["items"]}
    assert facts["own.spent"]["ops"] == ["at_least", "at_most", "is", "known"] and "market" in facts


def test_what_cannot_be_asked_is_refused_by_its_place(house):
    for clauses, code, place in (
        ([[{"fact": "own.shoe", "op": "known"}]], "unknown_field", "clauses.0.0.fact"),
        ([[{"fact": "market", "op": "is", "values": ["QQ"]}]], "bad_segment", "clauses.0.0.values"),
        ([], "bad_segment", "clauses"),
    ):
        status, told = call(house, "POST", "/segments", {"name": "x", "clauses": clauses})
        assert (status, told["code"], told["field"]) == (422, code, place)
    assert call(house, "POST", "/segments", {"name": "x", "clauses": THAI, "why": 1})[0] == 422
    assert call(house, "GET", "/segments")[1]["items"] == []


def test_a_field_that_is_gone_is_told_and_matches_nobody(house):
    call(house, "POST", "/customer-fields", {"key": "size", "label": "Size"})
    call(house, "POST", "/customers", {"name": "Aino"})
    clauses = [[{"fact": "own.size", "op": "known", "not": True}]]
    made = call(house, "POST", "/segments", {"name": "Sizeless", "clauses": clauses})[1]
    assert made["members"] == 1
    call(house, "DELETE", "/customer-fields/size")
    told = call(house, "GET", f"/segments/{made['id']}")[1]
    assert told["members"] == 0 and "size" in told["problems"][0]
    assert call(house, "GET", f"/segments/{made['id']}/customers")[1]["items"] == []


def test_lists_views_bulk_changes_and_figures_go_by_segment(house):
    for name in ("thai", "finn"):
        write(house, "hello", who=f"{name}@example.com", name=name, thread_key=f"api:{name}")
    settle()
    with house.acting():
        Customer.objects.filter(name="thai").update(market="TH")
    made = call(house, "POST", "/segments", {"name": "Thai", "clauses": THAI})[1]["id"]
    found = call(house, "GET", f"/conversations?segment={made}")[1]["items"]
    assert (
        len(found) == 1
        and found[0]["market"] == call(house, "GET", "/conversations?q=segment:Thai")[1]["items"][0]["market"]
    )
    assert call(house, "GET", "/conversations?segment=999")[1]["code"] == "unknown_segment"
    view = {"name": "Thai ones", "filters": {"segment": made}}
    status, kept = call(house, "POST", "/views", view)
    assert status == 201
    assert len(call(house, "GET", f"/views/{kept['id']}/conversations")[1]["items"]) == 1
    assert (
        call(house, "POST", "/views", {"name": "x", "filters": {"segment": "999"}})[1]["code"] == "bad_view"
    )
    bulk = {"filter": {"segment": made}, "change": {"verb": "priority", "value": "high"}, "dry_run": True}
    assert call(house, "POST", "/conversations/bulk", bulk)[1]["total"] == 1
    (figures,) = call(house, "GET", "/metrics/segments")[1]["items"]
    assert figures == {
        "segment": made,
        "name": "Thai",
        "members": 1,
        "open": 1,
        "unassigned": 1,
        "came_in": 1,
        "reopened": 0,
        "upset": 0,
        "active": 1,
    }
    call(house, "DELETE", f"/segments/{made}")
    assert call(house, "GET", f"/views/{kept['id']}/conversations")[1]["items"] == []


def test_mallory_reaches_no_segment_of_another_workspace(house):
    made = call(house, "POST", "/segments", {"name": "Thai", "clauses": THAI})[1]["id"]
    mallory = a_house("other", owner="mallory")
    for method, path, body in (
        ("GET", f"/segments/{made}", None),
        ("GET", f"/segments/{made}/customers", None),
        ("PATCH", f"/segments/{made}", {"name": "Mine"}),
        ("DELETE", f"/segments/{made}", None),
        ("GET", f"/metrics/segments?segment={made}", None),
    ):
        assert call(mallory, method, path, body)[0] == 404, path
    assert call(mallory, "GET", f"/conversations?segment={made}")[0] == 422
    assert call(mallory, "GET", "/segments")[1]["items"] == []
