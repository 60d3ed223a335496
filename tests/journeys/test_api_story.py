"""One message from door to answer, through the API alone."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.conversations.models import Conversation, Message
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db


def call(house, method, path, body=None, **headers):
    client = Client(headers={"Authorization": f"Bearer {house.token}", **headers})
    data = json.dumps(body) if body is not None else None
    kind = {"content_type": "application/json"} if data is not None else {}
    response = getattr(client, method)(f"/api/v1{path}", data, **kind)
    return response.status_code, json.loads(response.content) if response.content else None, response


def test_a_thai_question_is_understood_and_answered_from_the_phrasebook():
    house = a_house()
    body = {
        "channel": "api",
        "external_id": "1",
        "from": {"email": "Somchai@Example.com", "name": "Somchai"},
        "text": "ออเดอร์ NB-71912 ถึงไหนแล้วครับ",
    }
    status, made, _ = call(house, "post", "/messages", body)
    assert status == 201 and made["duplicate"] is False
    status, again, _ = call(house, "post", "/messages", body)
    assert status == 200 and again == {**made, "duplicate": True}
    settle()
    status, conversation, _ = call(house, "get", f"/conversations/{made['conversation']}")
    assert conversation["language"] == "th" and conversation["status"] == "open"
    assert "NB-71912" in conversation["messages"][0]["translations"]["en"]["text"]
    status, reply, _ = call(
        house,
        "post",
        f"/conversations/{made['conversation']}/replies",
        {"text": "Your order NB-71912 was shipped on November 20, 2026."},
    )
    assert status == 201, reply
    assert reply["language"] == "th" and "NB-71912" in reply["text"] and reply["delivery"] == "sent"
    assert reply["original"].startswith("Your order")


def test_free_text_without_an_engine_is_refused_until_somebody_says_so():
    house = a_house()
    _, made, _ = call(
        house,
        "post",
        "/messages",
        {
            "external_id": "1",
            "from": {"email": "a@example.com"},
            "text": "Missä tilaukseni KSL-20424 on? Odotan jo.",
        },
    )
    settle()
    path = f"/conversations/{made['conversation']}/replies"
    text = "We will look into this strange matter at once."
    status, problem, response = call(house, "post", path, {"text": text})
    assert status == 409 and problem["code"] == "no_engine"
    assert response.headers["Content-Type"] == "application/problem+json"
    with house.acting():
        assert not Message.objects.filter(direction="out").exists()
    status, reply, _ = call(house, "post", path, {"text": text, "translate": False})
    assert status == 201 and reply["text"] == text and reply["marks"] == ["untranslated"]


def test_an_unknown_field_is_named_and_nothing_is_stored():
    house = a_house()
    status, problem, _ = call(
        house,
        "post",
        "/messages",
        {"external_id": "1", "from": {"email": "a@example.com"}, "text": "x", "colour": "red"},
    )
    assert status == 422 and "colour" in problem["title"]
    with house.acting():
        assert not Conversation.objects.exists()


def test_the_same_key_and_body_give_the_first_answer_and_another_body_is_refused():
    house = a_house()
    body = {"external_id": "1", "from": {"handle": "x"}, "text": "Hello"}
    first = call(house, "post", "/messages", body, **{"Idempotency-Key": "k1"})
    again = call(house, "post", "/messages", body, **{"Idempotency-Key": "k1"})
    assert (first[0], first[1]) == (again[0], again[1]) == (201, first[1])
    other = call(house, "post", "/messages", {**body, "text": "Bye"}, **{"Idempotency-Key": "k1"})
    assert other[0] == 422 and other[1]["code"] == "key_reused"


def test_mallory_cannot_read_or_answer_somchais_conversation():
    house, other = a_house(), a_house("mallory-shop", owner="mallory")
    _, made, _ = call(
        house, "post", "/messages", {"external_id": "1", "from": {"handle": "x"}, "text": "Hello"}
    )
    path = f"/conversations/{made['conversation']}"
    assert call(other, "get", path)[0] == 404
    assert call(other, "post", path + "/replies", {"text": "x"})[0] == 404
    assert call(other, "patch", path, {"status": "resolved"})[0] == 404
    assert call(other, "get", "/conversations")[1]["items"] == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("สินค้าของฉันยังไม่มาถึงเลยค่ะ", "ยังไม่มา"),
        ("注文した商品がまだ届きません", "商品"),
        ("Où est ma commande à Besançon ?", "besancon"),
        ("Tilaukseni KSL-20424 ei ole saapunut", "ksl 20424"),
        ("배송이 너무 늦어요", "늦어"),
    ],
)
def test_search_finds_substrings_unaccented_words_and_numbers_in_any_spacing(text, query):
    house = a_house()
    _, made, _ = call(house, "post", "/messages", {"external_id": "1", "from": {"handle": "x"}, "text": text})
    settle()
    found = call(house, "get", f"/conversations?q={query}")[1]["items"]
    assert [row["id"] for row in found] == [made["conversation"]]
    assert call(house, "get", "/conversations?q=zzzz")[1]["items"] == []


def test_a_conversation_is_changed_and_every_change_leaves_a_line():
    house = a_house()
    _, made, _ = call(
        house, "post", "/messages", {"external_id": "1", "from": {"handle": "x"}, "text": "Hello"}
    )
    path = f"/conversations/{made['conversation']}"
    status, changed, _ = call(
        house,
        "patch",
        path,
        {"status": "resolved", "assignee": str(house.greta.pk), "tags": ["vip"], "priority": "high"},
    )
    assert status == 200
    assert (changed["status"], changed["assignee"], changed["tags"]) == (
        "resolved",
        str(house.greta.pk),
        ["vip"],
    )
    kinds = [message["event"]["kind"] for message in changed["messages"] if message["event"]]
    assert kinds == ["assigned", "priority", "status"]


def test_no_token_is_told_how_to_get_one():
    response = Client().get("/api/v1/conversations")
    assert response.status_code == 401 and "Bearer" in json.loads(response.content)["title"]


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2999-01-01T00:00:00Z"]
)
def test_a_time_no_clock_shows_is_refused_and_breaks_no_inbox(moment):
    house = a_house()
    body = {"external_id": "1", "from": {"handle": "x"}, "text": "Hello"}
    assert call(house, "post", "/messages", {**body, "sent_at": moment})[0] == 422
    _, made, _ = call(house, "post", "/messages", body)
    path = f"/conversations/{made['conversation']}"
    assert call(house, "patch", path, {"snoozed_until": moment})[0] == 422
    assert call(house, "get", "/conversations")[0] == 200 and call(house, "get", path)[0] == 200


def test_a_nul_byte_anywhere_breaks_nothing():
    house = a_house()
    nul = "a\x00b"
    body = {
        "external_id": nul,
        "from": {"handle": nul, "name": nul},
        "subject": nul,
        "text": nul,
        "thread": nul,
    }
    status, made, _ = call(house, "post", "/messages", body)
    assert status == 201
    assert call(house, "post", "/messages", {**body, "brand": nul})[0] == 422
    path = f"/conversations/{made['conversation']}"
    assert call(house, "patch", path, {"tags": [nul], "subject": nul})[1]["tags"] == ["ab"]
    assert call(house, "post", path + "/notes", {"text": nul, "author": nul})[0] == 201
    assert call(house, "post", path + "/replies", {"text": nul, "author": nul, "translate": False})[0] == 201


def test_a_stated_variant_stays_and_a_bare_language_finds_its_sibling():
    house = a_house()
    for number, (stated, kept) in enumerate([("zh-Hant", "zh-Hant"), ("pt-PT", "pt-PT"), ("pt", "pt-BR")]):
        body = {"external_id": str(number), "from": {"handle": stated}, "text": "OK", "language": stated}
        _, made, _ = call(house, "post", "/messages", body)
        settle()
        assert call(house, "get", f"/conversations/{made['conversation']}")[1]["language"] == kept


def test_a_word_that_tells_no_language_leaves_the_brands():
    house = a_house()
    _, made, _ = call(house, "post", "/messages", {"external_id": "1", "from": {"handle": "x"}, "text": "OK"})
    settle()
    assert call(house, "get", f"/conversations/{made['conversation']}")[1]["language"] == "en"


def test_html_alone_has_words_and_a_newcomer_is_found_by_name():
    house = a_house()
    body = {"external_id": "1", "from": {"email": "aada@example.com", "name": "Aada Virtanen"}, "text": ""}
    _, made, _ = call(
        house, "post", "/messages", {**body, "html": "<p>Missä <b>lamppuni</b> on?</p><script>x</script>"}
    )
    settle()
    assert (
        "lamppuni" in call(house, "get", f"/conversations/{made['conversation']}")[1]["messages"][0]["text"]
    )
    for query in ("virtanen", "aada@example.com"):
        assert [one["name"] for one in call(house, "get", f"/customers?q={query}")[1]["items"]] == [
            "Aada Virtanen"
        ]


def test_a_method_that_is_not_taken_is_refused_in_the_one_form():
    house = a_house()
    status, problem, response = call(house, "delete", "/conversations")
    assert status == 405 and problem["code"] == "method_not_allowed"
    assert response.headers["Content-Type"] == "application/problem+json"


def bring(house, number, **more):
    body = {"external_id": f"n{number}", "from": {"email": f"c{number}@example.com"}, "text": "Hei!", **more}
    status, made, _ = call(house, "post", "/messages", body)
    assert status == 201, made
    return made


def test_a_parameter_misspelt_is_named_and_finds_nothing():
    house = a_house()
    for path in ("/conversations?stauts=open", "/agents?page=2", "/customers?q=x&sort=name"):
        status, problem, _ = call(house, "get", path)
        assert status == 422 and problem["title"].startswith("Unknown parameter: ")
        assert problem["errors"][0]["field"] in path


@pytest.mark.parametrize("sort", ["-last_message_at", "last_message_at", "-id", "id"])
def test_every_order_pages_through_all_without_a_gap_or_a_repeat(sort):
    house = a_house()
    made = [bring(house, number)["conversation"] for number in range(7)]
    with house.acting():
        # a test is one transaction, and its clock stands still
        Conversation.objects.filter(pk=made[2]).update(last_message_at=timezone.now() + timedelta(hours=1))
    seen, cursor = [], ""
    while cursor is not None:
        tail = f"&cursor={cursor}" if cursor else ""
        status, page, _ = call(house, "get", f"/conversations?sort={sort}&limit=3{tail}")
        assert status == 200
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    by_time = [*(one for one in made if one != made[2]), made[2]]
    wanted = made if sort.endswith("id") else by_time
    assert seen == (wanted[::-1] if sort.startswith("-") else wanted)


def test_what_no_team_has_is_found():
    house = a_house()
    made = bring(house, 1)
    assert [one["id"] for one in call(house, "get", "/conversations?team=none")[1]["items"]] == [
        made["conversation"]
    ]
    assert call(house, "get", "/conversations?team=7")[1]["items"] == []


def test_an_address_becomes_verified_when_it_is_said_again_with_proof():
    house = a_house()
    customer = bring(house, 1)["customer"]
    address = {"kind": "email", "value": "C1@Example.com"}
    again = call(house, "post", f"/customers/{customer}/identities", address)
    assert again[0] == 201 and again[1]["verified"] is False
    proven = call(house, "post", f"/customers/{customer}/identities", {**address, "verified": True})
    assert proven[1] == {**again[1], "verified": True}
    # said again without proof it stays verified
    assert call(house, "post", f"/customers/{customer}/identities", address)[1]["verified"] is True


def test_the_document_tells_of_problems_methods_and_keys():
    document = Client().get("/api/v1/openapi.json").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert list(operation["responses"]["405"]["content"]) == ["application/problem+json"], path
            assert list(operation["responses"]["422"]["content"]) == ["application/problem+json"], path
            keys = [one["name"] for one in operation.get("parameters", []) if one["in"] == "header"]
            assert keys == (["Idempotency-Key"] if method == "post" else []), path


@pytest.mark.parametrize(
    ("query", "code"),
    [("brand=kaisle", "unknown_brand"), ("channel=fax", "bad_channel"), ("language=%3F%3F", "bad_language")],
)
def test_a_filter_by_what_does_not_exist_is_an_error(query, code):
    house = a_house()
    status, problem, _ = call(house, "get", f"/conversations?{query}")
    assert (status, problem["code"]) == (422, code)
    assert call(house, "get", "/conversations?brand=kaisla&channel=api&language=pt")[0] == 200


def test_a_planned_answer_waits_and_can_be_taken_back():
    house = a_house()
    _, made, _ = call(
        house,
        "post",
        "/messages",
        {"external_id": "1", "from": {"email": "a@example.com"}, "text": "Hello there"},
    )
    settle()
    path = f"/conversations/{made['conversation']}/replies"
    at = (timezone.now() + timedelta(hours=5)).isoformat()
    status, planned, _ = call(house, "post", path, {"text": "Tomorrow.", "send_at": at, "translate": False})
    assert status == 201 and planned["delivery"] == "scheduled" and planned["send_at"]
    status, refused, _ = call(house, "post", path, {"text": "Too late.", "send_at": "2020-01-01T00:00:00Z"})
    assert status == 422 and refused["code"] == "past"
    mallory = a_house("mallory-shop", owner="mallory")
    assert call(mallory, "delete", f"{path}/{planned['id']}")[0] == 404
    assert call(house, "delete", f"{path}/{planned['id']}")[0] == 204
    assert call(house, "delete", f"{path}/{planned['id']}")[0] == 404
    _, conversation, _ = call(house, "get", f"/conversations/{made['conversation']}")
    assert [
        message["direction"] for message in conversation["messages"] if message["direction"] != "event"
    ] == ["in"]


def test_recipients_that_are_none_are_refused_by_name():
    house = a_house()
    _, made, _ = call(
        house,
        "post",
        "/messages",
        {"external_id": "1", "from": {"email": "a@example.com"}, "text": "Hello there"},
    )
    body = {"text": "x", "translate": False, "cc": [{"email": "no address"}]}
    status, refused, _ = call(house, "post", f"/conversations/{made['conversation']}/replies", body)
    assert status == 422 and "no address" in refused["title"]


@pytest.mark.parametrize(
    "facts, field",
    [
        ({"language": "xx-nope"}, "language"),
        ({"language": "pt-ZZ"}, "language"),
        ({"market": "XX"}, "market"),
    ],
)
def test_languages_and_countries_that_do_not_exist_are_refused_by_name(facts, field):
    house = a_house()
    status, made, _ = call(house, "post", "/customers", {"name": "Anna", "language": "pt-BR", "market": "fi"})
    assert status == 201 and (made["language"], made["market"]) == ("pt-BR", "FI")
    for method, path in (("post", "/customers"), ("patch", f"/customers/{made['id']}")):
        status, refused, _ = call(house, method, path, facts)
        assert (status, refused["code"]) == (422, "invalid")
        assert [one["field"] for one in refused["errors"]] == [field]
    key = "{language}@{market}".format(**{"language": "fi", "market": "FI", **facts})
    status, refused, _ = call(house, "post", "/macros", {"name": "x", "texts": {key: "Hei"}})
    assert (status, refused["code"]) == (422, f"bad_{field}")


def test_a_hint_that_is_no_language_is_left_alone():
    house = a_house()
    hint = {
        "external_id": "1",
        "from": {"email": "a@example.com"},
        "text": "Missä paketti on?",
        "language": "xx",
    }
    status, made, _ = call(house, "post", "/messages", hint)
    settle()
    assert status == 201
    assert call(house, "get", f"/conversations/{made['conversation']}")[1]["language"] == "fi"


def test_a_macro_answers_in_the_customers_language_or_says_what_it_lacks():
    house = a_house()
    made = {
        "external_id": "1",
        "from": {"email": "a@example.com", "name": "Aino"},
        "text": "Missä tilaukseni on?",
    }
    _, came, _ = call(house, "post", "/messages", made)
    settle()
    body = {"name": "Shipped", "texts": {"en": "Shipped.", "fi": "Lähetetty, {customer.name}."}}
    status, macro, _ = call(house, "post", "/macros", body)
    assert status == 201 and call(house, "post", "/macros", body)[0] == 409
    path = f"/conversations/{came['conversation']}/replies"
    status, reply, _ = call(house, "post", path, {"macro": macro["id"]})
    assert status == 201 and reply["text"] == "Lähetetty, Aino." and reply["language"] == "fi"
    status, macro, _ = call(
        house, "patch", f"/macros/{macro['id']}", {"texts": {"fi": "Seuranta {tracking}"}}
    )
    assert status == 200 and list(macro["texts"]) == ["fi"] and macro["unknown_slots"] == ["{tracking}"]
    status, refused, _ = call(house, "post", path, {"macro": macro["id"]})
    assert status == 422 and refused["code"] == "open_slots" and "{tracking}" in refused["title"]
    assert call(house, "post", path, {"macro": macro["id"], "text": "both"})[0] == 422
    mallory = a_house("mallory-shop", owner="mallory")
    assert call(mallory, "get", f"/macros/{macro['id']}")[0] == 404
    assert call(house, "get", "/macros")[1]["items"][0]["used"] == 1
    assert call(house, "delete", f"/macros/{macro['id']}")[0] == 204
