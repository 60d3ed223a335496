"""Photos lose what the camera wrote; a gift comes back without its price; an exchange names what is wanted instead."""

import base64
import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dragoman.core.commerce.models import Order
from dragoman.front.portal.tasks import tell_of_return
from dragoman.ground.files.store import open_file
from dragoman.service.returns.actions.forget import ReturnEraser
from dragoman.service.returns.actions.portal import set_portal
from dragoman.service.returns.events import ReturnRequested
from dragoman.service.returns.models import Return, ReturnFile
from tests.people import a_house

from .conftest import Shopper
from .test_returning import form, sent

pytestmark = pytest.mark.django_db(transaction=True)
GPS = 0x8825


def picture(kind: str = "JPEG", **more: Any) -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Phone of Somchai"
    exif.get_ifd(GPS)[2] = (60.0, 10.0, 5.0)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind, exif=exif, **more)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def offer(shopper: Shopper, *, exchange: bool = True, credit: bool = True) -> None:
    with shopper.house.acting():
        house = shopper.house
        set_portal(
            house.workspace.pk,
            agent=house.greta,
            brand_id=house.brand.pk,
            is_open=True,
            offers_exchange=exchange,
            offers_credit=credit,
        )


def test_photos_come_with_a_return_and_what_is_none_loses_nothing(shopper: Shopper, shoe: int) -> None:
    shopper.enter()
    two_in_one = picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    given = [
        upload("heel.jpg", picture()),
        upload("phone.jpg", two_in_one),
        upload("<b>.jpg", b"no picture"),
        upload("new.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40),
    ]
    page = sent(shopper, {**form(shoe, "done", method="own_carrier", words="Torn"), "photos": given})
    said = page.content.decode()
    assert page.status_code == 422 and "Return" in said and "HEIC photo" in said
    assert "“&lt;b&gt;.jpg” was not taken" in said
    with shopper.house.acting():
        made = Return.objects.get()
        files = list(ReturnFile.objects.order_by("pk"))
        assert made.words == "Torn" and [one.name for one in files] == ["heel.jpg", "phone.jpg"]
        for one in files:
            raw = open_file(one.file_key).read()
            assert b"Somchai" not in raw and not Image.open(io.BytesIO(raw)).getexif()
    where = f"/returns/kaisla/order/{made.pk}"
    shown = shopper.client.get(f"{where}/files/{files[0].pk}")
    assert shown["Content-Type"] == "image/jpeg" and shown["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"{where}/files/{files[0].pk}").status_code == 302
    more = shopper.client.post(f"{where}/photos", {"photos": [upload("sole.png", picture("PNG"))]})
    assert (
        more.status_code == 302 and f"files/{files[0].pk + 2}" in shopper.client.get(where).content.decode()
    )
    house, mallory = shopper.house, a_house("mallory")
    bodies = [
        {"name": "api.jpg", "data": base64.b64encode(picture()).decode()},
        {"name": "api.jpg", "data": "?"},
        {"data": base64.b64encode(b"text").decode()},
    ]
    calls = [
        (house.token, bodies[0]),
        (house.token, bodies[1]),
        (house.token, bodies[2]),
        (mallory.token, bodies[0]),
    ]
    answers = [
        Client(headers={"Authorization": f"Bearer {token}"}).post(
            f"/api/v1/returns/{made.pk}/photos", json.dumps(body), content_type="application/json"
        )
        for token, body in calls
    ]
    assert [one.status_code for one in answers] == [201, 422, 422, 404]
    api = Client(headers={"Authorization": f"Bearer {house.token}"})
    listed = api.get(f"/api/v1/returns/{made.pk}/photos").json()["items"]
    assert [one["by"] for one in listed] == ["customer"] * 3 + ["api"]
    got = api.get(f"/api/v1/returns/{made.pk}/photos/{listed[-1]['id']}")
    assert Image.open(io.BytesIO(got.content)).size == (40, 30)
    with house.acting():
        keys = list(ReturnFile.objects.values_list("file_key", flat=True))
        order = Order.objects.get()
        ReturnEraser().part(house.workspace.pk, order.customer_id or 0, ["somchai@example.com"])
        for key in keys:
            with pytest.raises(FileNotFoundError):
                open_file(key)


def test_a_gift_comes_back_without_its_price_and_its_giver_is_told_nothing(
    shopper: Shopper, shoe: int
) -> None:
    shopper.enter()
    assert "Was it a gift?" not in shopper.get("order").content.decode()
    offer(shopper)
    buyer = shopper.get("order").content.decode()
    assert "Was it a gift?" in buyer
    api = Client(headers={"Authorization": f"Bearer {shopper.house.token}"})
    told = api.post("/api/v1/returns/gift-link", {"order": "KSL-1"}, content_type="application/json").json()
    path = told["url"].partition("/returns/kaisla/")[2]
    guest = Shopper(shopper.house, Client())
    assert guest.get(path)["Location"] == "/returns/kaisla/order"
    pages = [guest.get("order"), sent(guest, form(shoe, "way"))]
    assert pages[1].status_code == 422 and "Give a whole e-mail address" in pages[1].content.decode()
    wish = {"wish": "credit", "recipient": "Noi@Example.com"}
    pages += [
        sent(guest, form(shoe, "way", **wish)),
        sent(guest, form(shoe, "review", method="own_carrier", **wish)),
    ]
    last = form(shoe, "done", method="own_carrier", **{**wish, "wish": "refund"})
    done = guest.client.post("/returns/kaisla/order?locale=fi", last)
    pages += [guest.client.get(done["Location"].replace("?locale=fi", ""))]
    for page in pages:
        said = page.content.decode()
        assert (
            "€" not in said
            and "89.00" not in said
            and "somchai" not in said.lower()
            and "Withdraw" not in said
        )
    with shopper.house.acting():
        made = Return.objects.get()
        assert (made.gift, made.wish, made.kind, made.refund_due_on) == (True, "exchange", "policy", None)
        tell_of_return(ReturnRequested(return_id=made.pk, order_id=made.order_id))
    assert mail.outbox[-1].to == ["Noi@Example.com"] and "palautuk" in str(mail.outbox[-1].subject).lower()
    assert shopper.client.get(done["Location"]).status_code == 404
    assert made.number not in shopper.get("order").content.decode()
    # nothing of the buyer's is filled in for the guest
    assert "Somchai" not in guest.get("withdraw").content.decode()
    offer(shopper, exchange=False, credit=False)
    assert guest.get(path).status_code == 404
    assert (
        api.post("/api/v1/returns/gift-link", {"order": "KSL-1"}, content_type="application/json").status_code
        == 409
    )


def test_an_exchange_names_what_is_wanted_instead(shopper: Shopper, shoe: int) -> None:
    offer(shopper)
    shopper.enter()
    asked = form(shoe, "review", method="own_carrier", wish="exchange", **{f"instead-{shoe}": "Size 43"})
    assert "Instead of it: Size 43" in sent(shopper, asked).content.decode()
    sent(shopper, {**asked, "step": "done"})
    with shopper.house.acting():
        made = Return.objects.get()
        assert made.wish == "exchange" and made.lines.get().instead == "Size 43"
