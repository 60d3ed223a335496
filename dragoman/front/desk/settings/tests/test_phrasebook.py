"""The phrasebook's pages: found, said another way, given back, added to, taken out and in; closed to others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dragoman.core.accounts.actions import create_brand
from dragoman.core.language.models import OwnPhrase, PhraseWording
from dragoman.core.language.own_phrases import owned

HOME = "/settings/phrasebook"
CLOSING = f"{HOME}/phrases/closing"


@pytest.fixture(autouse=True)
def nothing_kept():
    owned.forget()


def page(client, url: str, status: int = 200) -> str:
    owned.forget()
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def wordings(house) -> dict[tuple[str, str, str], dict[str, str]]:
    with house.acting():
        return {(one.key, one.language, one.register): one.said for one in PhraseWording.objects.all()}


def test_the_list_tells_what_is_covered_and_finds_in_both_languages(as_greta):
    shown = page(as_greta, f"{HOME}?language=de")
    assert shown.count("<progress") == 28 and "168 of 168" in shown
    assert "Vielen Dank für Ihre Nachricht." in shown and "Thank you for contacting us." in shown
    found = page(as_greta, f"{HOME}?language=de&q=Rücksendeetikett")
    assert "The return label is attached." in found and "Thank you for contacting us." not in found
    assert "No phrase has these words" in page(as_greta, f"{HOME}?language=de&q=zeppelin")


def test_a_wording_is_tried_stored_and_given_back(house, as_greta):
    form = {"language": "de", "said::other": "Herzlichst", "said:casual:other": "Liebe Grüße"}
    tried = as_greta.post(CLOSING, {**form, "try": "1"})
    assert "Herzlichst" in tried.content.decode() and wordings(house) == {}
    assert as_greta.post(CLOSING, form).status_code == 302
    # what stayed as ours is not stored
    assert wordings(house) == {("closing", "de", ""): {"other": "Herzlichst"}}
    shown = page(as_greta, f"{CLOSING}?language=de")
    assert "Herzlichst" in shown and "Mit freundlichen Grüßen" in shown and "Say ours again" in shown
    assert "closing" in page(as_greta, f"{HOME}?language=de&only=changed")
    assert as_greta.post(f"{CLOSING}/reset", {"language": "de", "register": ""}).status_code == 302
    assert wordings(house) == {}


def test_plurals_are_asked_only_where_the_language_has_them_and_shown_for_numbers(house, as_greta):
    at = f"{HOME}/phrases/refund_within"
    polish, japanese = page(as_greta, f"{at}?language=pl"), page(as_greta, f"{at}?language=ja")
    assert 'name="said::few"' in polish and 'name="said::many"' in polish and "1,5" in polish
    assert 'name="said::few"' not in japanese and 'name="said::other"' in japanese
    assert 'name="said:honorific:other"' in japanese and "said:casual" not in japanese
    refused = as_greta.post(
        at, {"language": "pl", "said::one": "za {days} dzień", "said::other": "za {days} dnia"}
    )
    assert refused.status_code == 422 and "few, many" in refused.content.decode()
    missing = as_greta.post(at, {"language": "de", "said::other": "Bald."})
    assert missing.status_code == 422 and "{days} is missing" in missing.content.decode()
    assert wordings(house) == {}


def test_a_wording_of_one_brand_stays_with_it(house, as_greta):
    with house.acting():
        other = create_brand(house.workspace.pk, slug="other-shop", name="Other")
    form = {"language": "de", "brand": str(other.pk), "said::other": "Bis bald"}
    assert as_greta.post(CLOSING, form).status_code == 302
    assert "Bis bald" in page(as_greta, f"{CLOSING}?language=de&brand={other.pk}")
    assert "Bis bald" not in page(as_greta, f"{CLOSING}?language=de")


def test_a_phrase_of_ones_own_is_made_written_elsewhere_and_removed(house, as_greta):
    refused = as_greta.post(f"{HOME}/new", {"language": "en", "text": "Your {bike} is ready."})
    assert refused.status_code == 422 and "{bike}" in refused.content.decode()
    made = as_greta.post(
        f"{HOME}/new", {"language": "en", "text": "Your bike {order} is ready.", "theme": "order"}
    )
    assert made.status_code == 302
    with house.acting():
        key = OwnPhrase.objects.get().key
    assert "Nobody wrote it in German" in page(as_greta, f"{HOME}?language=de&only=missing")
    at = f"{HOME}/phrases/{key}"
    owned.forget()
    assert (
        as_greta.post(at, {"language": "de", "said::other": "Ihr Rad {order} ist fertig."}).status_code == 302
    )
    assert (key, "de", "") in wordings(house)
    assert as_greta.post(f"{CLOSING}/remove").status_code == 404
    assert as_greta.post(f"{at}/remove").status_code == 302
    assert wordings(house) == {}


def test_files_go_out_and_come_in_and_a_broken_one_says_where(house, as_greta):
    as_greta.post(CLOSING, {"language": "de", "said::other": "Herzlichst"})
    out = as_greta.get(f"{HOME}/file?format=toml")
    assert b'text = "Herzlichst"' in out.content and "phrases.toml" in out.headers["Content-Disposition"]
    table = as_greta.get(f"{HOME}/file?format=csv&book=pl").content.decode("utf-8-sig")
    assert (
        table.startswith("key,theme,brand,language,register,plural,text")
        and "refund_within,,,pl,,few," in table
    )
    broken = out.content.replace(b'"closing"', b'"order_shipped"')

    def bring(content: bytes) -> str:
        file = SimpleUploadedFile("phrases.toml", content)
        return as_greta.post(f"{HOME}/take-in", {"file": file}, follow=True).content.decode()

    assert "Row 1 (order_shipped)" in bring(broken)
    assert "1 wording is taken in" in bring(out.content.replace(b"Herzlichst", b"Bis bald"))
    assert wordings(house) == {("closing", "de", ""): {"other": "Bis bald"}}


def test_agents_and_mallory_change_nothing(house, as_lars, as_greta, as_mallory):
    as_greta.post(CLOSING, {"language": "de", "said::other": "Herzlichst"})
    for url in (HOME, CLOSING, f"{HOME}/new", f"{HOME}/file"):
        assert as_lars.get(url).status_code == 403
    assert as_lars.post(CLOSING, {"language": "de", "said::other": "Tschö"}).status_code == 403
    assert "Herzlichst" not in page(as_mallory, f"{CLOSING}?language=de")
    as_mallory.post(f"{CLOSING}/reset", {"language": "de", "register": "", "brand": str(house.brand.pk)})
    assert wordings(house) == {("closing", "de", ""): {"other": "Herzlichst"}}
    page(as_greta, f"{HOME}/phrases/nothing", 404)


def test_an_empty_list_says_why_and_what_to_do(house, as_greta):
    changed = as_greta.get("/settings/phrasebook?language=de&only=changed").content.decode()
    assert "Nothing is said your way yet" in changed
    missing = as_greta.get("/settings/phrasebook?language=de&only=missing").content.decode()
    assert "Every phrase is written in German." in missing
    assert "No phrase has these words" in as_greta.get("/settings/phrasebook?q=zzzz").content.decode()
