"""A return's way back: places by cost, customs papers that guess nothing, days of both sides, and what is printed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dragoman.core.commerce.models import Order
from dragoman.core.shipping.actions.tables import save_terms
from dragoman.core.shipping.models import ShippingRate
from dragoman.service.returns.actions.forget import ReturnEraser
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.models import Return, ReturnLine, ReturnPlace, ReturnPolicy
from tests.people import House, a_house

from .test_returns_page import client_of

pytestmark = pytest.mark.django_db
ORDER = {
    "placed_at": "2026-11-20T08:30:00Z",
    "currency": "EUR",
    "country": "TH",
    "customer": {"email": "somchai@example.com", "language": "th"},
    "shipping_address": {"name": "สมชาย ใจดี", "lines": ["99 ถนนสุขุมวิท"], "city": "กรุงเทพ", "postcode": "10110", "country": "TH"},
    "lines": [
        {"sku": "SHOE-42", "title": "Trail shoe", "quantity": 2, "unit_price": 8900, "weight": 410},
        {"sku": "SOCK", "title": "ถุงเท้า", "quantity": 1, "unit_price": 900, "hs_code": "611595", "origin": "PT", "weight": 60},
    ],
    "shipments": [{"carrier": "Posti", "tracking_number": "RR123456785FI", "status": "delivered", "shipped_at": "2026-11-21T08:00:00Z", "delivered_at": "2026-11-25T08:00:00Z"}],
}  # fmt: skip
HUB = {"name": "Hub Tallinn", "street": "Sadama 5", "postcode": "10111", "city": "Tallinn", "country": "EE", "languages": ["en"]}  # fmt: skip


@pytest.fixture
def house() -> House:
    made = a_house()
    with made.acting():
        ReturnPolicy.objects.create(
            workspace_id=made.workspace.pk, brand_id=made.brand.pk, name="Thirty", days=30,
            methods=["prepaid_label", "pick_up", "in_store"],
        )  # fmt: skip
        save_terms(made.workspace.pk, agent=made.greta, brand_id=made.brand.pk, sends_from="FI", ddp=[], registered=[])  # fmt: skip
    return made


def program(house: House, method: str, path: str, body: object = None):
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    sent = client.generic(method, f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")
    return sent.status_code, sent.json() if sent.content.startswith(b"{") else sent


def a_return(house: House, *, order: dict = ORDER, **asked) -> Return:
    assert program(house, "PUT", "/orders/KSL-1", order)[0] in (200, 201)
    lines = [AskedLine(sku=one["sku"], quantity=1, reason="size") for one in order["lines"]]
    with house.acting():
        request = Request(lines=lines, at=datetime(2026, 11, 28, 9, tzinfo=UTC), **asked)
        order_id = Order.objects.get().pk
        return request_return(house.workspace.pk, order_id=order_id, request=request, by=By("api"))


def test_the_hub_inside_one_customs_territory_comes_first_then_what_costs_least(house):
    places = {}
    for hub in (
        HUB,
        {**HUB, "name": "Hub Bangkok", "country": "TH", "city": "Bangkok"},
        {**HUB, "name": "Hub Riga", "country": "LV"},
    ):
        status, made = program(house, "POST", "/returns/places", hub)
        assert status == 201
        places[hub["name"]] = made["id"]
    assert program(house, "POST", "/returns/places", HUB)[1]["code"] == "place_twice"
    status, refused = program(house, "POST", "/returns/places", {**HUB, "name": "X", "country": "QQ"})
    assert (status, refused["code"]) == (422, "bad_place")
    with house.acting():
        rate = {
            "workspace_id": house.workspace.pk,
            "brand_id": house.brand.pk,
            "origin": "TH",
            "service": "Post",
            "currency": "EUR",
        }
        ShippingRate.objects.create(**rate, destination="EE", price=1900)
        ShippingRate.objects.create(**rate, destination="LV", price=1400)
    made = a_return(house)
    assert made.place.name == "Hub Bangkok"
    _status, way = program(house, "GET", f"/returns/{made.pk}/way")
    assert [one["place"]["name"] for one in way["hubs"]] == ["Hub Bangkok", "Hub Riga", "Hub Tallinn"]
    assert [one["border"] for one in way["hubs"]] == ["none", "customs", "customs"]
    # parcels started in the EU, so relief can be had there: no duty is counted
    assert [one["cost"] and one["cost"]["amount"] for one in way["hubs"]] == [None, 1400, 1900]
    assert "€14.00 by Post" in way["hubs"][1]["reason"] and "relieved" in way["hubs"][1]["reason"]
    greta = client_of(house.greta)
    sent = greta.post(f"/returns-desk/{made.pk}/way", {"step": "place", "place": places["Hub Tallinn"]})
    assert sent.status_code == 302
    page = greta.get(f"/returns-desk/{made.pk}").content.decode()
    assert "It goes to Hub Tallinn." in page and "Customs papers" in page
    mallory = a_house("other", owner="mallory")
    status, theirs = program(mallory, "POST", "/returns/places", HUB)
    assert status == 201
    assert program(house, "POST", f"/returns/{made.pk}/place", {"place": theirs["id"]})[0] == 404
    for path in ("", "/print", "/papers/all"):
        assert client_of(mallory.greta).get(f"/returns-desk/{made.pk}{path}").status_code == 404
    for path in ("way", "papers", "papers/all", "to-print"):
        assert program(mallory, "GET", f"/returns/{made.pk}/{path}")[0] == 404
    assert program(mallory, "PUT", f"/returns/places/{places['Hub Riga']}", HUB)[0] == 404
    assert program(house, "DELETE", f"/returns/places/{places['Hub Tallinn']}")[0] == 204
    with house.acting():
        made.refresh_from_db()
        assert made.place is None and ReturnPlace.objects.count() == 2


def test_papers_say_what_is_not_known_until_an_agent_fills_it_in(house):
    program(house, "POST", "/returns/places", HUB)
    made = a_return(house)
    _status, papers = program(house, "GET", f"/returns/{made.pk}/papers")
    assert (papers["needed"], papers["border"], papers["relief"]["standing"]) == (
        True,
        "customs",
        "claimable",
    )
    assert papers["relief"]["law"].startswith("Reg. (EU) 952/2013 Art. 203")
    assert papers["relief"]["until"] == "2029-11-21"
    assert papers["net_weight"] == 470 and papers["value"]["amount"] == 9800
    missing = {(one["sku"], one["code"]) for one in papers["missing"]}
    assert missing == {("SHOE-42", "hs_code"), ("SHOE-42", "origin"), ("SOCK", "text"), ("", "reference")}
    greta = client_of(house.greta)
    page = greta.get(f"/returns-desk/{made.pk}").content.decode()
    assert "To fill in before the parcel leaves" in page and "at least six digits" in page
    shown = greta.get(f"/returns-desk/{made.pk}/papers/all").content
    assert shown.startswith(b"%PDF-") and b"NotoSansThai" in shown
    with house.acting():
        shoe, sock = ReturnLine.objects.order_by("pk").values_list("line_id", flat=True)
    told = {
        "step": "customs",
        f"hs-{shoe}": "6404.11",
        f"origin-{shoe}": "vn",
        f"text-{sock}": "Cotton socks",
    }
    for bad in ({f"hs-{shoe}": "64"}, {f"origin-{shoe}": "QQ"}, {f"weight-{shoe}": "-1"}):
        assert greta.post(f"/returns-desk/{made.pk}/way", {**told, **bad}).status_code == 422
    assert greta.post(f"/returns-desk/{made.pk}/way", told).status_code == 302
    _status, papers = program(house, "GET", f"/returns/{made.pk}/papers")
    assert [one["code"] for one in papers["missing"]] == ["reference"]
    assert [(one["hs_code"], one["origin"], one["text"]) for one in papers["lines"]] == [
        ("640411", "VN", "Trail shoe"), ("611595", "PT", "Cotton socks")
    ]  # fmt: skip


def test_inside_one_customs_territory_there_are_no_papers(house):
    program(house, "POST", "/returns/places", HUB)
    made = a_return(
        house,
        order={**ORDER, "country": "DE", "shipping_address": {**ORDER["shipping_address"], "country": "DE"}},
    )
    status, papers = program(house, "GET", f"/returns/{made.pk}/papers")
    assert (status, papers["needed"], papers["missing"]) == (200, False, [])
    assert program(house, "GET", f"/returns/{made.pk}/papers/cn23")[1]["code"] == "no_papers"
    assert "Customs papers" not in client_of(house.greta).get(f"/returns-desk/{made.pk}").content.decode()


def test_it_is_fetched_on_days_on_which_both_sides_work(house):
    program(house, "POST", "/returns/places", HUB)
    made = a_return(house, method="pick_up")
    _status, way = program(house, "GET", f"/returns/{made.pk}/way")
    days = [date.fromisoformat(day) for day in way["fetch_days"]]
    assert len(days) == 10 and all(day.weekday() < 5 for day in days)
    # the King's birthday and the Constitution Day of Thailand; Christmas in Estonia
    assert not {(day.month, day.day) for day in days} & {(12, 5), (12, 10), (12, 24), (12, 25), (12, 26)}
    asked = {"first": days[0].isoformat(), "last": days[2].isoformat(), "note": "Ring twice"}
    for bad in (
        {**asked, "last": (days[0] - timedelta(days=1)).isoformat()},
        {**asked, "first": "2020-01-01"},
    ):
        status, refused = program(house, "POST", f"/returns/{made.pk}/pick-up", bad)
        assert (status, refused["code"], refused["days"]) == (422, "bad_fetch", way["fetch_days"])
    assert program(house, "POST", f"/returns/{made.pk}/pick-up", asked)[1]["fetch_until"] == asked["last"]
    assert "Ring twice" in client_of(house.greta).get(f"/returns-desk/{made.pk}").content.decode()
    with house.acting():
        made.refresh_from_db()
        ReturnEraser().part(house.workspace.pk, made.order.customer_id, ())
        made.refresh_from_db()
    assert (made.fetch_note, made.fetch_until.isoformat()) == ("", asked["last"])


def test_the_carriers_label_is_printed_instead_of_the_slip(house):
    program(
        house,
        "POST",
        "/returns/places",
        {**HUB, "kind": "store", "name": "Shop", "country": "TH", "postcode": "10110"},
    )
    program(
        house,
        "POST",
        "/returns/places",
        {**HUB, "kind": "store", "name": "A far shop", "country": "TH", "postcode": "50000"},
    )
    made = a_return(house, method="in_store")
    assert made.place.name == "Shop"
    greta, here = client_of(house.greta), f"/returns-desk/{made.pk}"
    slip = greta.get(f"{here}/print")
    assert slip.content.startswith(b"%PDF-") and b"NotoSansThai" in slip.content
    label = SimpleUploadedFile("label.pdf", b"%PDF-1.7 of the carrier", "application/pdf")
    greta.post(f"{here}/steps", {"step": "file", "kind": "label", "file": label})
    assert greta.get(f"{here}/print").content == b"%PDF-1.7 of the carrier"
    printed = program(house, "GET", f"/returns/{made.pk}/to-print")[1]
    assert printed.content == b"%PDF-1.7 of the carrier"


def test_leads_write_places_and_nobody_else(house):
    greta, brand = client_of(house.greta), house.brand.pk
    written = {
        **HUB,
        "languages": "et, en",
        "takes_from": "TH de",
        "is_open": "on",
        "kind": "hub",
        "hours": "Mo-Fr 9-17",
    }
    assert "No return place yet" in greta.get("/settings/returns").content.decode()
    refused = greta.post(f"/settings/returns/{brand}/places/new", {**written, "takes_from": "QQ"})
    assert refused.status_code == 422 and 'value="Sadama 5"' in refused.content.decode()
    assert greta.post(f"/settings/returns/{brand}/places/new", written).status_code == 302
    with house.acting():
        row = ReturnPlace.objects.get()
    assert (row.languages, row.takes_from) == (["et", "en"], ["DE", "TH"])
    assert "Hub Tallinn" in greta.get("/settings/returns").content.decode()
    mallory = client_of(a_house("other", owner="mallory").greta)
    assert mallory.get(f"/settings/returns/{brand}/places/{row.pk}").status_code == 404
    assert mallory.post(f"/settings/returns/places/{row.pk}/remove").status_code == 404
    assert greta.post(f"/settings/returns/places/{row.pk}/remove").status_code == 302
