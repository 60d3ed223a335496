"""Withdrawing from a contract: no log-in, two steps, a receipt with the moment, and nothing is ever lost."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from dragoman.core.conversations.models import Conversation, Message
from dragoman.service.returns.finding import declared_orders
from dragoman.service.returns.models import Return, Withdrawal
from tests.people import House, a_house

from .conftest import MAIL, Shopper

pytestmark = pytest.mark.django_db(transaction=True)
FORM = {"name": "Somchai J.", "order_number": "ksl 1", "email": MAIL, "whole": "whole", "key": "a" * 32}


def declare(client: Client, query: str = "", slug: str = "kaisla", **more: str) -> Any:
    return client.post(f"/returns/{slug}/withdraw{query}", {**FORM, "step": "confirm", **more})


def test_two_steps_and_a_receipt_with_the_moment(shopper: Shopper) -> None:
    start = shopper.client.get("/returns/kaisla/?locale=de").content.decode()
    assert "Vertrag widerrufen" in start and "withdraw?locale=de" in start
    review = shopper.client.post("/returns/kaisla/withdraw?locale=de", {**FORM, "step": "review"})
    said = review.content.decode()
    assert re.search(r'<button class="btn primary lg block"[^>]*>Widerruf bestätigen</button>', said)
    with shopper.house.acting():
        assert not Withdrawal.objects.exists()
    done = declare(shopper.client, "?locale=de")
    assert declare(shopper.client, "?locale=de").status_code == 302
    with shopper.house.acting():
        row = Withdrawal.objects.select_related("made", "conversation").get()
        made = Return.objects.get()
        assert row.made == made and made.kind == "withdrawal" and made.notice_at == row.declared_at
        # the mug with a name is none of what the law lets go back
        assert [(one.line.sku, one.quantity) for one in made.lines.select_related("line")] == [("SHOE-42", 2)]
        message = Message.objects.get(conversation=row.conversation)
        # agents read our own words in the team's language, and what it is about is not guessed
        (read,) = message.translations.all()
        assert "Ich widerrufe" in message.text and read.text.startswith("I withdraw from my contract")
        assert (read.language, read.machine, row.conversation.intent) == ("en", False, "return_request")
        who = row.conversation.customer_id
        assert declared_orders(row.workspace_id, row.conversation_id, customer_id=who) == ["KSL-1"]
        assert "ksl 1" in message.text and row.conversation.language.startswith("de")
    receipt = shopper.client.get(done["Location"]).content.decode()
    assert row.code in receipt and "R1-KSL-1" in receipt
    (sent,) = shopper.receipts()
    assert shopper.receipts() == []
    assert sent.to == [MAIL] and row.code in sent.body and "Somchai J." in sent.body
    assert str(row.declared_at.year) in sent.body and "Berlin" in sent.body
    file = shopper.client.get(done["Location"].replace("?", "/receipt.txt?"))
    assert row.code in file.content.decode() and "attachment" in file["Content-Disposition"]


@pytest.mark.parametrize(
    "changed",
    [
        {"order_number": "the lamp I bought in May"},
        {"email": "another@example.com"},
        {"whole": "part", "part": "one pair of shoes"},
    ],
)
def test_what_cannot_be_matched_is_kept_and_becomes_a_conversation(
    shopper: Shopper, changed: dict[str, str]
) -> None:
    done = declare(shopper.client, **changed)
    assert done.status_code == 302
    page = shopper.client.get(done["Location"]).content.decode()
    assert "Your withdrawal is received" in page and "We look at it" in page
    with shopper.house.acting():
        row = Withdrawal.objects.get()
        assert row.made is None and not Return.objects.exists()
        conversation = Conversation.objects.get()
        assert (
            row.conversation_id == conversation.pk and "Withdrawal from the contract" in conversation.subject
        )
    (sent,) = shopper.receipts()
    assert sent.to == [row.email] and next(iter(changed.values())).split()[0] in sent.body + "part"


def test_what_lacks_stands_beside_its_field(shopper: Shopper) -> None:
    page = declare(shopper.client, name=" ", email="nobody", order_number="")
    said = page.content.decode()
    assert page.status_code == 422 and said.count('aria-invalid="true"') == 3
    for name in ("name", "email", "order_number"):
        assert re.search(rf'id="f-{name}"[^>]*aria-describedby="f-{name}-more"', said)
    assert "Give a whole e-mail address" in said and "Give your name." in said
    with shopper.house.acting():
        assert not Withdrawal.objects.exists()


def test_argentina_has_its_button_and_its_code(shopper: Shopper) -> None:
    start = shopper.client.get("/returns/kaisla/?country=AR").content.decode()
    assert "Botón de arrepentimiento" in start and "Withdraw from contract here" not in start
    done = declare(shopper.client, "?country=AR")
    with shopper.house.acting():
        row = Withdrawal.objects.get()
    assert row.form == "ar" and row.code in shopper.client.get(done["Location"]).content.decode()
    (sent,) = shopper.receipts()
    assert row.code in str(sent.subject)


def test_a_receipt_is_for_whoever_has_its_link_and_no_other_brand(shopper: Shopper) -> None:
    where = declare(shopper.client)["Location"]
    a_house("mallory")
    assert Client().get(where).status_code == 200
    assert Client().get(where.replace("kaisla", "mallory")).status_code == 404
    assert Client().get(where[:-3] + "xyz").status_code == 404
    assert declare(Client(), slug="mallory", key="b" * 32).status_code == 302
    with shopper.house.acting():
        assert Withdrawal.objects.count() == 1 and Return.objects.count() == 1


def test_declarations_are_paced_and_a_shop_without_mail_says_so(
    shopper: Shopper, house: House, settings: Any
) -> None:
    answers = [declare(shopper.client, key=f"key-{turn}").status_code for turn in range(11)]
    assert answers[-1] == 429 and answers[0] == 302
    settings.MAIL_URL = ""
    page = shopper.client.get(declare(shopper.client, key="other", email="b@example.com")["Location"])
    assert "cannot send mail" in page.content.decode()
    before = len(mail.outbox)
    shopper.receipts()
    assert len(mail.outbox) == before
