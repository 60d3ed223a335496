"""Settings, Markets, Research: expected beside measured, the way to mend a fact, notes that stay, and wrong addresses."""

import csv
import html
import io

import pytest
from django.test import Client
from django.utils import translation

from dragoman.core.accounts.actions import create_brand
from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.playbooks.actions.facts import correct_fact
from dragoman.core.playbooks.models import FactOverride, MarketNote
from dragoman.front.desk.settings.markets.research_words import CONCEPTS, is_offered, sentence
from dragoman.oversight.insights.shapes import Difference
from dragoman.oversight.insights.speaking_of import PAINS, REASONS
from tests.people import House, write

PAGE = "/settings/markets/de/research"


def page(client: Client, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.content.decode())


@pytest.fixture
def written(house: House) -> House:
    """Six customers from Germany, whose playbook says that they call first."""
    with house.acting():
        correct_fact(
            house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, country="DE", kind="channels",
            value=["phone", "email"], source="A page",
        )  # fmt: skip
    for number in range(6):
        write(house, "Die Lampe ist kaputt", who=f"private{number}@example.com", market="DE", channel="email")
    with house.acting():
        Conversation.objects.update(intent="damaged_item", sentiment="negative", tension=80)
        Message.objects.update(language="de")
    return house


def test_a_lead_mends_the_fact_that_differs_with_the_figures_as_its_source(written, as_greta):
    shown = page(as_greta)
    assert "100% of conversations come by E-mail, place 1; the playbook puts it in place 2." in shown
    assert "6 conversations" in shown and "private" not in shown and "Lampe" not in shown
    assert "Damaged item" in shown and shown.count("broken") == 2
    link = shown.partition("/settings/markets/de/channels/correction?")[2].partition('"')[0]
    form = page(as_greta, f"/settings/markets/de/channels/correction?{link}")
    assert "Measured at this desk," in form and "6 conversations." in form
    source = form.partition('name="source" value="')[2].partition('"')[0]
    posted = {"brand": written.brand.pk, "source": source, "rank0": "email", "rank1": "phone"}
    assert as_greta.post("/settings/markets/de/channels/correction", posted).status_code == 302
    with written.acting():
        assert FactOverride.objects.get().value == ["email", "phone"]
    shown = page(as_greta)
    assert "place 1; the playbook" not in shown
    assert "Correction" in shown.partition('id="history"')[2]


def test_others_see_the_figures_and_no_way_to_mend(written, as_lars):
    shown = page(as_lars)
    assert "100% of conversations" in shown and "correction?" not in shown and "Keep the note" not in shown


def test_mallory_sees_no_customers_of_another_workspace(written, as_mallory):
    assert as_mallory.get(f"{PAGE}?brand={written.brand.pk}").status_code == 404
    assert as_mallory.get(f"{PAGE}.csv?brand={written.brand.pk}").status_code == 404
    shown = page(as_mallory)
    assert "Nobody wrote from here" in shown and "A page" not in shown
    assert as_mallory.get(f"{PAGE}.csv").content.decode().count("channel,email") == 0


@pytest.mark.parametrize("days", ["abc", "-5", "31", "030"])
def test_a_number_of_days_that_is_none_is_told(written, as_greta, days):
    shown = page(as_greta, f"{PAGE}?days={days}", status=422)
    assert "Choose 30, 90 or 365 days." in shown and "6 conversations" in shown
    assert as_greta.get(f"{PAGE}.csv?days={days}").status_code == 422


def test_a_brand_that_is_none_is_not_there(written, as_greta):
    for path in (PAGE, f"{PAGE}.csv", "/settings/markets", "/settings/markets/de"):
        assert {as_greta.get(f"{path}?brand={one}").status_code for one in ("999999", "nobody")} == {404}


def test_what_the_playbook_expects_of_returns_has_its_names(written, as_greta):
    sides = page(as_greta).partition('id="use-returns"')[2].partition("</article>")[0]
    assert (
        sides.index("Right of withdrawal") < sides.index("Cost of returning") < sides.index("Measured here")
    )


def test_a_channel_this_desk_lacks_is_no_reason_to_mend_the_playbook():
    lacking = Difference("channel_used_less", "channels", "line", share=0.0, expected=1)
    assert not is_offered(lacking) and "It is not offered here" in sentence(lacking)
    assert is_offered(Difference("channel_used_less", "channels", "chat", share=0.0, expected=1))
    used = Difference("channel_used_less", "channels", "line", share=0.02, expected=1)
    assert is_offered(used) and "Do you offer it?" in sentence(used)


def test_pieces_of_a_sentence_keep_their_direction_in_arabic(written, as_greta):
    with written.acting():
        Agent.objects.filter(pk=written.greta.pk).update(ui_language="ar")
    head = page(as_greta).partition("research-head")[2].partition("</section>")[0]
    assert head.count("<bdi>") >= 5
    with translation.override("ar"):
        said = sentence(Difference("channel_not_named", "channels", "email", share=1.0, rank=1))
    assert said.count("\u2068") == said.count("\u2069") == 2


def test_a_note_stays_on_the_page_it_was_written_on(written, as_greta):
    address = "/settings/markets/de/notes"
    wrong = {"brand": written.brand.pk, "page": "research", "text": "They call", "url": "javascript:alert(1)"}
    answer = as_greta.post(address, wrong)
    assert answer.status_code == 422 and "Research: Germany" in answer.content.decode()
    answer = as_greta.post(address, {**wrong, "url": ""})
    assert answer["Location"].startswith(PAGE)
    assert "They call" in page(as_greta)
    with written.acting():
        note = MarketNote.objects.get()
    answer = as_greta.post(f"/settings/markets/de/notes/{note.pk}/remove", {"page": "research"})
    assert answer["Location"].startswith(PAGE)


def test_brand_and_days_are_chosen_by_links(written, as_greta):
    with written.acting():
        other = create_brand(written.workspace.pk, slug="other", name="Other")
    assert "Nobody wrote from here" in page(as_greta, f"{PAGE}?brand={other.pk}")
    assert "6 conversations" in page(as_greta, f"{PAGE}?brand={other.pk}&of=all&days=365")
    assert "Nobody wrote from here" in page(as_greta, f"{PAGE}?from=2020-01-01&to=2020-02-01")


@pytest.mark.parametrize(
    "query",
    ["from=2026-02-02&to=2026-02-01", "from=2001-01-01&to=2026-02-01", "from=2026-02-30", "to=soon",
     "from=0001-01-01&to=0001-01-02", "from=9999-12-31"],
)  # fmt: skip
def test_days_that_are_none_are_told_and_the_last_thirty_shown(written, as_greta, query):
    shown = page(as_greta, f"{PAGE}?{query}", status=422)
    assert 'role="alert"' in shown and "6 conversations" in shown
    assert as_greta.get(f"{PAGE}.csv?{query}").status_code == 422


def test_an_address_that_names_nothing_shows_what_there_is(written, as_greta):
    assert "6 conversations" in page(as_greta, f"{PAGE}?of=%00&x=%ff")
    assert as_greta.get("/settings/markets/xx/research").status_code == 404
    assert as_greta.get("/settings/markets/xx/research.csv").status_code == 404


def test_a_table_holds_no_formula(written, as_greta):
    with written.acting():
        Conversation.objects.update(intent="=1+1")
    answer = as_greta.get(f"{PAGE}.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="market-de-')
    cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
    assert "'=1+1" in cells and not any(cell[:1] in {"=", "+", "-", "@"} for cell in cells)


def test_below_five_conversations_no_share_is_shown(house, as_greta):
    for number in range(4):
        write(house, "Hallo", who=f"a{number}@example.com", market="DE", channel="email")
    shown = page(as_greta)
    assert "too few to tell" in shown.lower() and "100%" not in shown.partition('class="card research"')[2]


def test_the_table_has_the_figures_by_the_names_of_the_api(written, as_greta):
    answer = as_greta.get(f"{PAGE}.csv?days=90")
    assert answer["Content-Disposition"].startswith('attachment; filename="market-de-')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (email,) = [row for row in rows if (row["part"], row["name"]) == ("channel", "email")]
    assert (email["expected"], email["conversations"], email["share"]) == ("2", "6", "1.0000")
    assert sum(int(row["messages"]) for row in rows if row["part"] == "hour") == 6


def test_the_market_leads_to_its_research(written, as_greta):
    assert f'href="{PAGE}?brand=' in page(as_greta, "/settings/markets/de")


def test_all_that_is_told_has_words():
    assert set(CONCEPTS) == PAINS | REASONS
    for code, kind in (
        ("channel_used_more", "channels"), ("channel_not_named", "channels"), ("channel_used_less", "channels"),
        ("language_not_named", "languages"), ("language_used_less", "languages"),
        ("outside_hours", "service_hours"), ("less_patient", "response_times"),
        ("more_patient", "response_times"), ("answered_later", "response_times"),
    ):  # fmt: skip
        for language in ("en", "de"):
            with translation.override(language):
                one = Difference(code, kind, "fi" if kind == "languages" else "email", 0.5, 1, 3600, 60.0)
                assert "%" in sentence(one) or "1" in sentence(one)
