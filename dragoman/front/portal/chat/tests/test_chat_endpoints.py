"""What the widget's endpoints promise to a shopper, a shop and an outsider."""

import json
import time
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Attachment, Conversation, Envelope, Message
from dragoman.core.customers.models import Identity
from dragoman.front.portal.chat import config, door, limits
from dragoman.front.portal.chat.tests.conftest import Widget
from dragoman.front.portal.chat.texts import widget_texts
from dragoman.front.portal.widget import script
from dragoman.front.portal.widget.script import PARTS
from dragoman.ground.channels.chat import identity_signature
from tests.people import House, a_house

SECRET = "s" * 40


def _signed(email: str = "aino@example.com", *, secret: str = SECRET, **more: object) -> dict[str, object]:
    person = {"email": email, "name": "Aino", "phone": "", "expires": int(time.time()) + 600, **more}
    return {**person, "signature": identity_signature(secret, brand="kaisla", **person)}  # type: ignore[arg-type]


def _change_brand(house: House, **fields: object) -> None:
    with house.acting():
        Brand.objects.filter(pk=house.brand.pk).update(**fields)
    door._brands.forget()


def _answer(house: House, text: str, **more: object) -> None:
    with house.acting():
        conversation = Conversation.objects.order_by("-pk")[0]
        agent = Agent.objects.get(pk=house.greta.pk)
        send_reply(conversation, agent=agent, draft=Draft(text=text, send_as="original", **more))  # type: ignore[arg-type]


# ---- configuration ----
def test_the_configuration_speaks_the_readers_language_or_english(house: House) -> None:
    assert Widget().get("config?locale=th-TH").json()["locale"] == "th"
    assert Widget().get("config?locale=is").json()["locale"] == "en"
    facts = Widget().get("config?locale=ar").json()
    assert {"tag": "ar", "name": "العربية", "dir": "rtl"} in facts["languages"]
    assert facts["limits"]["file_bytes"] == 30 * 1024 * 1024


def test_every_word_of_the_script_comes_with_the_configuration() -> None:
    text = script.files(script.__package__).joinpath("parts", PARTS[0]).read_text("utf-8")
    fallback = text[text.index("FALLBACK = {") : text.index("};")]
    for key, value in widget_texts().items():
        assert f"  {key}: {json.dumps(value, ensure_ascii=False)}," in fallback, key
    assert fallback.count("\n  ") == len(widget_texts())


def test_somebody_is_on_duty_while_an_agent_is_at_the_desk(house: House) -> None:
    assert Widget().get("config?locale=en").json()["open"] is False
    with house.acting():
        Agent.objects.filter(pk=house.greta.pk).update(seen_at=timezone.now())
    config._duty.forget()
    assert Widget().get("config?locale=en").json()["open"] is True


def test_an_unknown_brand_has_no_chat(house: House) -> None:
    answer = Widget(brand="nobody").get("config?locale=en")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


# ---- messages ----
def test_a_message_is_stored_once_with_its_envelope(house: House) -> None:
    widget = Widget()
    name = uuid.uuid4().hex
    first, again = widget.write("Hei", external_id=name), widget.write("Hei", external_id=name)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["duplicate"], again.json()["duplicate"]) == (False, True)
    assert first.json()["message"] == again.json()["message"]
    with house.acting():
        assert (Message.objects.filter(direction="in").count(), Envelope.objects.count()) == (1, 1)


@pytest.mark.parametrize(("said", "kept"), [("th", "TH"), ("", ""), ("nowhere", ""), ("XX", "")])
def test_the_country_a_page_says_is_the_conversations_and_a_new_customers(
    house: House, said: str, kept: str
) -> None:
    assert Widget().write("Hei", market=said).status_code == 201
    with house.acting():
        one = Conversation.objects.select_related("customer").get()
        assert (one.market, one.customer.market) == (kept, kept)


def test_a_session_lost_before_it_was_kept_gives_the_same_thread_again(house: House) -> None:
    widget = Widget()
    name = uuid.uuid4().hex
    widget.write(external_id=name)
    widget.session = ""
    assert widget.write(external_id=name).json()["duplicate"] is True


def test_an_answer_comes_back_and_a_note_or_event_never_does(house: House) -> None:
    widget = Widget()
    widget.write("Where is it?")
    with house.acting():
        conversation = Conversation.objects.get()
        agent = Agent.objects.get(pk=house.greta.pk)
        add_note(conversation, agent=agent, text="He is difficult")
    _answer(house, "On its way")
    widget.write("Thank you")
    assert [(item["direction"], item["text"]) for item in widget.thread()] == [
        ("in", "Where is it?"),
        ("out", "On its way"),
        ("in", "Thank you"),
    ]
    assert widget.thread()[1]["author"] == {"name": "Greta"}
    assert b"difficult" not in widget.get("messages").content


def _ticks(house: House) -> list[str]:
    with house.acting():
        return list(Message.objects.filter(direction="out").order_by("pk").values_list("delivery", flat=True))


def test_what_reached_the_page_and_what_was_read_turns_the_agents_ticks(house: House) -> None:
    widget, other = Widget(), Widget()
    widget.write()
    _answer(house, "One.")
    _answer(house, "Two.")
    assert _ticks(house) == ["sent", "sent"]
    first, second = (int(one["id"]) for one in widget.thread() if one["direction"] == "out")
    other.write()
    assert other.post("receipts", {"delivered": second, "read": second}).status_code == 200
    assert _ticks(house) == ["sent", "sent"], "another shopper's page says nothing of this thread"
    assert widget.post("receipts", {"delivered": second, "read": first}).json() == {}
    assert _ticks(house) == ["read", "delivered"]
    widget.post("receipts", {"delivered": second})
    assert _ticks(house) == ["read", "delivered"], "late news never turn them back"
    widget.post("receipts", {"delivered": second, "read": second})
    assert _ticks(house) == ["read", "read"]
    assert widget.post("receipts", {"read": -1}).status_code == 422
    assert Widget().post("receipts", {"read": 1}).status_code == 401


def test_mallory_reads_nothing_of_another_thread(house: House) -> None:
    somchai, mallory = Widget(), Widget()
    name = uuid.uuid4().hex
    somchai.write("My address is Rama IV Road 1", external_id=name)
    sent = mallory.write("Hello", external_id=name)
    assert sent.json()["duplicate"] is False, "an id guessed from another browser is another message"
    assert [item["text"] for item in mallory.thread()] == ["Hello"]


def test_mallorys_shop_opens_no_session_of_another_brand(house: House) -> None:
    a_house("northbound", owner="mallory")
    widget = Widget()
    widget.write()
    stolen = Widget(brand="northbound", session=widget.session)
    assert stolen.get("messages").status_code == 401


def test_a_thread_is_read_page_by_page_without_a_gap(house: House) -> None:
    widget = Widget()
    for number in range(28):
        assert widget.write(f"m{number}").status_code == 201
    for number in range(30):
        _answer(house, f"a{number}")
    first = widget.get("messages").json()
    second = widget.get(f"messages?after={first['next']}").json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 8, None)
    assert widget.get("messages?after=-1").status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        ({"external_id": "x" * 32, "text": "a", "colour": "red"}, "colour"),
        ({"text": "a"}, "external_id"),
        ({"external_id": "../../../../x", "text": "a"}, "external_id"),
        ({"external_id": "x" * 32, "text": 5}, "text"),
    ],
)
def test_a_wrong_body_is_refused_naming_the_field(house: House, body: object, field: str) -> None:
    widget = Widget()
    widget.open()
    answer = widget.post("messages", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_nothing_to_say_and_too_much_to_say_are_refused(house: House) -> None:
    widget = Widget()
    assert widget.write("  \x00 ").json()["code"] == "empty"
    assert widget.write("x" * (limits.TEXT_CHARACTERS + 1)).json()["code"] == "too_long"
    assert widget.write("ก" * limits.TEXT_CHARACTERS).status_code == 201
    assert widget.post("messages", b" " * (limits.JSON_BYTES + 1)).status_code == 413


def test_bytes_that_a_database_cannot_hold_do_no_harm(house: House) -> None:
    widget = Widget()
    assert widget.write("a\x00b \ud83d\ude00", page="https://shop.example/\x00").status_code == 201
    assert widget.post(
        "messages", b'{"external_id": "%s", "text": "x\\ud800y"}' % (b"c" * 32)
    ).status_code in {201, 422}


def test_an_unproved_address_is_a_note_and_never_an_identity(house: House) -> None:
    widget = Widget()
    assert widget.write("Write to me", email="Somchai@Example.com").status_code == 201
    assert widget.write("Write to me", email="nonsense").status_code == 422
    with house.acting():
        assert Message.objects.get(direction="in").meta["email"] == "somchai@example.com"
        assert not Identity.objects.filter(kind="email").exists()


def test_a_message_from_the_future_is_dated_now(house: House) -> None:
    widget = Widget()
    sent = widget.write(sent_at="2099-01-01T00:00:00Z").json()["message"]["sent_at"]
    assert sent < "2099"


# ---- identity ----
def test_a_signed_shopper_is_the_customer_of_that_address_on_every_device(house: House) -> None:
    _change_brand(house, identity_secret=SECRET)
    phone, laptop = Widget(), Widget()
    assert phone.open(identity=_signed())["email"] == "aino@example.com"
    phone.write("From the phone")
    laptop.open(identity=_signed())
    laptop.write("From the laptop")
    assert [item["text"] for item in phone.thread()] == ["From the phone", "From the laptop"]
    with house.acting():
        identity = Identity.objects.get()
        assert (identity.kind, identity.value) == ("email", "aino@example.com")
        assert identity.verified_at is not None


def test_a_thread_begun_before_logging_in_stays(house: House) -> None:
    _change_brand(house, identity_secret=SECRET)
    widget = Widget()
    widget.write("Before")
    widget.open(identity=_signed())
    widget.write("After")
    assert [item["text"] for item in widget.thread()] == ["Before", "After"]


def test_another_signed_person_gets_another_thread(house: House) -> None:
    _change_brand(house, identity_secret=SECRET)
    widget = Widget()
    widget.open(identity=_signed())
    widget.write("Aino's secret")
    widget.open(identity=_signed("mallory@example.com"))
    assert widget.thread() == []


@pytest.mark.parametrize(
    "person",
    [
        {**_signed(secret="wrong")},
        {**_signed(), "email": "mallory@example.com"},
        {**_signed(expires=1)},
    ],
)
def test_a_forged_or_stale_identity_is_refused(house: House, person: dict[str, object]) -> None:
    _change_brand(house, identity_secret=SECRET)
    answer = Widget().post("session", {"visitor": uuid.uuid4().hex, "identity": person})
    assert answer.status_code == 403


def test_a_brand_without_a_secret_vouches_for_nobody(house: House) -> None:
    answer = Widget().post("session", {"visitor": uuid.uuid4().hex, "identity": _signed(secret="")})
    assert answer.status_code == 403


# ---- files ----
def _file(name: str = "kuva.png", size: int = 10, kind: str = "image/png") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, b"x" * size, content_type=kind)}


def test_a_file_travels_with_its_message_and_only_in_its_own_thread(house: House) -> None:
    widget, mallory = Widget(), Widget()
    widget.open()
    kept = widget.post("files", _file("../../etc/pass\x07wd.png"))
    assert (kept.status_code, kept.json()["name"]) == (201, "passwd.png")
    token = kept.json()["token"]
    assert mallory.write("mine", files=[token]).json()["code"] == "unknown_file"
    sent = widget.write("", files=[token])
    assert sent.status_code == 201
    assert [(file["name"], file["size"]) for file in sent.json()["message"]["attachments"]] == [
        ("passwd.png", 10)
    ]
    with house.acting():
        assert Attachment.objects.get().message_id is not None


def test_programs_and_giants_are_refused_in_the_shoppers_language(house: House) -> None:
    widget = Widget(headers={"Accept-Language": "fi"})
    widget.open()
    assert widget.post("files", _file("tool.EXE")).json()["code"] == "refused_kind"
    large = widget.post("files", _file(size=31 * 1024 * 1024))
    assert (large.status_code, large.json()["limit"]) == (413, 30 * 1024 * 1024)
    assert widget.post("files", {}).status_code == 422


# ---- the door ----
def test_any_page_may_call_until_the_brand_lists_its_own(house: House) -> None:
    elsewhere = Widget(headers={"Origin": "https://elsewhere.example"})
    answer = elsewhere.get("config?locale=en")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    _change_brand(house, allowed_origins=["https://kaisla.example/"])
    refused = elsewhere.get("config?locale=en")
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused
    own = Widget(headers={"Origin": "https://kaisla.example"}).get("config?locale=en")
    assert own["Access-Control-Allow-Origin"] == "https://kaisla.example"
    assert "Origin" in own["Vary"]


def test_a_preflight_is_answered_without_a_session(house: House) -> None:
    answer = Client().options("/chat/kaisla/messages", headers={"Origin": "https://shop.example"})
    assert answer.status_code == 204
    assert "authorization" in answer["Access-Control-Allow-Headers"]


def test_no_cookie_is_ever_set(house: House) -> None:
    widget = Widget()
    answers = [widget.get("config?locale=en"), widget.write(), widget.get("messages")]
    assert all(not answer.cookies for answer in answers)


def test_a_flood_is_slowed_down_and_told_when_to_come_back(house: House) -> None:
    widget = Widget()
    answers = [widget.write(f"m{number}") for number in range(limits.MESSAGES_PER_SESSION.times + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [201, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert Widget().write("Somebody else").status_code == 201


def test_without_a_session_nothing_is_read_or_written(house: House) -> None:
    widget = Widget(session="forged")
    assert widget.get("messages").status_code == 401
    assert widget.post("messages", {"external_id": "x" * 32, "text": "a"}).status_code == 401
    assert widget.post("files", _file()).status_code == 401
