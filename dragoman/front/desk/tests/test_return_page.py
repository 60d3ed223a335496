"""One return at the desk: what was found of its goods, part of the money, files, gifts, what the customer says."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.ground.files.store import open_file
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.errors import GiftReturn, ReferenceNeeded
from dragoman.service.returns.models import Return, ReturnFile, ReturnsNote
from tests.people import House, a_house

from .test_returns_page import BODY, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    made = a_house()
    client = Client(headers={"Authorization": f"Bearer {made.token}"})
    client.generic("PUT", "/api/v1/orders/KSL-1", json.dumps(BODY), content_type="application/json")
    return made


def arrived(house: House, **more) -> Return:
    with house.acting():
        asked = Request(lines=[AskedLine(sku="SHOE-42", quantity=2)], **more)
        order = Order.objects.get().pk
        made = request_return(house.workspace.pk, order_id=order, request=asked, by=By("api"))
        return steps.receive_return(house.workspace.pk, made.pk, by=By("api"))


def photo() -> bytes:
    """A picture that says where it was taken."""
    picture, out = Image.new("RGB", (40, 20), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Somchai"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_what_was_found_is_kept_back_with_a_reason_and_never_more_than_the_line(house):
    greta, made = client_of(house.greta), arrived(house)
    with house.acting():
        line = OrderLine.objects.get().pk
    address = f"/returns-desk/{made.pk}/steps"
    assert (
        f'name="restock-{line}" value="1" checked' in greta.get(f"/returns-desk/{made.pk}").content.decode()
    )
    with house.acting():
        made.lines.update(reason="damaged")
    assert f'name="restock-{line}" value="1">' in greta.get(f"/returns-desk/{made.pk}").content.decode()
    look = {
        "step": "inspected",
        f"passed-{line}": "1",
        f"condition-{line}": "Worn soles",
        f"restock-{line}": "1",
    }
    for bad in ({f"deduction-{line}": "89.01", f"because-{line}": "Worn"}, {f"deduction-{line}": "5"}):
        refused = greta.post(address, {**look, **bad})
        assert refused.status_code == 422 and "What is kept back has a reason" in refused.content.decode()
        assert 'value="Worn soles"' in refused.content.decode()
    assert (
        greta.post(address, {**look, f"deduction-{line}": "9,50", f"because-{line}": "Worn"}).status_code
        == 302
    )
    page = greta.get(f"/returns-desk/{made.pk}").content.decode()
    assert "Worn soles" in page and "Kept back" in page and 'placeholder="79.50"' in page
    paid = greta.post(address, {"step": "refunded", "amount": "40", "reference": "re_1"})
    assert paid.status_code == 302
    with house.acting():
        made.refresh_from_db()
    assert (made.state, made.amount) == ("refunded", 4000)


def test_photos_lose_what_the_camera_wrote_and_other_files_are_refused(house):
    greta, made = client_of(house.greta), arrived(house)
    address = f"/returns-desk/{made.pk}/steps"
    given = SimpleUploadedFile("sole.jpg", photo(), "image/jpeg")
    assert greta.post(address, {"step": "file", "file": given}).status_code == 302
    with house.acting():
        kept = ReturnFile.objects.get()
        with open_file(kept.file_key) as file, Image.open(file) as found:
            assert (dict(found.getexif()), found.size) == ({}, (40, 20))
    shown = greta.get(f"/returns-desk/{made.pk}/files/{kept.pk}")
    assert shown["Content-Type"] == "image/jpeg"
    for bad in (b"%PDF-1.7 no photo", b"\xff\xd8\xff broken", b"<svg onload='x'/>"):
        refused = greta.post(
            address, {"step": "file", "file": SimpleUploadedFile("a.jpg", bad, "image/jpeg")}
        )
        assert refused.status_code == 422
    label = SimpleUploadedFile("label.pdf", b"%PDF-1.7 label", "application/pdf")
    assert greta.post(address, {"step": "file", "kind": "label", "file": label}).status_code == 302
    mallory = client_of(a_house("other", owner="mallory").greta)
    for path in ("", "/slip", f"/files/{kept.pk}"):
        assert mallory.get(f"/returns-desk/{made.pk}{path}").status_code == 404
    assert mallory.post(address, {"step": "inspected"}).status_code == 404


def test_a_gift_sends_no_money_to_who_gave_it(house):
    made = arrived(house, gift=True, recipient="noi@example.com")
    with house.acting():
        with pytest.raises(GiftReturn):
            refunds.refund_return(house.workspace.pk, made.pk, by=By("api"), reference="re_1")
        with pytest.raises(ReferenceNeeded):
            refunds.credit_return(house.workspace.pk, made.pk, by=By("api"))
        ended = refunds.credit_return(house.workspace.pk, made.pk, by=By("api"), reference="GIFT-7")
        assert (ended.state, ended.told_to) == ("credited", "noi@example.com")


def test_what_the_customer_says_stands_beside_and_reasons_are_counted(house):
    greta, made = client_of(house.greta), arrived(house)
    assert "Nothing stands out" in greta.get(f"/returns-desk/{made.pk}").content.decode()
    greta.post(f"/returns-desk/{made.pk}/steps", {"step": "contest", "note": "My feet grew"})
    token = Client(headers={"Authorization": f"Bearer {house.token}"})
    said = json.dumps({"text": "It was the wrong size"})
    answer = token.post(f"/api/v1/returns/{made.pk}/contest", said, content_type="application/json")
    assert answer.status_code == 200
    with house.acting():
        assert sorted(ReturnsNote.objects.values_list("actor", flat=True)) == ["agent", "customer"]
    page = greta.get(f"/returns-desk/{made.pk}").content.decode()
    assert "My feet grew" in page and "It was the wrong size" in page
    counted = greta.get("/returns-desk/why?by=product&days=30").content.decode()
    assert "Trail shoe" in counted and "100" in counted
    assert (
        "Nothing was asked"
        in client_of(a_house("other", owner="mallory").greta).get("/returns-desk/why").content.decode()
    )
    slip = greta.get(f"/returns-desk/{made.pk}/slip")
    assert slip.status_code == 200 and slip.content.startswith(b"%PDF-")
