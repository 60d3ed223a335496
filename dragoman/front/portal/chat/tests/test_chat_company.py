"""Typing, read marks, doubts, the brand's limits and copies by mail, as the endpoints promise them."""

import re
import time
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from dragoman.core.accounts.hours import queries as hours
from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.status import mark_read, set_status
from dragoman.core.conversations.junk import verdict_of
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry, forget_said
from dragoman.front.portal.chat import config, copies, door, typing, views
from dragoman.front.portal.chat.tests.conftest import Widget
from dragoman.front.portal.chat.tests.test_chat_endpoints import _answer, _signed
from dragoman.front.portal.chat.transcript import Copy, mail_confirmation, mail_copy, sign_copy
from tests.people import House, a_house

LOCMEM = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend", "MAIL_URL": "folder:///nowhere"}


def _choose(house: House, **chat: Any) -> None:
    with house.acting():
        Brand.objects.filter(pk=house.brand.pk).update(chat=chat)
    door._brands.forget()
    config._mails.forget()


def _meta(house: House) -> dict[str, Any]:
    with house.acting():
        return dict(Message.objects.filter(direction="in").latest("pk").meta)


# ---- typing and reading ----
def test_typing_is_told_to_the_desk_of_the_shoppers_conversation(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(typing, "tell_presence", lambda workspace, facts: told.append((workspace, facts)))
    widget = Widget()
    widget.open()
    assert widget.post("typing", {}).status_code == 200
    assert told == [], "no conversation, nobody to tell"
    widget.write()
    widget.post("typing", {})
    with house.acting():
        conversation = Conversation.objects.get()
    widget.post("typing", {"doing": "still"})
    facts = {"page": f"shopper:{conversation.pk}", "conversation": conversation.pk, "agent": 0, "name": ""}
    assert told == [
        (house.workspace.pk, {**facts, "doing": "reply"}),
        (house.workspace.pk, {**facts, "doing": "gone"}),
    ]
    assert widget.post("typing", {"doing": "dancing"}).status_code == 422
    _choose(house, typing=False)
    widget.post("typing", {})
    assert len(told) == 2


def test_typing_needs_a_session_and_has_a_pace(house: House) -> None:
    assert Widget().post("typing", {}).status_code == 401
    widget = Widget()
    widget.open()
    answers = [widget.post("typing", {}).status_code for _ in range(41)]
    assert answers[:40] == [200] * 40 and answers[40] == 429


def test_the_thread_says_how_far_the_shop_read_and_whether_it_is_closed(house: House) -> None:
    widget, mallory = Widget(), Widget()
    first = widget.write("Hei").json()["message"]["id"]
    mallory.write("Mine")
    state = widget.get("messages").json()
    assert (state["read"], state["closed"]) == ("0", False)
    with house.acting():
        conversation = Conversation.objects.order_by("pk")[0]
        mark_read(conversation)
    assert widget.get("messages").json()["read"] == first
    assert mallory.get("messages").json()["read"] == "0"
    second = widget.write("Hello?").json()["message"]["id"]
    assert int(widget.get("messages").json()["read"]) < int(second)
    with house.acting():
        agent = Agent.objects.get(pk=house.greta.pk)
        set_status(Conversation.objects.order_by("pk")[0], agent=agent, status="resolved")
    assert widget.get("messages").json()["closed"] is True
    widget.write("One more thing")
    assert widget.get("messages").json()["closed"] is False


# ---- what the brand chose ----
def _write(house: House, place: str, **said: str) -> None:
    kind, key = place.split(".")
    with house.acting():
        for name, words in said.items():
            wording = Wording(words, *name.split("_"))
            write_variant(house.workspace.pk, Entry(kind, key, house.brand), wording, agent=None)
    forget_said()


def test_the_configuration_carries_the_brands_choices(house: House) -> None:
    assert Widget().get("config?locale=en").json()["chat"]["ask"] == []
    _choose(
        house,
        theme="dark",
        ask=["order", "name"],
        require=["name"],
        consent=True,
        file_mb=2,
    )
    facts = Widget().get("config?locale=en").json()
    assert facts["chat"]["theme"] == "dark"
    assert facts["chat"]["ask"] == [
        {"name": "name", "required": True},
        {"name": "order", "required": False},
    ]
    assert facts["chat"]["consent"] == {"text": "", "language": "", "url": ""}
    _write(house, "widget.consent", en="Ok?", fi="Käykö?")
    asked = {tag: Widget().get(f"config?locale={tag}").json()["chat"]["consent"] for tag in ("fi-FI", "th")}
    assert asked["fi-FI"] == {"text": "Käykö?", "language": "fi", "url": ""}
    assert asked["th"] == {"text": "Ok?", "language": "en", "url": ""}
    assert facts["limits"]["file_bytes"] == 2 * 1024 * 1024


def test_greeting_and_away_text_are_the_brands_own_for_language_and_market(house: House) -> None:
    facts = Widget().get("config?locale=th").json()["chat"]
    assert (facts["greeting"], facts["away"]) == (None, None)
    _write(house, "greeting.greeting", en="Welcome to {brand.name}", de="Willkommen", de_AT="Grüß Gott")
    _write(house, "away.away", fi="Palaamme pian")

    def greeted(query: str) -> Any:
        return Widget().get(f"config?{query}").json()["chat"]["greeting"]

    assert greeted("locale=de") == {"text": "Willkommen", "language": "de"}
    assert greeted("locale=de-AT")["text"] == greeted("locale=de&market=at")["text"] == "Grüß Gott"
    assert greeted("locale=de&market=??")["text"] == greeted("locale=de-CH")["text"] == "Willkommen"
    # our sentence in the shopper's language goes before the shop's in another, the shop's before ours in a third
    assert greeted("locale=th") is None
    assert greeted("locale=is") == {"text": "Welcome to kaisla", "language": "en"}
    assert Widget().get("config?locale=fi").json()["chat"]["away"] == {
        "text": "Palaamme pian",
        "language": "fi",
    }


def test_settings_of_the_wrong_kind_are_as_by_default(house: House) -> None:
    _choose(house, theme=7, ask="name", file_mb="many", unknown=1)
    facts = Widget().get("config?locale=en").json()
    assert (facts["chat"]["theme"], facts["chat"]["ask"]) == ("auto", [])
    assert facts["limits"]["file_bytes"] == 30 * 1024 * 1024


def test_files_follow_the_brands_limits(house: House) -> None:
    widget = Widget()
    widget.open()

    def put(name: str, size: int) -> Any:
        return widget.post("files", {"file": SimpleUploadedFile(name, b"x" * size)})

    _choose(house, file_mb=1, file_kinds=[".pdf"])
    assert put("a.pdf", 10).status_code == 201
    assert put("a.png", 10).json()["code"] == "refused_kind"
    larger = put("b.pdf", 1024 * 1024 + 1)
    assert (larger.status_code, larger.json()["limit"]) == (413, 1024 * 1024)
    _choose(house, file_mb=0)
    assert put("a.pdf", 10).json()["code"] == "no_files"


def test_what_was_asked_for_is_a_note_to_the_agent_and_no_identity(house: House) -> None:
    Widget().write("Hei", name="สมชาย", order="KSL-1", consent="I agree", email="somchai@example.com")
    meta = _meta(house)
    assert (meta["order"], meta["consent"], meta["email"]) == ("KSL-1", "I agree", "somchai@example.com")
    with house.acting():
        customer = Conversation.objects.get().customer
        assert customer.name == "สมชาย"
        assert not customer.identities.filter(kind="email").exists()


# ---- doubts ----
def _slow(widget: Widget, monkeypatch: pytest.MonkeyPatch) -> None:
    widget.open()
    then = time.time()
    monkeypatch.setattr("dragoman.front.portal.chat.shield.time.time", lambda: then + 60)


def test_an_ordinary_first_message_raises_no_doubt(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Widget()
    _slow(widget, monkeypatch)
    widget.write("Where is it? https://track.example/1", page="https://shop.example/cart")
    assert "junk" not in _meta(house)


def test_a_message_faster_than_a_person_is_doubtful_but_stored(house: House) -> None:
    assert Widget().write("Hei").status_code == 201
    assert _meta(house)["junk"] == ["fast"]


def test_what_waited_without_a_connection_is_not_too_fast(house: House) -> None:
    Widget().write("Hei", sent_at="2020-01-01T00:00:00Z")
    assert "junk" not in _meta(house)


def test_links_to_elsewhere_are_counted_and_links_to_the_shop_are_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget, other = Widget(), Widget()
    _slow(widget, monkeypatch)
    widget.write(" ".join(f"https://spam{n}.example/x" for n in range(3)), page="https://shop.example/")
    assert _meta(house)["junk"] == ["links", "only_link"]
    _slow(other, monkeypatch)
    other.write(" ".join(f"https://shop.example/{n}" for n in range(3)), page="https://shop.example/")
    assert "junk" not in _meta(house)


def test_the_same_long_text_from_three_browsers_is_doubtful_at_the_third(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "We can bring your shop to the first page of every search engine."
    found = []
    for _ in range(3):
        widget = Widget()
        _slow(widget, monkeypatch)
        widget.write(text)
        found.append(_meta(house).get("junk", []))
    assert found == [[], [], ["copies"]]


def test_links_faster_than_a_person_are_put_aside_as_junk_and_kept(house: House) -> None:
    assert Widget().write("Cheap https://a.example https://b.example https://c.example").status_code == 201
    Widget().write("Hei, missä paketti on?")
    with house.acting():
        found = {one.junk: one for one in Conversation.objects.all()}
        assert set(found) == {True, False}
        assert verdict_of(found[True]).why == {"kind": "widget", "doubts": ["fast", "links"]}


def test_a_signed_customer_is_never_doubtful(house: House) -> None:
    with house.acting():
        Brand.objects.filter(pk=house.brand.pk).update(identity_secret="s" * 40)
    door._brands.forget()
    widget = Widget()
    widget.open(identity=_signed())
    widget.write("https://a.example https://b.example https://c.example")
    assert "junk" not in _meta(house)


def test_too_many_new_threads_from_one_address_wait_and_old_threads_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "dragoman.front.portal.chat.messages.THREADS_PER_ADDRESS", views.limits.Pace("thread", 2, 3600)
    )
    known, second, third = Widget(), Widget(), Widget()
    assert known.write().status_code == 201
    assert second.write().status_code == 201
    refused = third.write()
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert known.write("More").status_code == 201


def test_who_tries_again_too_soon_uses_up_nothing_else() -> None:
    one, address = views.limits.Pace("try", 2), views.limits.Pace("try-ip", 4)
    views.limits.count((one, "s"), (address, "a"))
    views.limits.count((one, "s"), (address, "a"))
    for _ in range(20):
        with pytest.raises(views.limits.TooFast):
            views.limits.count((address, "a"), (one, "s"))
    views.limits.count((address, "a"))
    views.limits.count((address, "a"))
    with pytest.raises(views.limits.TooFast):
        views.limits.count((address, "a"))


# ---- copies by mail ----
@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What was put on the queue, in order."""
    kept: list[tuple[str, dict[str, Any]]] = []
    for name in ("confirm_copy", "send_copy"):
        task = getattr(copies, name)
        monkeypatch.setattr(task, "defer", lambda name=name, **facts: kept.append((name, facts)))
    return kept


def _talk(house: House) -> Widget:
    widget = Widget()
    widget.write("ผ้าลินินของฉันอยู่ที่ไหน")
    with house.acting():
        add_note(
            Conversation.objects.get(), agent=Agent.objects.get(pk=house.greta.pk), text="He is difficult"
        )
    _answer(house, "On its way")
    return widget


@override_settings(**LOCMEM)
def test_an_unproved_address_is_asked_first_and_gets_the_copy_by_a_button(
    house: House, jobs: list[tuple[str, dict[str, Any]]]
) -> None:
    widget = _talk(house)
    wish = {"email": "Somchai@Example.com", "locale": "th", "zone": "Asia/Bangkok"}
    answer = widget.post("transcript", wish)
    assert answer.status_code == 202
    assert answer.json() == {"state": "confirm", "email": "somchai@example.com"}
    ((name, facts),) = jobs
    assert name == "confirm_copy"
    with house.acting():
        mail_confirmation(house.brand, Copy(**facts["facts"]), base=facts["base"])
    assert mail.outbox[0].to == ["somchai@example.com"]
    link = re.search(r"http\S+", mail.outbox[0].body)
    assert link
    path = urlsplit(link[0]).path
    assert Client().get(path).status_code == 200
    assert len(jobs) == 1, "looking at the page sends nothing: mail scanners look at every link"
    assert Client().post(path).status_code == 200
    assert jobs[1][0] == "send_copy"
    with house.acting():
        mail_copy(house.brand, Copy(**jobs[1][1]["facts"]))
    body = mail.outbox[1].body
    assert "ผ้าลินินของฉันอยู่ที่ไหน" in body and "On its way" in body and "Greta" in body
    assert "(กรุงเทพ)" in body, "whose clock it is by"
    assert "difficult" not in body


@override_settings(**LOCMEM)
def test_an_address_the_shop_signed_gets_the_copy_at_once(
    house: House, jobs: list[tuple[str, dict[str, Any]]]
) -> None:
    with house.acting():
        Brand.objects.filter(pk=house.brand.pk).update(identity_secret="s" * 40)
    door._brands.forget()
    widget = Widget()
    widget.open(identity=_signed())
    widget.write("Hei")
    assert widget.post("transcript", {}).json() == {"state": "sent", "email": "aino@example.com"}
    assert widget.post("transcript", {"email": "other@example.com"}).json()["state"] == "confirm"
    assert [name for name, _facts in jobs] == ["send_copy", "confirm_copy"]


@override_settings(**LOCMEM)
def test_copies_have_limits_and_need_a_thread_and_an_address(
    house: House, jobs: list[tuple[str, dict[str, Any]]]
) -> None:
    empty = Widget()
    empty.open()
    assert empty.post("transcript", {"email": "a@b.example"}).status_code == 409
    widget = _talk(house)
    assert widget.post("transcript", {"email": "nonsense"}).status_code == 422
    assert widget.post("transcript", {}).status_code == 422
    codes = [widget.post("transcript", {"email": "a@b.example"}).status_code for _ in range(5)]
    assert codes == [202] * 4 + [429]
    _choose(house, transcript=False)
    assert widget.post("transcript", {"email": "a@b.example"}).status_code == 404


def test_without_a_way_out_no_copy_is_offered(house: House) -> None:
    assert Widget().get("config?locale=en").json()["chat"]["transcript"] is False
    assert _talk(house).post("transcript", {"email": "a@b.example"}).status_code == 404


@override_settings(**LOCMEM)
def test_mallorys_link_opens_no_other_brands_thread(house: House) -> None:
    other = a_house("mallory")
    forged = sign_copy(other.brand, Copy(uuid.uuid4().hex, "m@mallory.example", "en", "", "x"))
    for token in (forged, forged[:-2] + "zz", "nonsense"):
        assert Client().get(f"/chat/kaisla/copy/{token}").status_code == 410
        assert Client().post(f"/chat/kaisla/copy/{token}").status_code == 410


def test_the_chat_says_when_somebody_is_back_where_hours_are_set(house: House) -> None:
    _write(house, "away.away", en="We are away. Back {back_at}.")
    facts = Widget().get("config?locale=en").json()
    assert facts["back_at"] is None and facts["chat"]["away"]["text"] == "We are away."
    now = datetime.now(UTC)
    # closed today and tomorrow, whatever the day is
    open_days = {(now.weekday() + 3) % 7}
    week = [[("09:00", "17:00")] if day in open_days else [] for day in range(7)]
    with house.acting():
        save_hours(house.workspace.pk, agent=None, written=HoursWritten(time_zone="UTC", week=week))
    hours.known.forget()
    facts = Widget().get("config?locale=en").json()
    back = datetime.fromisoformat(facts["back_at"])
    assert back > now and (back.hour, back.weekday()) == (9, *open_days)
    assert facts["chat"]["away"]["text"] == "We are away. Back {back_at}."
