"""What is masked is chosen by leads, tried before it is saved, and told in the thread."""

import pytest
from django.test import Client

from dragoman.core.accounts.masking import maskings
from dragoman.core.accounts.models import Agent, Brand, Role, Workspace
from dragoman.core.accounts.queries import facts
from dragoman.core.conversations.models import Message
from dragoman.core.language.redact import TYPES
from dragoman.front.desk.masked_words import LABELS, masked_words
from tests.people import House, settle, write

CARD = "4111 1111 1111 1111"
SAVED = {"masks": ["card", "phone"], "envelope_masked_days": "7"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    maskings.forget()
    facts.forget()


def kept(house: House) -> Workspace:
    with house.acting():
        return Workspace.objects.get(pk=house.workspace.pk)


def test_every_type_has_words_in_one_and_in_many() -> None:
    assert set(LABELS) == set(TYPES)
    assert masked_words({"iban": 1, "card": 2, "odd": 3}) == [
        "2 card numbers were masked.",
        "1 bank account was masked.",
    ]
    assert len(masked_words(dict.fromkeys(TYPES, 1))) == len(TYPES)


def test_what_is_masked_is_saved(house: House, as_greta: Client) -> None:
    assert "Personal data" in as_greta.get("/settings/masking").content.decode()
    assert as_greta.post("/settings/masking", {**SAVED, "envelopes_for_owners": "on"}).status_code == 302
    found = kept(house)
    assert (found.masks, found.envelope_masked_days, found.envelopes_for_owners) == (
        ["card", "phone"],
        7,
        True,
    )
    assert as_greta.post("/settings/masking", {"envelope_masked_days": "7"}).status_code == 302
    assert kept(house).masks == []


def test_odd_types_and_days_are_refused(house: House, as_greta: Client) -> None:
    assert (
        as_greta.post("/settings/masking", {"masks": ["shoe"], "envelope_masked_days": "7"}).status_code
        == 422
    )
    assert as_greta.post("/settings/masking", {**SAVED, "envelope_masked_days": "0"}).status_code == 422
    assert "card" in kept(house).masks


def test_a_text_is_tried_with_what_is_chosen_and_nothing_is_saved(house: House, as_greta: Client) -> None:
    wish = {**SAVED, "try": "1", "try_text": f"card {CARD}, hunter@example.com"}
    page = as_greta.post("/settings/masking", wish).content.decode()
    assert "1 card number was masked." in page
    assert "card [card], hunter@example.com" in page
    nothing = as_greta.post("/settings/masking", {**wish, "try_text": "Where is KSL-20418?"}).content.decode()
    assert "Nothing in it would be masked." in nothing
    assert kept(house).masks == ["card", "iban", "national_id", "password", "token"]


def test_a_brand_decides_for_itself_and_takes_it_back(house: House, as_greta: Client) -> None:
    at = f"/settings/masking/brands/{house.brand.pk}"
    assert as_greta.post(at, {"own": "own", "masks": ["iban"]}).status_code == 302
    with house.acting():
        assert Brand.objects.get(pk=house.brand.pk).masks == ["iban"]
    assert "Decides for itself" in as_greta.get("/settings/masking").content.decode()
    assert as_greta.post(at, {"own": "", "masks": ["iban"]}).status_code == 302
    with house.acting():
        assert Brand.objects.get(pk=house.brand.pk).masks is None


def test_a_lead_cannot_give_the_envelopes_back_to_leads(
    house: House, as_lars: Client, as_greta: Client
) -> None:
    as_greta.post("/settings/masking", {**SAVED, "envelopes_for_owners": "on"})
    with house.acting():
        Agent.objects.filter(workspace_id=house.workspace.pk, name="Lars").update(role=Role.LEAD)
    assert (
        as_lars.post("/settings/masking", {"masks": ["card"], "envelope_masked_days": "9"}).status_code == 302
    )
    found = kept(house)
    assert (found.envelope_masked_days, found.envelopes_for_owners) == (9, True)
    envelope = _envelope_of(house, CARD)
    facts.forget()
    page = as_lars.get(f"/settings/envelopes/{envelope}").content.decode()
    assert "Only owners may open it word for word." in page
    assert as_lars.post(f"/settings/envelopes/{envelope}/open").status_code == 403
    assert CARD in as_greta.post(f"/settings/envelopes/{envelope}/open").content.decode()


def _envelope_of(house: House, text: str) -> int:
    got = write(house, text, raw=text.encode())
    settle()
    with house.acting():
        return int(Message.objects.get(pk=got.message_id).envelope_id or 0)


def test_the_thread_says_what_was_masked_and_the_preview_what_should_not_go_out(
    house: House, as_greta: Client
) -> None:
    got = write(house, f"My cards {CARD} and 5555 5555 5555 4444", language="en")
    settle()
    page = as_greta.get(f"/conversations/{got.conversation_id}").content.decode()
    assert "2 card numbers were masked." in page
    assert "4444" not in page
    shown = as_greta.post(
        f"/desk/conversations/{got.conversation_id}/preview",
        {"text": f"You paid with {CARD}", "channel": "api"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "Look again before it goes out: Card numbers." in shown


def test_mallory_and_agents_decide_nothing(house: House, as_lars: Client, as_mallory: Client) -> None:
    assert as_lars.get("/settings/masking").status_code == 403
    assert as_lars.post("/settings/masking", SAVED).status_code == 403
    assert as_lars.post(f"/settings/masking/brands/{house.brand.pk}", {"own": "own"}).status_code == 403
    assert as_mallory.post(f"/settings/masking/brands/{house.brand.pk}", {"own": "own"}).status_code == 404
    as_mallory.post("/settings/masking", SAVED)
    assert "iban" in kept(house).masks
