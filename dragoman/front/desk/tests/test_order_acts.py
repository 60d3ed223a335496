"""Acting on an order at the desk: legal buttons, a sheet with its preview, what is under way, approvals."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import OrderAction
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.commerce.tests.facts import order as api_order
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json")


def client_of(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def seat(house, name, role=Role.AGENT):
    with house.acting():
        return add_agent(house.workspace.pk, email=f"{name}@kaisla.example", name=name.title(), role=role)


def test_a_refund_is_looked_at_asked_once_and_taken_back(house, trial):
    client, at = client_of(seat(house, "mika")), f"/orders/{trial.order.pk}"
    page = client.get(at).content.decode()
    assert f"{at}/act/refund" in page
    assert "You may refund up to €50.00 alone." in page
    sheet = client.get(f"{at}/act/refund", headers=HTMX).content.decode()
    assert "<html" not in sheet
    assert "2 of 2, €30.00 each" in sheet
    # the preview takes its own place, not the form it stands in
    assert 'hx-target="this" hx-swap="innerHTML"' in sheet
    key = sheet.split('name="key" value="')[1].split('"')[0]
    body = {"key": key, f"qty-{trial.line('Lamp')}": "1", "shipping": "2,50", "reason": "damaged"}
    looked = client.post(f"{at}/act/refund/look", body).content.decode()
    assert "€32.50" in looked
    assert "Within your authority." in looked
    for _time in range(2):
        after = client.post(f"{at}/act/refund", body, headers=HTMX).content.decode()
    assert "Take back" in after
    with house.acting():
        action = OrderAction.objects.get()
        assert (action.amount, action.shipping, action.reason) == (3250, 250, "damaged")
    assert client_of(seat(house, "lauri")).post(f"{at}/actions/{action.pk}/undo").status_code == 403
    client.post(f"{at}/actions/{action.pk}/undo")
    with house.acting():
        assert OrderAction.objects.get().state == "undone"


def test_a_sheet_works_as_a_page_and_says_what_is_wrong(house, trial):
    client, at = client_of(house.greta), f"/orders/{trial.order.pk}/act"
    for kind in ("refund", "cancel", "address", "reship", "discount", "store_credit"):
        assert client.get(f"{at}/{kind}").status_code == 200
    untouched = client.post(f"{at}/refund", {"amount": "10", "reason": ""})
    assert (untouched.status_code, untouched.content.decode().count("Choose a reason")) == (422, 2)
    wrong = client.post(f"{at}/refund", {"amount": "85.01", "reason": "late"})
    assert wrong.status_code == 422
    assert "more than is left of what was paid, which is €85.00" in wrong.content.decode()
    assert "no amount of money" in client.post(f"{at}/refund", {"amount": "much"}).content.decode()
    seen = client.post(f"{at}/refund", {"do": "preview", "amount": "10"})
    assert "€75.00" in seen.content.decode()
    done = client.post(f"{at}/discount", {"percent": "10", "days": "30"})
    assert (done.status_code, done.headers["Location"]) == (302, f"/orders/{trial.order.pk}")


def test_who_is_slower_hears_who_was_quicker(house, trial):
    at, lamps = f"/orders/{trial.order.pk}/act/refund", f"qty-{trial.line('Lamp')}"
    body = {lamps: "2", "reason": "damaged"}
    assert client_of(seat(house, "lena", Role.LEAD)).post(at, body).status_code == 302
    slower = client_of(house.greta).post(at, body)
    page = slower.content.decode()
    assert slower.status_code == 422 and "Of “Lamp" in page
    assert "Lena asked for this a moment ago: Refund, €60.00." in page
    assert f'name="{lamps}" value="0"' in page


def test_no_answer_is_told_without_alarm(house, trial):
    with house.acting():
        trial.set(lost="after")
        trial.go_on(trial.ask())
    page = client_of(house.greta).get(f"/desk/orders/{trial.order.pk}/actions").content.decode()
    assert "The shop did not answer: we ask again; nothing is done twice." in page
    assert "every 3s" in page


def test_a_shop_that_only_tells_us_has_no_buttons(house):
    with house.acting():
        order = mirror_order(shop_of_the_api(house.brand), facts=api_order()).order
    client = client_of(house.greta)
    assert "/act/" not in client.get(f"/orders/{order.pk}").content.decode()
    assert client.get(f"/orders/{order.pk}/act/refund").status_code == 409


def test_a_lead_decides_with_one_tap(house, trial):
    mika, lena = client_of(seat(house, "mika")), client_of(seat(house, "lena", Role.LEAD))
    at = f"/orders/{trial.order.pk}/act/refund"
    looked = mika.post(f"{at}/look", {"amount": "60"}).content.decode()
    assert "Needs approval: above your limit of €50.00." in looked
    mika.post(at, {"amount": "60", "reason": "late", "comment": "She waited for weeks"})
    with house.acting():
        approval = OrderAction.objects.get().approval_id
    page = lena.get("/approvals").content.decode()
    assert "Approve €60.00" in page
    assert "She waited for weeks" in page
    assert "1 waits" in lena.get("/orders").content.decode()
    own = mika.post(f"/approvals/{approval}/approve", follow=True).content.decode()
    assert "somebody else decides" in own
    lena.post(f"/approvals/{approval}/approve", {"comment": "Yes"})
    with house.acting():
        assert OrderAction.objects.get().state == "queued"
    assert "Take the yes back" in lena.get("/approvals").content.decode()
    lena.post(f"/approvals/{approval}/undo")
    with house.acting():
        assert OrderAction.objects.get().state == "waiting_approval"


def test_light_agents_and_mallory_see_no_buttons(house, trial):
    light = client_of(seat(house, "lumi", Role.LIGHT))
    assert "/act/" not in light.get(f"/orders/{trial.order.pk}").content.decode()
    assert light.post(f"/orders/{trial.order.pk}/act/refund", {"amount": "1"}).status_code == 403
    mallory = client_of(a_house("mallory", owner="mallory").greta)
    assert mallory.get(f"/orders/{trial.order.pk}/act/refund").status_code == 404
    assert mallory.post(f"/orders/{trial.order.pk}/act/refund/look", {"amount": "1"}).status_code == 404
