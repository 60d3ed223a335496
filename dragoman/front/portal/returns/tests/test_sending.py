"""What a customer needs to send it off: the address, what to print, days to be fetched, papers at a border alone."""

import re

import pytest
from django.test import Client

from dragoman.service.returns.actions.places import PlaceFacts, set_place
from dragoman.service.returns.models import Return, ReturnPolicy

from .conftest import Shopper
from .test_returning import form, sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_page_has_address_slip_and_days_and_papers_only_at_a_border(shopper: Shopper, shoe: int) -> None:
    house = shopper.house
    with house.acting():
        here = {"workspace_id": house.workspace.pk, "brand_id": house.brand.pk}
        ReturnPolicy.objects.create(**here, name="Thirty", days=30, methods=["pick_up"])
        facts = PlaceFacts(name="Hub Tallinn", street="Sadama 5", city="Tallinn", country="EE")
        place = set_place(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, facts=facts)
    shopper.enter()
    where = sent(shopper, form(shoe, "done", method="pick_up"))["Location"]
    page = shopper.client.get(where).content.decode()
    assert "Sadama 5" in page and "Print the page for the parcel" in page and "customs" not in page
    slip = shopper.client.get(f"{where}/print")
    assert slip.content.startswith(b"%PDF-") and slip["Cache-Control"] == "private, no-store"
    assert shopper.client.get(f"{where}/papers").status_code == 404
    day = re.search(r'<option value="([\d-]+)"', page)[1]  # type: ignore[index]
    wrong = shopper.client.post(f"{where}/fetch", {"first": "2020-01-01", "last": "no day"})
    assert wrong.status_code == 422 and "on which both sides work" in wrong.content.decode()
    assert (
        shopper.client.post(f"{where}/fetch", {"first": day, "last": day, "note": "Bell"}).status_code == 302
    )
    with house.acting():
        made = Return.objects.get()
        assert (made.fetch_from.isoformat(), made.fetch_note) == (day, "Bell")  # type: ignore[union-attr]
        place.country = "NO"
        place.save()
    assert "crosses a customs border" in shopper.client.get(where).content.decode()
    assert shopper.client.get(f"{where}/papers").content.startswith(b"%PDF-")
    stranger = Client()
    for path in ("print", "papers"):
        assert not stranger.get(f"{where}/{path}").content.startswith(b"%PDF-")
