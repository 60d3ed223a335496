"""Many conversations are changed at once: said before it is done, undone after, and only by whom may."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.models import Conversation
from dragoman.core.segments.models import BulkRun
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


@pytest.fixture
def house() -> House:
    return a_house()


def a_client(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def stored(house: House, pk: int) -> Conversation:
    with house.acting():
        return Conversation.objects.get(pk=pk)


def last_run(house: House) -> BulkRun:
    with house.acting():
        return BulkRun.objects.latest("id")


def test_picked_rows_are_changed_by_forms_alone_after_saying_what_would_change(house: House):
    one, two = (write(house, "hei", who=f"m{n}@example.com").conversation_id for n in (1, 2))
    with house.acting():
        Conversation.objects.filter(pk=two).update(status="closed")
    client = a_client(house.greta)
    assert f'name="id" value="{one}" form="picks"' in client.get("/?view=all").content.decode()
    asked = client.post("/desk/bulk?view=all", {"id": [one, two], "ask": "status"}).content.decode()
    assert 'value="status:resolved"' in asked and f'value="{one},{two}"' in asked
    facts = {"ids": f"{one},{two}", "change": "status:resolved"}
    said = client.post("/desk/bulk?view=all", facts).content.decode()
    assert "1 of 2 would change." in said and "1 is closed." in said
    assert stored(house, one).status == "open"
    done = client.post("/desk/bulk/run?view=all", facts).content.decode()
    assert "1 conversation changed" in done and stored(house, one).status == "resolved"
    run = last_run(house)
    assert "1 conversation is as it was" in client.post(f"/desk/bulk/{run.pk}/undo").content.decode()
    assert stored(house, one).status == "open"


def test_all_that_match_are_those_of_the_lists_filters(house: House):
    thai, finnish = write(house, language="th"), write(house, "hei", who="m@example.com", language="fi")
    with house.acting():
        Conversation.objects.filter(pk=thai.conversation_id).update(language="th")
        Conversation.objects.filter(pk=finnish.conversation_id).update(language="fi")
    client = a_client(house.greta)
    facts = {"all": "1", "change": "add_tags", "tags": "vip, lamp"}
    said = client.post("/desk/bulk?view=all&language=th", facts, headers=HX).content.decode()
    assert "1 of 1 would change." in said and f'name="ids" value="{thai.conversation_id}"' in said
    answer = client.post(
        "/desk/bulk/run", {"ids": str(thai.conversation_id), "change": "add_tags:vip, lamp"}, headers=HX
    )
    assert answer["HX-Trigger-After-Swap"] == "bulk-done" and "Undo" in answer.content.decode()
    assert stored(house, thai.conversation_id).tags == ["vip", "lamp"]
    assert stored(house, finnish.conversation_id).tags == []


@pytest.mark.parametrize(
    "change", ["assign:", "snooze:tomorrow", "priority:high", "read", "unread", "junk", "not_junk"]
)
def test_every_button_of_the_bar_says_what_it_would_do(house: House, change: str):
    pk = write(house).conversation_id
    said = a_client(house.greta).post("/desk/bulk?view=all", {"id": pk, "change": change}, headers=HX)
    assert said.status_code == 200 and " of 1 would change." in said.content.decode()


@pytest.mark.parametrize("ask", ["assign", "team", "status", "snooze", "priority", "tags"])
def test_a_script_gets_the_choices_of_each_change(house: House, ask: str):
    pk = write(house).conversation_id
    answer = a_client(house.greta).post("/desk/bulk?view=all", {"id": pk, "ask": ask}, headers=HX)
    assert answer.status_code == 200 and 'name="change"' in answer.content.decode()


def test_junk_is_put_aside_and_taken_back_together(house: House):
    pk = write(house).conversation_id
    client = a_client(house.greta)
    client.post("/desk/bulk/run", {"id": pk, "change": "junk"})
    assert stored(house, pk).junk
    client.post(f"/desk/bulk/{last_run(house).pk}/undo")
    assert not stored(house, pk).junk


@pytest.mark.parametrize(
    "facts", [{"change": "read"}, {"id": "1", "change": "nonsense:1"}, {"id": "1", "change": "snooze:at"}]
)
def test_nothing_selected_and_nonsense_are_refused_in_words(house: House, facts: dict):
    answer = a_client(house.greta).post("/desk/bulk", facts, headers=HX)
    assert answer.status_code == 409 and "bad-toast" in answer.content.decode()


def test_a_light_agent_sees_no_boxes_and_changes_nothing(house: House):
    pk = write(house).conversation_id
    with house.acting():
        light = add_agent(
            house.workspace.pk, email="l@kaisla.example", name="Lee", role=Role.LIGHT, password="x" * 14
        )
    client = a_client(light)
    page = client.get("/?view=all").content.decode()
    assert f"row-{pk}" in page and 'form="picks"' not in page and 'id="bulk"' not in page
    for path in ("/desk/bulk", "/desk/bulk/run"):
        assert client.post(path, {"id": pk, "change": "junk"}, headers=HX).status_code == 409
    assert not stored(house, pk).junk


def test_mallory_changes_stops_and_undoes_nothing_of_ours(house: House):
    pk = write(house).conversation_id
    a_client(house.greta).post("/desk/bulk/run", {"id": pk, "change": "status:resolved"})
    run = last_run(house)
    mallory = a_client(a_house("rival", owner="mallory").greta)
    said = mallory.post("/desk/bulk", {"id": pk, "change": "status:open"}).content.decode()
    assert "0 of 1 would change." in said and "1 is not there any more." in said
    mallory.post("/desk/bulk/run", {"id": pk, "change": "status:open"})
    assert mallory.get(f"/desk/bulk/{run.pk}").status_code == 404
    for what in ("stop", "undo"):
        assert mallory.post(f"/desk/bulk/{run.pk}/{what}").status_code == 404
    assert stored(house, pk).status == "resolved"
