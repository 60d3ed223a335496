"""The console without a script: pages, forms, redirects, and who may not see what."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.models import Conversation, Direction, Message
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def logged_in(house: House) -> Client:
    client = Client()
    assert client.login(email=house.greta.user.email, password=PASSWORD)
    return client


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    return logged_in(house)


def opened(house: House, text: str = "Where is my order KSL-20418?", **more: object) -> int:
    received = write(house, text, **more)
    settle()
    return int(received.conversation_id)


def fresh(house: House, pk: int) -> Conversation:
    with house.acting():
        return Conversation.objects.get(pk=pk)


def test_a_light_agent_reads_and_leaves_notes_only(house: House) -> None:
    pk = opened(house)
    with house.acting():
        add_agent(
            house.workspace.pk, email="lena@kaisla.example", name="Lena", role=Role.LIGHT, password=PASSWORD
        )
    lena = Client()
    assert lena.login(email="lena@kaisla.example", password=PASSWORD)
    page = lena.get(f"/conversations/{pk}").content.decode()
    assert 'value="note"' in page
    assert 'value="api"' not in page
    assert lena.post(f"/desk/conversations/{pk}/send", {"text": "Hi", "channel": "api"}).status_code in {
        403,
        409,
    }
    assert lena.post(f"/desk/conversations/{pk}/note", {"text": "Seen"}).status_code == 302
    with house.acting():
        assert not Message.objects.filter(direction=Direction.OUT).exists()


def test_a_stranger_is_sent_to_the_log_in() -> None:
    answer = Client().get("/?view=open")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=")


def test_the_inbox_lists_what_came_in(house: House, greta: Client) -> None:
    pk = opened(house)
    page = greta.get("/?view=unassigned").content.decode()
    assert f'id="row-{pk}"' in page
    assert "Where is my order" in page


def test_mallory_sees_nothing_of_another_workspace(house: House) -> None:
    pk = opened(house)
    mallory = logged_in(a_house("northbound", owner="mallory"))
    assert "row-" not in mallory.get("/?view=all").content.decode()
    for address in (f"/conversations/{pk}", f"/desk/conversations/{pk}", f"/desk/conversations/{pk}/changes"):
        assert mallory.get(address).status_code == 404
    assert mallory.post(f"/desk/conversations/{pk}/status", {"status": "resolved"}).status_code == 404
    assert fresh(house, pk).status == "open"


def test_opening_a_conversation_marks_it_read(house: House, greta: Client) -> None:
    pk = opened(house)
    assert greta.get(f"/conversations/{pk}").status_code == 200
    assert not fresh(house, pk).unread


def test_the_customers_text_is_shown_and_never_run(house: House, greta: Client) -> None:
    pk = opened(house, "<script>alert(1)</script> hello")
    page = greta.get(f"/conversations/{pk}").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_preview_then_send_work_as_plain_forms(house: House, greta: Client) -> None:
    pk = opened(house)
    at = f"/desk/conversations/{pk}"
    shown = greta.post(f"{at}/preview", {"text": "It left today.", "channel": "api"})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "It left today." in page
    token = page.split('name="preview_token" value="')[1].split('"')[0]
    sent = greta.post(f"{at}/send", {"text": "It left today.", "channel": "api", "preview_token": token})
    assert sent.status_code == 302
    with house.acting():
        assert Message.objects.get(direction=Direction.OUT).text == "It left today."


def test_nothing_is_sent_that_no_engine_can_translate(house: House, greta: Client) -> None:
    pk = opened(house, "พัสดุของฉันยังไม่ถึงเลยค่ะ รบกวนตรวจสอบให้หน่อยนะคะ")
    answer = greta.post(
        f"/desk/conversations/{pk}/send", {"text": "We will paint your boat on Tuesday.", "channel": "api"}
    )
    assert answer.status_code == 409
    assert "Send in English" in answer.content.decode()
    with house.acting():
        assert not Message.objects.filter(direction=Direction.OUT).exists()


def test_send_in_english_is_an_explicit_choice_and_marked(house: House, greta: Client) -> None:
    pk = opened(house, "พัสดุของฉันยังไม่ถึงเลยค่ะ รบกวนตรวจสอบให้หน่อยนะคะ")
    form = {"text": "We will paint your boat on Tuesday.", "channel": "api", "send_as": "original"}
    assert greta.post(f"/desk/conversations/{pk}/send", form).status_code == 302
    with house.acting():
        assert Message.objects.get(direction=Direction.OUT).marks == ["untranslated"]


def test_a_phrase_is_added_to_the_draft_without_a_script(house: House, greta: Client) -> None:
    pk = opened(house, "พัสดุของฉันยังไม่ถึงเลยค่ะ รบกวนตรวจสอบให้หน่อยนะคะ")
    listed = greta.get(f"/desk/conversations/{pk}/phrases").content.decode()
    key = listed.split('name="phrase" value="')[1].split('"')[0]
    page = greta.post(f"/desk/conversations/{pk}/preview", {"text": "", "channel": "api", "phrase": key})
    assert page.status_code == 200
    assert 'id="draft"' in page.content.decode()


def test_a_note_stays_in_the_house(house: House, greta: Client) -> None:
    pk = opened(house)
    assert greta.post(f"/desk/conversations/{pk}/note", {"text": "She called twice."}).status_code == 302
    with house.acting():
        assert Message.objects.get(direction=Direction.NOTE).text == "She called twice."
    assert "Private note, team only" in greta.get(f"/conversations/{pk}").content.decode()


@pytest.mark.parametrize(
    ("verb", "form", "field", "expected"),
    [
        ("status", {"status": "resolved"}, "status", "resolved"),
        ("snooze", {"until": "tomorrow"}, "status", "snoozed"),
        ("priority", {"priority": "urgent"}, "priority", "urgent"),
        ("tags", {"add": "vip, lamp"}, "tags", ["vip", "lamp"]),
        ("language", {"language": "fi"}, "language", "fi"),
    ],
)
def test_each_action_is_one_form(
    house: House, greta: Client, verb: str, form: dict[str, str], field: str, expected: object
) -> None:
    pk = opened(house)
    assert greta.post(f"/desk/conversations/{pk}/{verb}", form).status_code == 302
    assert getattr(fresh(house, pk), field) == expected


def test_an_agent_takes_a_conversation_and_gives_it_back(house: House, greta: Client) -> None:
    pk = opened(house)
    greta.post(f"/desk/conversations/{pk}/assign", {"agent": str(house.greta.pk)})
    assert fresh(house, pk).assignee_id == house.greta.pk
    assert f'id="row-{pk}"' in greta.get("/").content.decode()
    greta.post(f"/desk/conversations/{pk}/assign", {"agent": ""})
    assert fresh(house, pk).assignee_id is None


def test_a_script_gets_the_parts_and_an_undo(house: House, greta: Client) -> None:
    pk = opened(house)
    answer = greta.post(
        f"/desk/conversations/{pk}/status", {"status": "resolved"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    for part in ('id="head"', 'id="thread"', 'id="context"', "hx-swap-oob", 'data-do="undo"'):
        assert part in text
    assert 'id="composer"' not in text


def test_a_refusal_reaches_a_script_as_a_toast(house: House, greta: Client) -> None:
    pk = opened(house)
    answer = greta.post(
        f"/desk/conversations/{pk}/snooze", {"until": "at", "at": "yesterday"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert "Choose a day and an hour" in answer.content.decode()


def test_events_and_notes_are_told_in_the_readers_language(house: House, greta: Client) -> None:
    pk = opened(house)
    greta.post(f"/desk/conversations/{pk}/priority", {"priority": "high"})
    page = greta.get(f"/conversations/{pk}").content.decode()
    assert "Greta set the priority: High" in page


def test_search_marks_what_was_found(house: House, greta: Client) -> None:
    opened(house, "My lamp KSL-20418 is broken")
    page = greta.get("/", {"q": "ksl 20418"}).content.decode()
    assert "<mark>" in page


def test_the_palette_finds_commands_and_conversations(house: House, greta: Client) -> None:
    pk = opened(house, "My lamp is broken")
    text = greta.get("/desk/palette", {"q": "lamp"}).content.decode()
    assert f'data-href="/conversations/{pk}"' in text
    assert (
        'data-run="snooze"'
        in greta.get("/desk/palette", {"q": "snooze", "conversation": pk}).content.decode()
    )


def test_customers_are_listed_found_and_shown(house: House, greta: Client) -> None:
    pk = opened(house, who="somchai@example.com")
    customer = fresh(house, pk).customer_id
    assert "somchai@example.com" in greta.get("/customers").content.decode()
    page = greta.get(f"/customers/{customer}").content.decode()
    assert f"/conversations/{pk}" in page
    mallory = logged_in(a_house("northbound", owner="mallory"))
    assert mallory.get(f"/customers/{customer}").status_code == 404


def test_a_long_list_goes_on_behind_show_more(house: House, greta: Client) -> None:
    for number in range(27):
        write(house, f"Question {number}", who=f"c{number}@example.com")
    settle()
    page = greta.get("/?view=all").content.decode()
    assert page.count('id="row-') == 25
    more = page.split('hx-get="/desk/rows?')[1].split('"')[0].replace("&amp;", "&")
    assert greta.get(f"/desk/rows?{more}").content.decode().count('id="row-') == 2
    assert greta.get("/desk/list?view=all&loaded=50").content.decode().count('id="row-') == 27


def test_the_palette_changes_the_appearance(greta: Client) -> None:
    page = greta.get("/desk/palette", {"q": "dark"}).content.decode()
    assert 'data-theme-of="dark"' in page and "data-run" not in page
    # the button it presses stands on every page
    assert 'name="theme" value="dark"' in greta.get("/settings/profile").content.decode()


def test_every_page_carries_palette_and_keys(greta: Client) -> None:
    page = greta.get("/customers").content.decode()
    assert '<dialog id="palette"' in page
    assert '<dialog id="keys"' in page


def test_the_filters_are_a_page_of_their_own_too(greta: Client) -> None:
    assert 'name="channel"' in greta.get("/filters?view=open").content.decode()


def test_the_keys_page_shows_every_key(greta: Client) -> None:
    page = greta.get("/keys").content.decode()
    for key in "jkrneoha/?z":
        assert f'data-key="{key}"' in page


def test_a_thread_of_many_hands_is_drawn_whole(house: House, greta: Client) -> None:
    pk = opened(house)
    with house.acting():
        conversation = Conversation.objects.get(pk=pk)
        for number in range(120):
            add_note(conversation, agent=house.greta, text=f"note {number}")
    page = greta.get(f"/conversations/{pk}").content.decode()
    assert "note 119" in page
    assert "Show earlier messages" in page
    assert "note 0<" not in page
    before = re.search(r"earlier\?before=(\d+)", page)[1]
    part = greta.get(f"/desk/conversations/{pk}/earlier?before={before}").content.decode()
    assert "note 0<" in part and "note 119" not in part and "Show earlier messages" not in part
    alone = greta.get(f"/conversations/{pk}?before={before}").content.decode()
    assert "note 0<" in alone and "Show the newest messages" in alone


def test_a_thread_is_fetched_anew_as_far_back_as_its_reader_looked(house: House, greta: Client) -> None:
    pk = opened(house)
    with house.acting():
        conversation = Conversation.objects.get(pk=pk)
        notes = [add_note(conversation, agent=house.greta, text=f"note {number}") for number in range(150)]
    changes = f"/desk/conversations/{pk}/changes"
    assert "note 40<" in greta.get(f"{changes}?from={notes[40].pk}").content.decode()
    assert "note 40<" not in greta.get(changes).content.decode()
    for wrong in ("x", "-1", "9" * 30, "0"):
        assert greta.get(f"{changes}?from={wrong}&before={wrong}").status_code == 200


def test_a_link_to_a_message_leads_to_the_part_that_holds_it(house: House, greta: Client) -> None:
    pk = opened(house)
    with house.acting():
        conversation = Conversation.objects.get(pk=pk)
        notes = [add_note(conversation, agent=house.greta, text=f"note {number}") for number in range(250)]
    for number in (0, 5, 100, 149):
        where = greta.get(f"/messages/{notes[number].pk}")["Location"]
        address, _hash, anchor = where.partition("#")
        assert f"/conversations/{pk}?before=" in address and anchor == f"m{notes[number].pk}"
        page = greta.get(address).content.decode()
        assert f'id="{anchor}"' in page and "data-past" in page
        # not at the very end: what came next stands below it
        assert f"note {number + 20}<" in page
    newest = greta.get(f"/messages/{notes[200].pk}")["Location"]
    assert newest == f"/conversations/{pk}#m{notes[200].pk}"
    assert "note 200<" in greta.get(f"/conversations/{pk}").content.decode()
    kept = greta.get(f"/messages/{notes[0].pk}?view=open&sort=id")["Location"]
    assert kept.startswith(f"/conversations/{pk}?view=open&sort=id&before=")
    assert greta.get("/messages/999999999").status_code == 404
    mallory = logged_in(a_house("northbound", owner="mallory"))
    assert mallory.get(f"/messages/{notes[0].pk}").status_code == 404


def test_mallory_pages_through_no_thread_of_another_house(house: House) -> None:
    pk = opened(house)
    client = Client()
    client.force_login(a_house("mallory", owner="mallory").greta.user)
    assert client.get(f"/desk/conversations/{pk}/earlier?before=999999").status_code == 404


def test_the_theme_is_remembered_in_a_cookie(greta: Client) -> None:
    greta.post("/desk/theme", {"theme": "dark"})
    assert 'data-theme="dark"' in greta.get("/?view=open").content.decode()
    greta.post("/desk/theme", {"theme": ""})
    assert "data-theme" not in greta.get("/?view=open").content.decode().split("<head>")[0]


def test_now_is_not_a_time_to_snooze_until(house: House, greta: Client) -> None:
    pk = opened(house)
    past = timezone.now().strftime("%Y-%m-%dT%H:%M")
    greta.post(f"/desk/conversations/{pk}/snooze", {"until": "at", "at": past[:4] + "-01-01T00:00"})
    assert fresh(house, pk).status == "open"
