"""Forms of address: chosen by the brand, for a customer, and by an agent about themselves."""

import re

import pytest

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import brands
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.reply import preview_reply
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.models import Customer
from tests.people import settle, write


def chosen(*rows: tuple[str, str, str]) -> dict[str, list[str]]:
    return dict(zip(("language", "market", "register"), map(list, zip(*rows, strict=True)), strict=True))


@pytest.fixture
def german(house):
    number = write(house, "Wo ist mein Paket? Kannst du mir helfen?", language="de").conversation_id
    settle()
    return number


def preview(house, number: int, agent: Agent | None = None) -> str:
    brands.forget()
    with house.acting():
        conversation = get_conversation(house.greta, number)
        text = "Is there anything else we can help you with?"
        return str(preview_reply(conversation, agent=agent or house.greta, text=text).text)


def test_a_brand_chooses_a_form_for_a_language_and_a_market(house, as_greta, german):
    url = f"/settings/brands/{house.brand.pk}/manners"
    page = as_greta.get(url).content.decode()
    assert "vykání" in page and "Sie" in page
    assert "Ihnen" in preview(house, german)
    form = chosen(("de", "", "casual"), ("fr", "", "polite"), ("de", "AT", "polite"), ("sv", "", "casual"))
    assert as_greta.post(url, form).status_code == 302
    with house.acting():
        assert Brand.objects.get().registers == {"de": "casual", "de@AT": "polite"}
    assert "dir" in preview(house, german)
    assert 'value="AT"' in as_greta.get(url).content.decode()


def test_a_customers_wish_is_suggested_noted_and_taken_back(house, as_greta, german):
    page = as_greta.get(f"/conversations/{german}").content.decode()
    assert "Answer with du" in page
    assert as_greta.post(f"/desk/conversations/{german}/manner", {"register": "casual"}).status_code == 302
    with house.acting():
        assert Customer.objects.get().register == "casual"
    assert "dir" in preview(house, german)
    assert "Answer with du" not in as_greta.get(f"/conversations/{german}").content.decode()
    refused = as_greta.post(f"/desk/conversations/{german}/manner", {"register": "rude"})
    assert refused.status_code in (302, 409, 422)
    with house.acting():
        assert Customer.objects.get().register == "casual"


def test_the_tone_check_knows_the_form_that_is_due(house, as_greta, german):
    at = f"/desk/conversations/{german}/preview"
    form = {"text": "Wir helfen dir gern weiter.", "channel": "api"}
    with house.acting():
        Conversation.objects.update(market="DE")

    def shown() -> str:
        brands.forget()
        return as_greta.post(at, form, headers={"HX-Request": "true"}).content.decode()

    assert "Too familiar" in shown()
    as_greta.post(f"/desk/conversations/{german}/manner", {"register": "casual"})
    assert "Too familiar" not in shown()
    as_greta.post(f"/desk/conversations/{german}/manner", {"register": "polite"})
    assert "Too familiar" in shown()


def test_a_changed_form_of_address_is_previewed_anew_though_the_text_stayed(house, as_greta, german):
    at, text = f"/desk/conversations/{german}", "Is there anything else we can help you with?"
    scripted = {"HX-Request": "true"}

    def shown(before: str = "", text: str = text, said: str = "") -> tuple[str, str]:
        token = re.search(r'name="preview_token" value="([^"]+)"', before)
        form = {"text": text, "channel": "api", "preview_token": token[1] if token else "", "amended": said}
        page = as_greta.post(f"{at}/preview", form, headers=scripted).content.decode()
        return page, re.search(r'<textarea[^>]*id="amended"[^>]*>([^<]*)', page)[1]

    page, said = shown()
    assert "Ihnen" in said
    as_greta.post(f"{at}/manner", {"register": "casual"})
    # the composer sends along what it shows
    page, now = shown(page, f"{text} ", said)
    assert "dir" in now and "Ihnen" not in now
    # a translation that a person changed stays theirs
    page, now = shown(page, text, "Kann ich Ihnen helfen?")
    assert now == "Kann ich Ihnen helfen?"
    # it is the customer who asked for this form, not the brand
    assert "Another form of address" in page and "The brand says" not in page


def test_an_agents_gender_is_theirs_to_say(house, as_greta):
    number = write(house, "พัสดุถึงไหนแล้ว", language="th").conversation_id
    settle()
    assert "ค่ะ" not in preview(house, number)
    facts = {"name": "Greta", "time_zone": "UTC", "ui_language": "en", "theme": "", "gender": "woman"}
    assert as_greta.post("/settings/profile", facts).status_code == 302
    with house.acting():
        greta = Agent.objects.get(pk=house.greta.pk)
    assert greta.gender == "woman" and preview(house, number, greta).endswith("คะ")


def test_mallory_and_agents_choose_nothing_for_a_brand(house, as_lars, as_mallory, german):
    url = f"/settings/brands/{house.brand.pk}/manners"
    assert as_lars.get(url).status_code == 403
    assert as_mallory.post(url, chosen(("de", "", "casual"))).status_code == 404
    gone = as_mallory.post(f"/desk/conversations/{german}/manner", {"register": "casual"})
    assert gone.status_code == 404
    with house.acting():
        assert Brand.objects.get().registers == {} and Customer.objects.get().register == ""


def test_half_a_choice_for_one_country_is_said_there_and_kept(house, as_greta):
    url = f"/settings/brands/{house.brand.pk}/manners"
    rows = chosen(("fr", "", "casual"))
    refused = as_greta.post(url, {**rows, "other_market": "AT"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Choose the form of address for this country, too." in page
    assert '<option value="AT" selected>' in page and '<option value="casual" selected>' in page
    assert "Choose the country" in as_greta.post(url, {**rows, "other_form": "de:casual"}).content.decode()
    with house.acting():
        assert Brand.objects.get().registers == {}
    assert as_greta.post(url, {**rows, "other_market": "AT", "other_form": "de:casual"}).status_code == 302
    with house.acting():
        assert Brand.objects.get().registers == {"fr": "casual", "de@AT": "casual"}
