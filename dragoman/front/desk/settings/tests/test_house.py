"""The workspace, its brands, its tokens and its translation."""

import re

import pytest
from django.test import Client

from dragoman.core.accounts.models import ApiToken, Brand, Workspace
from dragoman.core.accounts.queries import find_token_holder, tokens, tokens_of
from tests.people import House

WORKSPACE = {
    "name": "Kaisla Oy",
    "language": "fi",
    "languages": ["fi", "th", "en"],
    "envelope_days": 30,
    "close_after_days": 7,
    "requests_per_minute": 120,
    "undo_send_chat": "5",
    "undo_send_mail": "0",
}
BRAND = {
    "name": "Kaisla Home",
    "language": "fi",
    "colour": "#aa3300",
    "machine_mark": "none",
    "signature": "Kaisla\nHelsinki",
    "allowed_origins": "https://Shop.kaisla.example/cart\nkaisla.example",
}


def brand_of(house: House) -> Brand:
    with house.acting():
        return Brand.objects.get(pk=house.brand.pk)


def test_the_workspace_is_saved(house: House, as_greta: Client) -> None:
    assert as_greta.post("/settings/workspace", WORKSPACE).status_code == 302
    with house.acting():
        found = Workspace.objects.get(pk=house.workspace.pk)
    assert (found.name, found.language, found.languages) == ("Kaisla Oy", "fi", ["fi", "th", "en"])
    assert (found.envelope_days, found.close_after_days, found.requests_per_minute) == (30, 7, 120)


def test_a_workspace_needs_a_language_and_sane_numbers(house: House, as_greta: Client) -> None:
    answer = as_greta.post("/settings/workspace", {**WORKSPACE, "languages": [], "envelope_days": 0})
    assert answer.status_code == 422
    with house.acting():
        assert Workspace.objects.get(pk=house.workspace.pk).name == "kaisla"


def test_a_brand_is_saved_and_its_lists_are_tidied(house: House, as_greta: Client) -> None:
    assert as_greta.post(f"/settings/brands/{house.brand.pk}", BRAND).status_code == 302
    brand = brand_of(house)
    assert brand.allowed_origins == ["https://shop.kaisla.example", "https://kaisla.example"]
    assert (brand.machine_mark, brand.colour) == ("none", "#aa3300")


def test_a_bad_origin_or_colour_is_refused_beside_its_field(house: House, as_greta: Client) -> None:
    wrong = {**BRAND, "allowed_origins": "javascript://shop", "colour": "red;}"}
    answer = as_greta.post(f"/settings/brands/{house.brand.pk}", wrong)
    assert answer.status_code == 422
    assert "is no address of a page" in answer.content.decode()
    assert brand_of(house).name == "kaisla"


def test_the_brands_page_has_the_script_and_shows_the_secret_only_when_asked(
    house: House, as_greta: Client
) -> None:
    at = f"/settings/brands/{house.brand.pk}"
    page = as_greta.get(at).content.decode()
    assert (
        "&lt;script src=&#34;http://testserver/widget.js&#34; data-brand=&#34;kaisla&#34; async&gt;" in page
    )
    assert house.brand.identity_secret not in page
    assert house.brand.identity_secret in as_greta.post(f"{at}/secret").content.decode()
    renewed = as_greta.post(f"{at}/secret/new").content.decode()
    assert brand_of(house).identity_secret != house.brand.identity_secret
    assert brand_of(house).identity_secret in renewed


def test_the_chat_can_be_tried_on_a_page_of_ours(house: House, as_greta: Client) -> None:
    page = as_greta.get(f"/settings/brands/{house.brand.pk}/try").content.decode()
    assert '<script src="/widget.js" data-brand="kaisla"' in page


def test_a_brand_is_made_and_a_taken_short_name_refused(house: House, as_greta: Client) -> None:
    assert as_greta.post("/settings/brands/new", {"name": "Havu", "slug": "havu"}).status_code == 302
    for slug in ("havu", "Not A Slug"):
        answer = as_greta.post("/settings/brands/new", {"name": "Again", "slug": slug})
        assert answer.status_code == 422


def test_a_token_is_shown_once_and_stops_when_revoked(house: House, as_greta: Client) -> None:
    form = {"name": "Till", "reach": "some", "scopes": ["messages"]}
    page = as_greta.post("/settings/tokens", form, follow=True)
    found = re.search(r"dgm_[\w-]+", page.content.decode())
    assert found is not None
    assert page["Cache-Control"] == "no-store"
    assert found[0] not in as_greta.get("/settings/tokens").content.decode()
    holder = find_token_holder(found[0])
    assert holder is not None
    assert (holder.may("messages"), holder.may("customers")) == (True, False)
    assert (
        "This cannot be undone" in as_greta.get(f"/settings/tokens/{holder.token_id}/revoke").content.decode()
    )
    assert as_greta.post(f"/settings/tokens/{holder.token_id}/revoke").status_code == 302
    tokens.forget()
    assert find_token_holder(found[0]) is None


def test_a_token_that_reaches_nothing_is_refused(house: House, as_greta: Client) -> None:
    answer = as_greta.post("/settings/tokens", {"name": "Till", "reach": "some"})
    assert answer.status_code == 422
    with house.acting():
        assert tokens_of(house.workspace.pk).count() == 1


def test_translation_says_what_is_there_and_what_to_configure(house: House, as_greta: Client) -> None:
    page = as_greta.get("/settings/translation").content.decode()
    assert "Phrasebook" in page
    assert "TRANSLATOR_URL" in page
    assert "Phrases only" in page


@pytest.mark.parametrize(
    "place", ["workspace", "brands", "brands/new", "translation", "mailboxes", "teams", "parked"]
)
def test_agents_without_the_role_get_the_page_that_says_so(as_lars: Client, place: str) -> None:
    answer = as_lars.get(f"/settings/{place}")
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.content.decode()


def test_mallory_reaches_no_brand_or_token_of_another_workspace(house: House, as_mallory: Client) -> None:
    with house.acting():
        token = ApiToken.objects.get()
    at = f"/settings/brands/{house.brand.pk}"
    for path in (at, f"{at}/secret", f"{at}/secret/new", f"/settings/tokens/{token.pk}/revoke"):
        assert as_mallory.post(path, BRAND).status_code == 404
    assert as_mallory.get(f"{at}/try").status_code == 404
    assert "kaisla" not in as_mallory.get("/settings/brands").content.decode()
    assert brand_of(house).identity_secret == house.brand.identity_secret
    with house.acting():
        assert ApiToken.objects.get().revoked_at is None


def test_a_text_shows_how_the_chosen_languages_would_find_it_before_they_are_saved(
    house: House, as_greta: Client
) -> None:
    form = {**WORKSPACE, "try_text": "Hei, missä tilaukseni on? Odotin sitä jo eilen.", "try": "1"}
    assert "Found to be in Finnish." in as_greta.post("/settings/workspace", form).content.decode()
    thai = {**form, "try_text": "1234"}
    assert "No language can be told" in as_greta.post("/settings/workspace", thai).content.decode()
    with house.acting():
        assert Workspace.objects.get(pk=house.workspace.pk).name != "Kaisla Oy"


def test_a_text_is_translated_to_try_the_engines(as_greta: Client) -> None:
    first = as_greta.get("/settings/translation").content.decode()
    assert "Missä tilaukseni on?" in first
    page = as_greta.post("/settings/translation", {"text": "Missä tilaukseni on?", "target": "en"})
    words = page.content.decode()
    assert "Where is my order?" in words and "Found to be in Finnish." in words and "people wrote it" in words
    free = as_greta.post("/settings/translation", {"text": "Kissani söi lampun johdon.", "target": "en"})
    assert "No engine can do this pair" in free.content.decode()
    assert as_greta.post("/settings/translation", {"text": "x", "target": "tlh"}).status_code == 422
