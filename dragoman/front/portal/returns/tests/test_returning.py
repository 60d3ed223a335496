"""A customer sends goods back by themselves: in by a code from the mail, out with a number, and nothing twice."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dragoman.front.portal.tasks import tell_of_return, tell_of_step
from dragoman.service.returns.actions.portal import set_portal
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.actions.steps import approve_return, send_off
from dragoman.service.returns.events import ReturnMoved, ReturnRequested
from dragoman.service.returns.models import EntryCode, Return, ReturnLine
from tests.people import House, a_house

from .conftest import MAIL, Shopper

pytestmark = pytest.mark.django_db(transaction=True)


def form(shoe: int, step: str, **more: Any) -> dict[str, Any]:
    return {"step": step, f"take-{shoe}": "1", f"quantity-{shoe}": "1", "key": "k" * 32, **more}


def sent(shopper: Shopper, data: dict[str, Any]) -> Any:
    return shopper.client.post("/returns/kaisla/order", data)


def test_one_of_two_pairs_goes_back_and_is_followed(shopper: Shopper, shoe: int) -> None:
    shopper.enter()
    first = shopper.get("order").content.decode()
    assert "Trail shoe" in first and "356a" in first and "days are left" in first
    assert "It was made for you" in first and "You pay for sending it back." in first
    way = sent(shopper, form(shoe, "way", **{f"why-{shoe}": "size"})).content.decode()
    assert "By a carrier you choose" in way and "€89.00" in way and "€4.90" not in way
    review = sent(shopper, form(shoe, "review", method="own_carrier", words="Too <small>")).content.decode()
    assert "Confirm the return" in review and "Too &lt;small&gt;" in review
    done = sent(shopper, form(shoe, "done", method="own_carrier", **{f"why-{shoe}": "size"}))
    again = sent(shopper, form(shoe, "done", method="own_carrier", **{f"why-{shoe}": "size"}))
    assert done["Location"] == again["Location"]
    with shopper.house.acting():
        made = Return.objects.get()
        row = made.lines.get()
        assert (made.kind, row.quantity, row.reason, made.events.get().actor) == (
            "withdrawal",
            1,
            "size",
            "customer",
        )
    page = shopper.client.get(done["Location"]).content.decode()
    assert "R1-KSL-1" in page and "Asked for" in page and "Call the return off" in page
    whole = re.sub(r"</?bdi[^>]*>", "", shopper.get("order").content.decode())
    assert "Return R1-KSL-1: Asked for" in whole


def test_a_return_is_told_of_by_mail_and_called_off_in_time(shopper: Shopper, shoe: int) -> None:
    shopper.enter()
    where = sent(shopper, form(shoe, "done", method="own_carrier"))["Location"]
    with shopper.house.acting():
        made = Return.objects.select_related("order").get()
        tell_of_return(ReturnRequested(return_id=made.pk, order_id=made.order_id))
        approve_return(made.workspace_id, made.pk, by=By("agent", shopper.house.greta))
        told = {"return_id": made.pk, "order_id": made.order_id, "before": "requested", "agent_id": None}
        tell_of_step(ReturnMoved(**told, state="approved"))
        tell_of_step(ReturnMoved(**told, state="label"))
    said = [str(one.body) for one in mail.outbox[-2:]]
    assert "We have taken in your return R1-KSL-1." in said[0] and "Accepted" in said[1]
    assert mail.outbox[-1].to == [MAIL]
    with shopper.house.acting():
        send_off(made.workspace_id, made.pk, by=By("agent", shopper.house.greta))
    late = shopper.client.post(f"{where}/cancel")
    assert late.status_code == 409 and "cannot be called off any more" in late.content.decode()
    second = sent(shopper, form(shoe, "done", method="own_carrier", key="other"))["Location"]
    assert shopper.client.post(f"{second}/cancel").status_code == 302
    assert "Called off" in shopper.client.get(second).content.decode()


def test_what_may_not_go_back_says_why_and_stays(shopper: Shopper, shoe: int) -> None:
    shopper.enter()
    nothing = sent(shopper, {"step": "way"})
    assert nothing.status_code == 422 and "Choose at least one thing" in nothing.content.decode()
    many = sent(shopper, {**form(shoe, "way"), f"quantity-{shoe}": "99"})
    assert many.status_code == 422 and "Choose a number from 1 to 2." in many.content.decode()
    odd = sent(shopper, form(shoe, "review", method="by_pigeon"))
    assert odd.status_code == 422 and "Choose how you send it back." in odd.content.decode()
    mug = shoe + 1
    made = sent(shopper, {"step": "done", f"take-{mug}": "1", "method": "own_carrier"})
    assert made.status_code == 409 and "It was made for you" in made.content.decode()
    fault = {
        "step": "done",
        f"take-{mug}": "1",
        f"why-{mug}": "damaged",
        "fault": "1",
        "method": "own_carrier",
    }
    assert sent(shopper, fault).status_code == 302
    with shopper.house.acting():
        assert Return.objects.get().kind == "guarantee"


@pytest.mark.parametrize(
    ("number", "contact"),
    [("ｋｓｌ　１", MAIL.upper()), ("#KSL 1", "030 901820"), ("ksl-1", "+4930901820")],
)
def test_a_number_is_found_however_it_is_written(shopper: Shopper, number: str, contact: str) -> None:
    shopper.ask(number, contact)
    assert shopper.code()


def test_an_unknown_order_looks_the_same_and_opens_nothing(shopper: Shopper) -> None:
    a_house("mallory")
    pages = []
    for number, contact, slug in (
        ("KSL-1", MAIL, "kaisla"),
        ("KSL-9", MAIL, "kaisla"),
        ("KSL-1", "other@example.com", "kaisla"),
        ("KSL-1", MAIL, "mallory"),
    ):
        page = Client().post(f"/returns/{slug}/", {"number": number, "contact": contact})
        said = re.sub(r'name="(handle|number|contact)" value="[^"]+"', "", page.content.decode())
        pages.append((page.status_code, said.replace(slug, "x")))
        with shopper.house.acting():
            if slug == "kaisla" and contact == MAIL and number == "KSL-1":
                assert shopper.code()
    assert {status for status, _page in pages} == {200}
    assert len(set(pages)) == 1
    with shopper.house.acting():
        assert [one.order_id is not None for one in EntryCode.objects.order_by("pk")] == [True, False, False]
    assert len(mail.outbox) == 1


def test_a_code_is_kept_as_a_hash_works_once_and_is_not_guessed(shopper: Shopper, house: House) -> None:
    handle = shopper.ask()
    code = shopper.code()
    with house.acting():
        assert code not in str(EntryCode.objects.values().get())
    wrong = "000000" if code != "000000" else "111111"
    assert [shopper.post("code", handle=handle, code=wrong).status_code for _each in range(5)] == [422] * 5
    assert shopper.post("code", handle=handle, code=code).status_code == 410
    second = shopper.ask()
    code = shopper.code()
    assert shopper.post("code", handle=second, code=f" {code[:3]} {code[3:]} ").status_code == 302
    assert Client().post("/returns/kaisla/code", {"handle": second, "code": code}).status_code == 410
    third = shopper.ask()
    code = shopper.code()
    with house.acting():
        EntryCode.objects.filter(handle=third).update(created_at=timezone.now() - timedelta(minutes=16))
    assert shopper.post("code", handle=third, code=code).status_code == 410


def test_codes_and_looks_are_paced(shopper: Shopper) -> None:
    sent_codes = []
    for turn in range(6):
        shopper.client = Client(REMOTE_ADDR=f"10.0.0.{turn}")
        shopper.ask()
        sent_codes.append(bool(shopper.code()))
    assert sent_codes == [True] * 5 + [False]
    answers = [
        Client(REMOTE_ADDR=f"10.0.1.{turn}")
        .post("/returns/kaisla/", {"number": "KSL-1", "contact": "a@b.c"})
        .status_code
        for turn in range(5)
    ]
    assert answers[-1] == 429
    empty = shopper.post(number="", contact="")
    assert empty.status_code == 422 and 'aria-invalid="true"' in empty.content.decode()


def test_mallory_reaches_no_order_and_no_return_of_another(shopper: Shopper, shoe: int) -> None:
    shopper.enter()
    where = sent(shopper, form(shoe, "done", method="own_carrier"))["Location"]
    stranger = a_house("mallory")
    assert Client().get(where)["Location"] == "/returns/kaisla/?over=1"
    assert Client().post(f"{where}/cancel")["Location"] == "/returns/kaisla/?over=1"
    assert "look up your order first" in Client().get("/returns/kaisla/?over=1").content.decode()
    # the pass of one brand opens nothing at another, whatever the cookie is called
    stolen = Client()
    stolen.cookies["returns-mallory"] = shopper.client.cookies["returns-kaisla"].value
    assert stolen.get("/returns/mallory/order")["Location"] == "/returns/mallory/?over=1"
    assert stolen.get(where.replace("kaisla", "mallory"))["Location"] == "/returns/mallory/?over=1"
    forged = Client()
    forged.cookies["returns-kaisla"] = "WyJrYWlzbGEiLDFd:1u:forged"
    assert forged.get("/returns/kaisla/order").status_code == 302
    with stranger.acting():
        assert not Return.objects.exists()
    assert Client(enforce_csrf_checks=True, cookies=None).post(where + "/cancel").status_code == 403
    with shopper.house.acting():
        assert Return.objects.get().state == "requested"


def test_a_closed_portal_keeps_the_button_of_withdrawal(shopper: Shopper) -> None:
    with shopper.house.acting():
        set_portal(
            shopper.house.workspace.pk,
            agent=shopper.house.greta,
            brand_id=shopper.house.brand.pk,
            is_open=False,
            offers_exchange=False,
            offers_credit=False,
        )
    page = shopper.get().content.decode()
    assert "takes returns in another way" in page and "Withdraw from contract here" in page
    assert "Send me a code" not in page


def test_pages_speak_the_readers_language_without_a_script(shopper: Shopper) -> None:
    page = Client(headers={"Accept-Language": "ar"}).get("/returns/kaisla/")
    said = page.content.decode()
    assert '<html lang="ar" dir="rtl"' in said and "<script" not in said and "style=" not in said
    assert "Vertrag widerrufen" in Client().get("/returns/kaisla/?locale=de").content.decode()
    assert page["Cache-Control"] == "no-store"
    nobody = Client(headers={"Accept-Language": "de"}).get("/returns/nobody/")
    assert nobody.status_code == 404 and "inbox" not in nobody.content.decode()
    old = Client().get("/returns/kaisla/link/of-last-year")
    assert old.status_code == 404 and "Look up your order" in old.content.decode()


def test_what_is_kept_back_is_told_with_its_reason_on_the_page_and_by_mail(
    shopper: Shopper, shoe: int
) -> None:
    shopper.enter()
    where = sent(shopper, form(shoe, "done", method="own_carrier"))["Location"]
    with shopper.house.acting():
        made = Return.objects.get()
        row = made.lines.get()
        assert (row.reason, row.why) == ("", "No reason given")
        ReturnLine.objects.update(accepted=1, deduction=900, deduction_reason="The sole is worn")
        Return.objects.update(state="refunded", amount=8000, closed_at=timezone.now())
        told = {"return_id": made.pk, "order_id": made.order_id, "before": "received", "agent_id": None}
        tell_of_step(ReturnMoved(**told, state="refunded"))
    mailed, page = str(mail.outbox[-1].body), shopper.client.get(where).content.decode()
    for said in ("We sent you €80.00.", "We kept back €9.00 for Trail shoe: The sole is worn"):
        assert said in mailed and said in page, mailed
    assert "1 × Trail shoe" in mailed
