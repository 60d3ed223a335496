"""Orders and quality as leads meet them, without a script, and who may not; the same over the API."""

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.language.models import OrderText, TranslationOrder
from dragoman.core.language.tests.test_xliff import translated
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.models import Macro
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    house = a_house()
    with house.acting():
        save_macro(
            house.workspace.pk, agent=None, written=Written("Shipped", {"en": "Order {order} left. Thanks!"})
        )
    return house


def client_of(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def macro(house) -> Macro:
    with house.acting():
        return Macro.objects.prefetch_related("localised__variants").get()


def test_a_lead_orders_sends_takes_back_and_checks(house):
    client = client_of(house.greta)
    assert "No orders yet" in client.get("/review/orders").content.decode()
    page = client.get("/review/orders/new").content.decode()
    assert "Shipped" in page
    body = {
        "title": "October", "source": "en", "targets": ["de"], "texts": [f"macro:{macro(house).pk}"],
        "cost": "120", "currency": "eur", "due_on": "2026-12-01", "vendor": "Lingua", "note": "Sie, please",
    }  # fmt: skip
    assert client.post("/review/orders/new", {**body, "targets": []}).status_code == 422
    at = client.post("/review/orders/new", body).url
    page = client.get(at).content.decode()
    assert "Not returned" in page and "Mark as sent" in page and 'value="120' in page
    assert "€120.00" in client.get("/review/orders").content.decode()
    content = client.get(f"{at}/export?target=de").content
    assert b"Sie, please" in content
    assert client.get(f"{at}/export").content[:2] == b"PK"
    assert client.get(f"{at}/export?target=fi").status_code == 404
    client.post(f"{at}/state", {"state": "sent"})
    refused = client.post(f"{at}/import", {"file": SimpleUploadedFile("a.xlf", content)})
    assert refused.status_code == 422 and "Not translated: “Thanks!”" in refused.content.decode()
    broken = client.post(f"{at}/import", {"file": SimpleUploadedFile("a.xlf", b"x")})
    assert broken.status_code == 422 and 'type="file" name="file"' in broken.content.decode()
    assert 'required aria-invalid="true" aria-describedby="file-more"' in broken.content.decode()
    done = translated(content, lambda text: text.replace("Thanks", "Danke"))
    page = client.post(
        f"{at}/import", {"file": SimpleUploadedFile("a.xlf", done)}, follow=True
    ).content.decode()
    assert "1 text came back." in page and "To be checked" in page
    with house.acting():
        text = OrderText.objects.get()
    page = client.get(f"/review/macro/{text.pk}").content.decode()
    assert "Danke!" in page and "Macro" in page and '<span class="term">{order}</span>' in page
    client.post(
        f"/desk/review/macro/{text.pk}/accept",
        {"segment": ["Bestellung {order} ist weg.", "Danke!"], "seen": "0"},
    )
    assert macro(house).texts["de"] == "Bestellung {order} ist weg. Danke!"
    assert "Close the order" in client.get(at).content.decode()


def test_others_than_leads_and_mallory_find_nothing(house):
    client = client_of(house.greta)
    body = {"title": "x", "source": "en", "targets": ["de"], "texts": [f"macro:{macro(house).pk}"]}
    at = client.post("/review/orders/new", body).url
    with house.acting():
        pekka = add_agent(
            house.workspace.pk, email="pekka@kaisla.example", name="Pekka", role="agent", password="x" * 12
        )
        text = OrderText.objects.get()
    mallory = client_of(a_house("other", owner="mallory").greta)
    for path in ("/review/orders", at, f"{at}/export", "/review/quality"):
        assert client_of(pekka).get(path).status_code == 403, path
    for path in (at, f"{at}/export", f"/review/macro/{text.pk}"):
        assert mallory.get(path).status_code == 404, path
    assert "There is nothing here" in mallory.get(at).content.decode()
    assert mallory.post(f"{at}/state", {"state": "cancelled"}).status_code == 404
    assert mallory.post("/review/orders/new", body).status_code == 422


def test_quality_has_a_page_also_where_there_is_nothing_to_measure(house):
    page = client_of(house.greta).get("/review/quality?days=7").content.decode()
    assert "Nothing to measure yet" in page and 'aria-current="page">7 days' in page
    assert client_of(house.greta).get("/review/quality?days=²").status_code == 200


def api(token, method, path, body=None):
    headers = {"Authorization": f"Bearer {token}"}
    data = json.dumps(body) if body is not None else None
    answer = Client().generic(
        method, f"/api/v1{path}", data or "", content_type="application/json", headers=headers
    )
    return answer.status_code, answer


def test_the_api_orders_and_measures(house):
    body = {"title": "x", "source": "en", "targets": ["de"], "texts": [f"macro:{macro(house).pk}"],
            "cost": {"amount": 12000, "currency": "EUR"}}  # fmt: skip
    status, answer = api(house.token, "POST", "/language/orders", body)
    order = answer.json()
    assert status == 201 and order["state"] == "draft" and order["cost"]["amount"] == 12000
    at = f"/language/orders/{order['id']}"
    status, answer = api(house.token, "PATCH", at, {"state": "sent", "cost": None, "due_on": "2026-12-01"})
    assert answer.json()["state"] == "sent" and answer.json()["cost"] is None
    _status, file = api(house.token, "GET", f"{at}/file?target=de")
    status, answer = api(house.token, "POST", f"{at}/file", {"data": base64.b64encode(file.content).decode()})
    assert status == 200 and answer.json()["taken"] == 0 and answer.json()["problems"][0]["line"]
    done = base64.b64encode(translated(file.content)).decode()
    assert api(house.token, "POST", f"{at}/file", {"data": done})[1].json()["taken"] == 1
    [review] = api(house.token, "GET", "/language/reviews")[1].json()["items"]
    assert review["kind"] == "macro"
    accepted = api(
        house.token, "POST", f"/language/reviews/{review['id']}/accept?kind=macro", {"text": "Weg."}
    )
    assert accepted[0] == 200 and macro(house).texts["de"] == "Weg."
    assert api(house.token, "GET", at)[1].json()["state"] == "checked"
    assert api(house.token, "GET", "/language/orders")[1].json()["items"][0]["id"] == order["id"]
    assert api(house.token, "POST", f"{at}/file", {"data": "%%"})[0] == 422
    assert api(house.token, "GET", "/metrics/translations?since=2026-11-01")[1].json()["pairs"] == []
    other = a_house("other", owner="mallory").token
    for method, path in (
        ("GET", at),
        ("PATCH", at),
        ("GET", f"{at}/file?target=de"),
        ("GET", f"/language/reviews/{review['id']}?kind=macro"),
    ):
        assert api(other, method, path, {} if method == "PATCH" else None)[0] == 404, path
    with house.acting():
        assert TranslationOrder.objects.count() == 1
