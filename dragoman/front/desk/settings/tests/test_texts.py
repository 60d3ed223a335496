"""Texts: coverage, writing beside the source, who gets what, files for translators; closed to others."""

import io
import re

import pytest

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.knowledge.reading import filled_in
from dragoman.core.language.tests.test_xliff import translated
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry, entries_of, get_entry, state_of
from dragoman.front.desk.settings.texts import table


def put(house, words, language, market="", **more):
    with house.acting():
        entry = get_entry(house.workspace.pk, ref_of(house))
        write_variant(house.workspace.pk, entry, Wording(words, language, market, **more), agent=house.greta)


def ref_of(house, kind="greeting"):
    return f"{kind}.{house.brand.pk}.{kind}"


def at(house, kind="greeting"):
    return f"/settings/texts/{ref_of(house, kind)}"


def texts_of(house, kind="greeting"):
    with house.acting():
        return get_entry(house.workspace.pk, ref_of(house, kind)).texts


def state(house, name):
    with house.acting():
        entry = get_entry(house.workspace.pk, ref_of(house))
        return state_of(entry, entry.find(*name.split("@")))


def test_a_text_is_written_beside_its_source_and_the_source_is_shown(house, as_greta):
    form = {"words": "Welcome to {brand.name}", "language": "en", "seen": "0"}
    assert as_greta.post(at(house), form).status_code == 302
    page = as_greta.get(f"{at(house)}?language=th").content.decode()
    assert "Welcome to {brand.name}" in page and "Missing" not in page and "Ours" in page
    as_greta.post(at(house), {"words": "ยินดีต้อนรับ", "language": "th", "seen": "0", "source_seen": "1"})
    assert texts_of(house) == {"en": "Welcome to {brand.name}", "th": "ยินดีต้อนรับ"}
    page = as_greta.get(f"{at(house)}?language=th").content.decode()
    assert "The source names what this leaves out:" in page and "Right" in page


def test_what_changed_since_is_shown_and_noted_as_still_right(house, as_greta):
    put(house, "Welcome to our shop", "en")
    put(house, "Tervetuloa", "fi")
    put(house, "Welcome to our new shop", "en")
    page = as_greta.get(f"{at(house)}?language=fi").content.decode()
    assert re.search(r"<ins><span class=\"sr\">put in: </span>\s*new\s*</ins>", page)
    assert "English was changed" in page and "Finnish not yet" in page
    right = {"language": "fi", "source_seen": "1"}
    page = as_greta.post(f"{at(house)}/right", right, follow=True).content.decode()
    assert "Somebody else changed this meanwhile" in page and state(house, "fi") == "stale"
    as_greta.post(f"{at(house)}/right", {**right, "source_seen": "2"})
    assert state(house, "fi") == "right"


def test_the_second_writer_is_told_keeps_their_words_and_may_save_them(house, as_greta):
    put(house, "Welcome", "en")
    put(house, "Willkommen", "de")
    put(house, "Herzlich willkommen", "de")
    answer = as_greta.post(at(house), {"words": "Grüezi", "language": "de", "seen": "1", "source_seen": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else changed this meanwhile" in page
    assert "Herzlich willkommen" in page and ">Grüezi</textarea>" in page and 'name="seen" value="2"' in page
    assert texts_of(house)["de"] == "Herzlich willkommen"
    as_greta.post(at(house), {"words": "Grüezi", "language": "de", "seen": "2", "source_seen": "1"})
    page = as_greta.get(f"{at(house)}?language=de").content.decode()
    assert texts_of(house)["de"] == "Grüezi" and "2 earlier wordings" in page


@pytest.mark.parametrize(
    "form, said",
    [
        (
            {"words": "Hi {custmer.name}", "language": "en"},
            "Nothing fills in {custmer.name}. Known here: {brand.name}",
        ),
        ({"words": " ", "language": "en"}, "Write something"),
    ],
)
def test_what_cannot_be_stored_is_said_and_what_was_typed_stays(house, as_greta, form, said):
    answer = as_greta.post(at(house), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and f">{form['words']}</textarea>" in page
    assert texts_of(house) == {}


def test_a_language_or_market_that_does_not_exist_is_refused(house, as_greta):
    assert as_greta.get(f"{at(house)}?language=xx").status_code == 422
    assert as_greta.get(f"{at(house)}?language=de&market=ZZ").status_code == 422
    assert as_greta.get("/settings/texts?language=xx&state=nonsense&brand=x").status_code == 200


def test_who_gets_what_is_said_for_a_language_and_market(house, as_greta):
    put(house, "Welcome to {brand.name}", "en")
    put(house, "Willkommen bei {brand.name}", "de")
    page = as_greta.get(f"{at(house)}?language=de&for_language=de&for_market=AT").content.decode()
    assert (
        "A customer in Austria who reads German gets: German (nothing of its own is written for Austria)."
        in page
    )
    assert "Willkommen bei kaisla" in page
    page = as_greta.get(f"{at(house)}?for_language=th").content.decode()
    assert "A customer who reads Thai gets: our own sentence in Thai." in page
    page = as_greta.get(f"{at(house)}?for_language=is&for_market=IS").content.decode()
    assert "The brand&#39;s language: English" in page


def test_the_table_says_by_sign_and_word_how_texts_stand_and_is_narrowed(house, as_greta):
    put(house, "Welcome", "en")
    put(house, "Tervetuloa", "fi")
    put(house, "Bienvenue", "fr", made="machine")
    put(house, "Salut", "fr", "CA")
    with house.acting():
        save_macro(house.workspace.pk, agent=None, written=Written("Shipped", {"en": "Shipped"}))
    page = as_greta.get("/settings/texts").content.decode()
    assert "Greeting in the chat" in page and "Shipped" in page and "Machine" in page and ">CA<" in page
    assert 'class="state missing"' in page.partition("</table>")[0]
    put(house, "Welcome!", "en")
    table = as_greta.get("/settings/texts?state=stale").content.decode().partition("</table>")[0]
    assert "Greeting in the chat" in table and "Shipped" not in table and 'class="state stale"' in table
    none = as_greta.get("/settings/texts?kind=away&state=machine").content.decode()
    assert "No text is like this" in none and "<table" not in none
    one = as_greta.get("/settings/texts?language=th").content.decode()
    assert "Thai" in one and "language=fi" not in one.partition("<tbody>")[2].partition("</table>")[0]


def test_a_suggestion_is_marked_as_a_machines_until_it_is_changed(house, as_greta):
    put(house, "Thank you for your patience.", "en")
    form = {"words": "Grazie", "language": "it", "seen": "0", "source_seen": "1"}
    page = as_greta.post(at(house), {**form, "suggest": "1"}).content.decode()
    assert texts_of(house).keys() == {"en"} and "textarea" in page
    as_greta.post(at(house), {**form, "suggested": "Grazie"})
    assert state(house, "it") == "machine"
    as_greta.post(f"{at(house)}/right", {"language": "it", "source_seen": "1"})
    assert state(house, "it") == "right"


def test_another_language_becomes_the_source_and_the_last_text_leaves_the_place_empty(house, as_greta):
    put(house, "Welcome", "en")
    put(house, "Tervetuloa", "fi")
    page = as_greta.post(f"{at(house)}/remove", {"language": "en", "seen": "1"}, follow=True).content.decode()
    assert "Make another the source first" in page
    as_greta.post(f"{at(house)}/source", {"language": "fi"})
    as_greta.post(f"{at(house)}/remove", {"language": "en", "seen": "1"})
    as_greta.post(f"{at(house)}/remove", {"language": "fi", "seen": "1"})
    assert texts_of(house) == {}


def upload(client, name, content):
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    file.name = name
    return client.post("/settings/texts/import", {"file": file}, follow=True)


def test_a_table_goes_out_comes_back_and_changes_what_was_changed(house, as_greta):
    put(house, "=Welcome", "en")
    put(house, "Tervetuloa", "fi")
    out = as_greta.get("/settings/texts/texts.csv?language=th")
    table = out.content.decode("utf-8-sig")
    assert "th" in table.splitlines()[0] and "'=Welcome" in table
    put(house, "=Welcome all", "en")  # meanwhile the source goes on
    back = table.replace("Tervetuloa,", "Tervetuloa kaikki,ยินดีต้อนรับ")
    head = back.splitlines()[0].split(",")
    assert head[-2:] == ["fi", "th"] or "th" in head
    page = upload(as_greta, "texts.csv", "﻿" + back).content.decode()
    assert "2 texts would change." in page and texts_of(house)["fi"] == "Tervetuloa"
    as_greta.post("/settings/texts/import", {"confirm": "1"})
    assert texts_of(house) == {"en": "=Welcome all", "fi": "Tervetuloa kaikki", "th": "ยินดีต้อนรับ"}
    # they were written from the source as it went out
    assert (state(house, "fi"), state(house, "th")) == ("stale", "stale")


def test_xliff_of_one_language_goes_out_and_comes_back(house, as_greta):
    put(house, "Welcome to {brand.name}. Write to us.", "en")
    out = as_greta.get("/settings/texts/texts.xlf?language=de&market=AT").content
    assert b'srcLang="en"' in out and b'trgLang="de-AT"' in out and ref_of(house).encode() in out
    put(house, "Welcome to {brand.name}. Call us.", "en")
    back = translated(out, lambda text: text.replace("Welcome to", "Servus bei"))
    page = upload(as_greta, "texts.xlf", back).content.decode()
    assert "1 text would change." in page
    as_greta.post("/settings/texts/import", {"confirm": "1"})
    assert texts_of(house)["de@AT"] == "Servus bei {brand.name}. Write to us."
    assert state(house, "de@AT") == "stale"


def test_xliff_that_nobody_changed_comes_back_though_its_source_went_on(house, as_greta):
    put(house, "Welcome to {brand.name}", "en")
    put(house, "ยินดีต้อนรับ", "th")
    out = as_greta.get("/settings/texts/texts.xlf?language=th").content
    page = upload(as_greta, "texts.xlf", out).content.decode()
    assert "0 texts would change." in page and "1 stays as it is." in page and "is missing" not in page
    put(house, "Hello from {brand.name}", "en")
    out = as_greta.get("/settings/texts/texts.xlf?language=th").content
    page = upload(as_greta, "texts.xlf", out).content.decode()
    assert "1 stays as it is." in page and "is missing" not in page and state(house, "th") == "stale"
    changed = upload(
        as_greta, "texts.xlf", out.replace("ยินดีต้อนรับ".encode(), "สวัสดี".encode())
    ).content.decode()
    assert "The slot {brand.name} is missing." in changed and "Bring all of it in" not in changed


def test_a_refused_file_takes_the_place_of_the_one_that_waited(house, as_greta):
    upload(as_greta, "good.csv", f"ref,en\n{ref_of(house)},Hi\n")
    for bad in (b"\xff\xfe\x00", "nonsense\n", "<xliff", ""):
        page = upload(as_greta, "bad.csv", bad).content.decode()
        assert "Bring all of it in" not in page and "good.csv" not in page
        as_greta.post("/settings/texts/import", {"confirm": "1"})
        assert texts_of(house) == {}
        upload(as_greta, "good.csv", f"ref,en\n{ref_of(house)},Hi\n")


def test_a_gap_of_a_macros_translation_is_one_of_its_source(house, as_greta):
    with house.acting():
        macro = save_macro(
            house.workspace.pk, agent=None, written=Written("Cups", {"en": "Your {item}, {order}"})
        )
    url = f"/settings/texts/macro.0.{macro.pk}"
    answer = as_greta.post(url, {"words": "คุณ {custmer}", "language": "th", "seen": "0"})
    assert answer.status_code == 422 and "Nothing fills in {custmer}." in answer.content.decode()
    assert as_greta.post(url, {"words": "{item} {order}", "language": "th", "seen": "0"}).status_code == 302
    both = f"ref,en,th\nmacro.0.{macro.pk},Your {{things}},ของ {{things}}\n"
    assert "2 texts would change." in upload(as_greta, "texts.csv", both).content.decode()
    as_greta.post("/settings/texts/import", {"confirm": "1"})
    with house.acting():
        entry = get_entry(house.workspace.pk, Entry("macro", str(macro.pk)).ref)
    assert entry.texts == {"en": "Your {things}", "th": "ของ {things}"}


def test_xliff_goes_out_from_the_source_that_is_chosen(house, as_greta):
    assert "Language to translate from" not in as_greta.get("/settings/texts").content.decode()
    put(house, "Welcome to {brand.name}.", "en")
    with house.acting():
        save_macro(house.workspace.pk, agent=None, written=Written("Aika", {"fi": "Vastaamme 9-17."}))
    assert "from Finnish" in as_greta.get("/settings/texts").content.decode()
    finnish = as_greta.get("/settings/texts/texts.xlf?language=de&source=fi").content
    assert b'srcLang="fi"' in finnish and b"Vastaamme" in finnish and b"Welcome" not in finnish
    assert as_greta.get("/settings/texts/texts.xlf?language=de&source=th").status_code == 404


@pytest.mark.parametrize(
    "asked, name",
    [("pt-BR&market=BR", "pt-BR@BR"), ("pt-BR", "pt-BR"), ("de-AT", "de-AT"), ("de&market=AT", "de@AT")],
)
def test_xliff_comes_back_to_the_market_it_went_out_for(house, as_greta, asked, name):
    put(house, "Welcome to {brand.name}.", "en")
    for other in {"pt-BR", "de-AT"} - {name}:
        put(house, "Bem-vindo!", other)
    before = texts_of(house)
    out = as_greta.get(f"/settings/texts/texts.xlf?language={asked}").content
    upload(as_greta, "texts.xlf", translated(out, lambda text: text.replace("Welcome to", "Oi da")))
    as_greta.post("/settings/texts/import", {"confirm": "1"})
    assert texts_of(house) == {**before, name: "Oi da {brand.name}."}


@pytest.mark.parametrize(
    "content, said",
    [
        ("ref,en\nnothing.1.x,Hi\n", "There is no text"),
        ("ref,xx\nmacro.0.1,Hi\n", "is no language"),
        ("en,fi\nHi,Hei\n", "one of them is “ref”"),
        ("ref,en\n{ref},Hi {{custmer}}\n", "Nothing fills in"),
        (b"\xff\xfe\x00", "file"),
        ("<xliff", "XML"),
    ],
)
def test_a_file_with_faults_changes_nothing_and_names_them(house, as_greta, content, said):
    if isinstance(content, str) and "{ref}" in content:
        content = content.format(ref=ref_of(house))
    page = upload(as_greta, "texts.csv", content).content.decode()
    assert said in page and "Bring all of it in" not in page
    as_greta.post("/settings/texts/import", {"confirm": "1"})
    assert texts_of(house) == {}


def test_the_automatic_answer_is_switched_and_leads_to_its_text(house, as_greta):
    url = f"/settings/brands/{house.brand.pk}/acknowledgement"
    assert ref_of(house, "acknowledgement") in as_greta.get(url).content.decode()
    assert as_greta.post(url, {"acknowledge": "sometimes"}).status_code == 422
    assert as_greta.post(url, {"acknowledge": "always"}).status_code == 302
    with house.acting():
        assert Brand.objects.get().acknowledge == "always"
    older = as_greta.get(f"/settings/brands/{house.brand.pk}/signatures")
    assert older["Location"] == at(house, "signature")


def test_an_agent_writes_their_own_signatures(house, as_lars, lars):
    form = {"language": ["th"], "text": ["ลาร์ส"], "try_language": "th"}
    assert "ลาร์ส" in as_lars.post("/settings/signatures", {**form, "try": "1"}).content.decode()
    assert as_lars.post("/settings/signatures", form).status_code == 302
    with house.acting():
        assert Agent.objects.get(pk=lars.pk).signatures == {"th": "ลาร์ส"}


def test_agents_without_the_right_and_mallory_stay_outside(house, as_lars, as_mallory):
    put(house, "Welcome", "en")
    one = at(house)
    pages = [one, "/settings/texts", "/settings/texts/texts.csv", "/settings/texts/import"]
    assert {as_lars.get(page).status_code for page in pages} == {403}
    posts = [one, f"{one}/right", f"{one}/remove", f"{one}/source"]
    form = {"words": "Bye", "language": "en"}
    assert {as_lars.post(page, form).status_code for page in posts} == {403}
    assert {as_mallory.post(page, form).status_code for page in posts} == {404}
    assert as_mallory.get(one).status_code == 404
    assert "Welcome" not in as_mallory.get("/settings/texts/texts.csv").content.decode()
    brand = f"/settings/brands/{house.brand.pk}"
    for page in (f"{brand}/signatures", f"{brand}/acknowledgement"):
        assert as_lars.get(page).status_code == 403 and as_mallory.get(page).status_code == 404
    assert texts_of(house) == {"en": "Welcome"}


def test_a_snippet_gets_a_key_and_its_first_words(house, as_greta, as_lars):
    new = "/settings/texts/new"
    assert as_lars.get(new).status_code == 403
    for key in ("two words", "", "../x", "x" * 81):
        refused = as_greta.post(new, {"kind": "snippet", "brand": house.brand.pk, "key": key})
        assert refused.status_code == 422 and "A key has letters" in refused.content.decode()
    made = as_greta.post(new, {"kind": "snippet", "brand": house.brand.pk, "key": "myymälän-osoite"})
    assert as_greta.get(made.url).status_code == 200
    as_greta.post(made.url, {"words": "Katu 1", "language": "fi"})
    with house.acting():
        assert filled_in("{{snippet:myymälän-osoite}}!", house.brand, language="fi") == "Katu 1!"


def test_a_macro_written_twice_at_once_tells_the_second(house, as_greta):
    with house.acting():
        macro = save_macro(house.workspace.pk, agent=None, written=Written("Shipped", {"en": "Shipped"}))
    url = f"/settings/macros/{macro.pk}"
    seen = re.search(r'name="seen" value="([^"]*)"', as_greta.get(url).content.decode())[1]
    form = {"name": "Shipped", "language": ["en"], "market": [""], "text": ["It was shipped"], "seen": seen}
    assert as_greta.post(url, form).status_code == 302
    late = as_greta.post(url, {**form, "text": ["Gone"]})
    assert late.status_code == 409 and "Somebody else changed this meanwhile" in late.content.decode()
    with house.acting():
        entry = get_entry(house.workspace.pk, Entry("macro", str(macro.pk)).ref)
    assert entry.texts == {"en": "It was shipped"} and ">Gone</textarea>" in late.content.decode()
    assert "What stands there now" in late.content.decode()


def test_a_long_table_says_what_it_leaves_out(house, as_greta, monkeypatch):
    monkeypatch.setattr(table, "MOST_LINES", 3)
    page = as_greta.get("/settings/texts").content.decode()
    with house.acting():
        left_out = len(entries_of(house.workspace.pk)) - 3
    assert page.count("<tr>") == 4 and f"{left_out} more are not shown" in page
