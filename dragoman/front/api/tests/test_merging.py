"""Merging, splitting and addresses over the API: dry runs first, undoing after, nothing of another workspace."""

from typing import Any

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation, Merge
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        b"" if body is None else __import__("json").dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}"},
    )
    return answer.status_code, answer.json() if answer.content else None


def test_a_dry_run_changes_nothing_and_the_old_number_leads_to_the_survivor(house):
    a = write(house, "one", thread_key="api:a").conversation_id
    b = write(house, "two", thread_key="api:b", who="jan@example.com").conversation_id
    status, told = call(house, "POST", f"/conversations/{b}/merge", {"into": str(a), "dry_run": True})
    assert status == 200 and told["warnings"] == ["customers"]
    with house.acting():
        assert not Merge.objects.exists()
    assert call(house, "POST", f"/conversations/{b}/merge", {"into": str(a)})[0] == 200
    status, shown = call(house, "GET", f"/conversations/{b}")
    assert (status, shown["id"], shown["merged"]) == (200, str(a), [str(b)])
    assert [m["text"] for m in shown["messages"] if m["direction"] == "in"] == ["one", "two"]
    assert [row["id"] for row in call(house, "GET", "/conversations")[1]["items"]] == [str(a)]
    assert call(house, "POST", f"/conversations/{b}/notes", {"text": "to both"})[0] == 201
    status, back = call(house, "POST", f"/conversations/{b}/merge/undo", {})
    assert (status, back["id"], back["merged"]) == (200, str(b), [])
    assert call(house, "POST", f"/conversations/{b}/merge/undo")[1]["code"] == "not_merged"
    assert call(house, "POST", f"/conversations/{a}/merge", {"into": str(a)})[1]["code"] == "same"
    assert call(house, "POST", f"/conversations/{a}/merge", {"into": "999999"})[0] == 404
    assert call(house, "POST", f"/conversations/{a}/merge", {"into": str(b), "why": 1})[0] == 422


def test_split_and_back(house):
    got = [write(house, text) for text in ("one", "two", "three")]
    pk = got[0].conversation_id
    body = {"message": str(got[1].message_id), "subject": "Another matter"}
    status, told = call(house, "POST", f"/conversations/{pk}/split", {**body, "dry_run": True})
    assert status == 200 and told["conversation"] is None and told["staying"] == 1
    status, made = call(house, "POST", f"/conversations/{pk}/split", body)
    assert status == 201 and made["messages"] == [str(one.message_id) for one in got[1:]]
    assert call(house, "GET", f"/conversations/{made['conversation']}")[1]["subject"] == "Another matter"
    status, whole = call(house, "POST", f"/conversations/{made['conversation']}/split/undo")
    assert status == 200 and len([m for m in whole["messages"] if m["direction"] == "in"]) == 3


def test_customers_and_their_addresses(house):
    a = write(house, "x", who="anna@example.com", name="Anna").customer_id
    b = write(house, "y", kind="phone", who="+358401234567", thread_key="api:b").customer_id
    settle()
    assert call(house, "POST", f"/customers/{b}/merge", {"into": str(a), "dry_run": True})[1][
        "merged"
    ] == str(b)
    assert call(house, "POST", f"/customers/{b}/merge", {"into": str(a)})[0] == 200
    assert call(house, "GET", f"/customers/{b}")[1]["id"] == str(a)
    assert len(call(house, "GET", f"/customers/{b}/timeline")[1]["items"]) == 2
    listed = call(house, "GET", "/identities?kind=phone&value=%2B358401234567")[1]["items"]
    assert [one["customer"] for one in listed] == [str(a)]
    assert call(house, "POST", f"/customers/{b}/merge/undo")[1] == {"merged": str(b), "survivor": str(a)}
    mail = call(house, "GET", f"/identities?customer={a}")[1]["items"][0]["id"]
    assert (
        call(house, "POST", f"/identities/{mail}/move", {"customer": str(b), "proof": "call"})[1]["code"]
        == "last_identity"
    )
    call(house, "POST", f"/customers/{a}/identities", {"kind": "email", "value": "anna@work.example"})
    assert call(house, "POST", f"/identities/{mail}/move", {"customer": str(b), "proof": "hunch"})[0] == 422
    status, moved = call(house, "POST", f"/identities/{mail}/move", {"customer": str(b), "proof": "call"})
    assert (status, moved["customer"], moved["verified"]) == (200, str(b), True)
    assert call(house, "DELETE", f"/identities/{mail}")[0] == 204
    assert call(house, "DELETE", f"/identities/{mail}")[0] == 404


def test_mallory_merges_splits_and_moves_nothing_of_others(house):
    got = write(house, "secret")
    write(house, "second")
    mallory = a_house("mallory-shop", owner="mallory")
    mine = write(mallory, "mine")
    settle()
    pk, person = got.conversation_id, got.customer_id
    with house.acting():
        identity = Conversation.objects.get(pk=pk).customer.identities.get().pk
    for path, body in (
        (f"/conversations/{pk}/merge", {"into": str(mine.conversation_id)}),
        (f"/conversations/{mine.conversation_id}/merge", {"into": str(pk)}),
        (f"/conversations/{pk}/merge/undo", {}),
        (f"/conversations/{pk}/split", {"message": str(got.message_id), "only": True}),
        (f"/conversations/{pk}/split/undo", {}),
        (f"/customers/{person}/merge", {"into": str(mine.customer_id)}),
        (f"/customers/{mine.customer_id}/merge", {"into": str(person)}),
        (f"/customers/{person}/merge/undo", {}),
        (f"/identities/{identity}/move", {"customer": str(mine.customer_id), "proof": "call"}),
    ):
        assert call(mallory, "POST", path, body)[0] == 404, path
    assert call(mallory, "DELETE", f"/identities/{identity}")[0] == 404
    assert [one["customer"] for one in call(mallory, "GET", "/identities")[1]["items"]] == [
        str(mine.customer_id)
    ]
