"""Glossary and memory in the settings: who may what, what is shown, files looked at before they are brought in."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dragoman.core.accounts.models import Agent
from dragoman.core.language.actions.glossary import Worded, WrittenEntry, save_entry
from dragoman.core.language.actions.memory import Pair, add_pair
from dragoman.core.language.glossary import entries_of
from dragoman.core.language.memory import units_of
from dragoman.core.language.models import WaitingFile
from tests.people import House, a_house

from .conftest import logged_in

ENTRY = {
    "text": ["lampshade", "โป๊ะโคม", "lamp hat", ""],
    "language": ["en", "th", "en", "fi"],
    "market": ["", "", "", ""],
    "use": ["preferred", "preferred", "forbidden", "preferred"],
    "note": "Above the bulb",
    "speech": "noun",
    "brand": "",
}


def words(house: House) -> list[list[str]]:
    with house.acting():
        return [[term.text for term in entry.terms.all()] for entry in entries_of(house.workspace.pk)]


def file(text: str, name: str = "words.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_an_entry_is_written_found_changed_and_removed(house: House, as_greta: Client) -> None:
    assert "No entries yet" in as_greta.get("/settings/glossary").content.decode()
    assert as_greta.post("/settings/glossary/new", ENTRY).status_code == 302
    page = as_greta.get("/settings/glossary?q=โป๊ะ").content.decode()
    assert "lampshade" in page and 'lang="th"' in page and "1 entry" in page
    assert "Nothing found" in as_greta.get("/settings/glossary?q=wheel").content.decode()
    with house.acting():
        number = entries_of(house.workspace.pk).get().pk
    at = f"/settings/glossary/{number}"
    assert "Above the bulb" in as_greta.get(at).content.decode()
    assert as_greta.post(at, {**ENTRY, "text": ["shade", "", "", ""]}).status_code == 302
    assert words(house) == [["shade"]]
    assert as_greta.post(at, {**ENTRY, "text": ["", "", "", ""]}).status_code == 422
    assert "Remove this entry" in as_greta.get(f"{at}/remove").content.decode()
    assert as_greta.post(f"{at}/remove").status_code == 302
    assert words(house) == []


def test_an_agent_proposes_and_a_lead_approves(house: House, lars: Agent, as_greta: Client) -> None:
    client = logged_in(lars)
    assert client.post("/settings/glossary/new", ENTRY).status_code == 302
    with house.acting():
        entry = entries_of(house.workspace.pk).get()
    assert entry.status == "proposed"
    assert "Approve" not in client.get("/settings/glossary").content.decode()
    for path in ("approve", "remove"):
        assert client.post(f"/settings/glossary/{entry.pk}/{path}").status_code == 403
    for path in ("glossary/import", "glossary/glossary.tbx", "memory", "memory/memory.tmx"):
        assert client.get(f"/settings/{path}").status_code == 403
    assert as_greta.post(f"/settings/glossary/{entry.pk}/approve").status_code == 302
    with house.acting():
        assert entries_of(house.workspace.pk).get().status == "approved"


def test_a_file_is_looked_at_and_then_brought_in(house: House, as_greta: Client) -> None:
    at = "/settings/glossary/import"
    assert as_greta.post(at, {"file": file("en;fi\nlamp;lamppu\nshoe;kenkä\n")}).status_code == 302
    page = as_greta.get(at).content.decode()
    assert "2 new, 0 changed" in page and "kenkä" in page
    assert words(house) == []
    assert as_greta.post(at, {"confirm": "1"}).status_code == 302
    assert len(words(house)) == 2
    with house.acting():
        assert not WaitingFile.objects.exists()
    as_greta.post(at, {"file": file("en;fi\nlamp;valaisin\n")})
    assert "0 new, 1 changed" in as_greta.get(at).content.decode()
    assert as_greta.post(at, {"cancel": "1"}).status_code == 302
    assert ["lamp", "lamppu"] in words(house)


def test_a_faulty_file_says_its_lines_and_offers_no_confirmation(house: House, as_greta: Client) -> None:
    at = "/settings/glossary/import"
    as_greta.post(at, {"file": file("en;brand\nlamp;nobody\n")})
    page = as_greta.get(at).content.decode()
    assert "Line 2" in page and "nobody" in page and 'name="confirm"' not in page
    assert as_greta.post(at, {"confirm": "1"}).status_code == 422
    assert words(house) == []
    refused = as_greta.post(at, {"file": file("<tbx>")})
    assert refused.status_code == 422 and "no XML" in refused.content.decode()
    assert as_greta.post(at).status_code == 422


def test_glossary_and_memory_are_taken_out_as_files(house: House, as_greta: Client) -> None:
    as_greta.post("/settings/glossary/new", ENTRY)
    with house.acting():
        add_pair(house.workspace.pk, Pair("Good day to you", "Hyvää päivää", "en", "fi"), agent=house.greta)
    for path, words_in in [
        ("glossary/glossary.tbx", "<term>lampshade</term>"),
        ("glossary/glossary.csv", "โป๊ะโคม"),
        ("memory/memory.tmx", "<seg>Good day to you</seg>"),
        ("memory/memory.csv", "Hyvää päivää"),
    ]:
        answer = as_greta.get(f"/settings/{path}")
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
        assert words_in in answer.content.decode()


def test_a_sentence_is_written_found_mended_and_forgotten(house: House, as_greta: Client) -> None:
    pair = {
        "source_language": "en",
        "target_language": "th",
        "source": "Good day, KSL-1234",
        "target": "สวัสดี KSL-1234",
    }
    assert "Nothing remembered yet" in as_greta.get("/settings/memory").content.decode()
    assert as_greta.post("/settings/memory/new", pair).status_code == 302
    page = as_greta.get("/settings/memory?q=สวัสดี&source=en&target=th").content.decode()
    assert "Good day, {1}" in page
    assert "Nothing found" in as_greta.get("/settings/memory?source=th").content.decode()
    with house.acting():
        number = units_of(house.workspace.pk).get().pk
    at = f"/settings/memory/{number}"
    assert (
        as_greta.post(at, {**pair, "target": "สวัสดีค่ะ"}).status_code == 422
    )  # the code stands on one side only
    assert as_greta.post(at, {**pair, "target": "สวัสดีค่ะ KSL-1234"}).status_code == 302
    with house.acting():
        assert units_of(house.workspace.pk).get().target == "สวัสดีค่ะ {1}"
    assert as_greta.post(f"{at}/forget").status_code == 302
    with house.acting():
        assert not units_of(house.workspace.pk).exists()


def test_sentences_come_in_as_a_file(house: House, as_greta: Client) -> None:
    at = "/settings/memory/import"
    table = "source language,target language,source,target\nen,fi,Where is it?,Missä se on?\n"
    assert as_greta.post(at, {"file": file(table)}).status_code == 302
    assert "1 pair of texts" in as_greta.get(at).content.decode()
    assert as_greta.post(at, {"confirm": "1"}).status_code == 302
    with house.acting():
        assert units_of(house.workspace.pk).get().target == "Missä se on?"


def test_a_suggestion_is_taken_over_with_one_tap(house: House, as_greta: Client) -> None:
    page = as_greta.get("/settings/glossary?language=fi").content.decode()
    assert "Perhaps these too" in page
    taken = {"source": "warranty", "target": "takuu", "language": "fi"}
    assert as_greta.post("/settings/glossary/accept", taken).status_code == 302
    assert words(house) == [["warranty", "takuu"]]


def test_a_thousand_entries_stay_pages(house: House, as_greta: Client) -> None:
    lines = "\n".join(f"term{number};termi{number}" for number in range(1000))
    as_greta.post("/settings/glossary/import", {"file": file(f"en;fi\n{lines}\n")})
    as_greta.post("/settings/glossary/import", {"confirm": "1"})
    page = as_greta.get("/settings/glossary?page=20").content.decode()
    assert "1000 entries" in page and "Page 20 of 20" in page


def test_the_dialog_answers_for_a_word(house: House, as_greta: Client) -> None:
    as_greta.post("/settings/glossary/new", ENTRY)
    assert "lampshade" in as_greta.get("/desk/glossary?q=โป๊ะโคม").content.decode()
    assert "Nothing in the glossary" in as_greta.get("/desk/glossary?q=wheel").content.decode()


def test_mallory_of_another_workspace_finds_nothing(house: House, as_greta: Client) -> None:
    with house.acting():
        entry = save_entry(
            house.workspace.pk, agent=house.greta, written=WrittenEntry([Worded("lamp", "en")])
        )
        unit = add_pair(house.workspace.pk, Pair("Good day", "Hei", "en", "fi"), agent=house.greta)
    client = logged_in(a_house("northbound", owner="mallory").greta)
    assert client.get(f"/settings/glossary/{entry.pk}").status_code == 404
    assert client.post(f"/settings/glossary/{entry.pk}/remove").status_code == 404
    assert client.post(f"/settings/glossary/{entry.pk}/approve").status_code == 404
    assert client.get(f"/settings/memory/{unit.pk}").status_code == 404
    assert client.post(f"/settings/memory/{unit.pk}/forget").status_code == 404
    assert "lamp" not in client.get("/desk/glossary?q=lamp").content.decode().replace("“lamp”", "").replace(
        "word=lamp", ""
    )
    assert words(house) == [["lamp"]]


def test_a_refused_file_takes_the_place_of_the_one_that_waited(house: House, as_greta: Client) -> None:
    at = "/settings/glossary/import"
    as_greta.post(at, {"file": file("en,fi\nbag,laukku\n")})
    assert "Bring all of it in" in as_greta.get(at).content.decode()
    refused = as_greta.post(at, {"file": SimpleUploadedFile("words.tbx", b"\x00\xff\xfe")})
    page = refused.content.decode()
    assert refused.status_code == 422 and 'aria-invalid="true"' in page and "Bring all of it in" not in page


def test_a_language_without_words_says_what_to_do(house: House, as_greta: Client) -> None:
    page = as_greta.get("/settings/glossary?language=fi").content.decode()
    assert "No words in Finnish yet" in page and "Nothing found" not in page


def test_what_is_wrong_with_a_sentence_stands_at_its_field_and_nothing_is_lost(
    house: House, as_greta: Client
) -> None:
    given = {"source_language": "en", "source": "We ship today.", "target": "Me lähetämme tänään."}
    page = as_greta.post("/settings/memory/new", {**given, "target_language": "en"}).content.decode()
    field = page[page.index('id="id_target_language-more"') :]
    assert "The two languages are the same." in field[: field.index("</div>")]
    assert "We ship today." in page and "Me lähetämme tänään." in page
    unchosen = as_greta.post("/settings/memory/new", {**given, "target_language": ""})
    assert unchosen.status_code == 422
