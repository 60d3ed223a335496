"""The pages of payment accounts and disputes: connected and answered by leads, secrets never shown, closed to Mallory."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from dragoman.core.commerce.actions.disputes import note_dispute
from dragoman.core.commerce.models import Answer, Dispute, PaymentAccount
from dragoman.core.commerce.paying import account_as_called
from dragoman.ground.providers.payments.ports import Disputed
from tests.people import House

AT = "/settings/payments"


def connected(house: House, client: Client) -> PaymentAccount:
    given = {"title": "Till of Finland", "api_key": "sk_hidden", "hook_secret": "whsec_hidden"}
    answer = client.post(f"{AT}/new/stripe", given)
    assert answer.status_code == 302, answer.content.decode()
    with house.acting():
        return PaymentAccount.objects.get()


def contested(house: House, row: PaymentAccount, *, days: int = 5) -> Dispute:
    due = timezone.now() + timedelta(days=days, hours=1)
    told = Disputed(
        external_id=f"du_{days}", payment="pi_1", amount=4990, currency="EUR", reason="product_not_received",
        status="needs_response", due_by=due, scheme="visa", code="13.1",
    )  # fmt: skip
    with house.acting():
        return note_dispute(row, told)


def test_an_account_is_connected_changed_and_removed_and_its_secrets_are_never_shown(
    house: House, as_greta: Client
) -> None:
    empty = as_greta.get(AT).content.decode()
    assert "No payment account yet" in empty
    assert all(name in empty for name in ("Stripe", "Adyen", "PayPal"))
    row = connected(house, as_greta)
    at = f"{AT}/{row.pk}"
    page = as_greta.get(at).content.decode()
    assert f"http://testserver/hooks/{row.hook_key}" in page and "None came yet" in page
    assert "sk_hidden" not in page and "whsec_hidden" not in page
    assert as_greta.post(at, {"title": "Till", "api_key": "", "hook_secret": ""}).status_code == 302
    with house.acting():
        assert account_as_called(PaymentAccount.objects.get()).secrets["api_key"] == "sk_hidden"
    as_greta.post(f"{at}/address")
    assert row.hook_key not in as_greta.get(at).content.decode()
    as_greta.post(f"{at}/switch")
    assert "Switched off" in as_greta.get(AT).content.decode()
    assert "its secrets are forgotten" in as_greta.get(f"{at}/remove").content.decode()
    as_greta.post(f"{at}/remove")
    assert as_greta.get(at).status_code == 404


def test_bad_input_keeps_what_was_typed_and_says_why(house: House, as_greta: Client) -> None:
    answer = as_greta.post(f"{AT}/new/stripe", {"title": "Till of Mars", "api_key": "", "hook_secret": "w_h"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Till of Mars" in page and "This field is required" in page
    assert "w_h" not in page
    assert as_greta.get(f"{AT}/new/abacus").status_code == 404
    row = connected(house, as_greta)
    page = as_greta.post(f"{AT}/{row.pk}", {"title": "", "api_key": "sk_other"}).content.decode()
    assert "This field is required" in page and "sk_other" not in page
    with house.acting():
        assert PaymentAccount.objects.get().title == "Till of Finland"


def test_agents_and_mallory_reach_no_account(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client
) -> None:
    at = f"{AT}/{connected(house, as_greta).pk}"
    assert as_lars.get(AT).status_code == 403 and as_lars.get(f"{AT}/new/stripe").status_code == 403
    assert "Till of Finland" not in as_mallory.get(AT).content.decode()
    for place in ("", "/test", "/switch", "/address", "/remove"):
        assert as_lars.post(at + place, {}).status_code == 403
        assert as_mallory.post(at + place, {"title": "m", "api_key": "m"}).status_code == 404
    with house.acting():
        assert PaymentAccount.objects.get().title == "Till of Finland"


def test_disputes_are_listed_by_deadline_and_say_what_to_do_where_there_is_none(
    house: House, as_greta: Client, as_lars: Client
) -> None:
    page = as_greta.get("/disputes").content.decode()
    assert "No payment account yet" in page and f'href="{AT}"' in page
    assert "Connect an account" not in as_lars.get("/disputes").content.decode()
    row = connected(house, as_greta)
    assert "Nothing is contested" in as_greta.get("/disputes").content.decode()
    late, soon = contested(house, row, days=9), contested(house, row, days=2)
    page = as_greta.get("/disputes").content.decode()
    assert page.index(f"/disputes/{soon.pk}") < page.index(f"/disputes/{late.pk}")
    assert "2 days left" in page and "Not received · 13.1" in page


def test_evidence_is_sent_once_and_only_with_its_tick(house: House, as_greta: Client) -> None:
    one = contested(house, connected(house, as_greta))
    at = f"/disputes/{one.pk}"
    page = as_greta.post(f"{at}/answer", {"statement": "It arrived."}, follow=True).content.decode()
    assert "Nothing was sent" in page and "It arrived." in page
    typed = {"statement": "It arrived on Monday.", "send": "1"}
    page = as_greta.post(f"{at}/answer", typed, follow=True).content.decode()
    assert "Tick that you read it" in page and "It arrived on Monday." in page
    page = as_greta.post(f"{at}/answer", {**typed, "sure": "1"}, follow=True).content.decode()
    assert "on its way" in page and "Send the evidence" not in page and "It arrived on Monday." in page
    as_greta.post(f"{at}/answer", {"statement": "Again", "send": "1", "sure": "1"})
    with house.acting():
        kept = Dispute.objects.get()
    assert (kept.answer, kept.answer_tries, kept.statement) == (Answer.QUEUED, 1, "It arrived on Monday.")


def test_agents_answer_no_dispute_and_mallory_finds_none(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client
) -> None:
    one = contested(house, connected(house, as_greta))
    at = f"/disputes/{one.pk}"
    assert "ask one of them" in as_lars.get(at).content.decode()
    typed = {"statement": "m", "send": "1", "sure": "1"}
    as_lars.post(f"{at}/answer", typed)
    assert at not in as_mallory.get("/disputes").content.decode()
    assert as_mallory.get(at).status_code == as_mallory.get(f"{at}/evidence.pdf").status_code == 404
    assert as_mallory.post(f"{at}/answer", typed).status_code == 404
    with house.acting():
        kept = Dispute.objects.get()
    assert (kept.answer, kept.statement) == (Answer.NONE, "")
