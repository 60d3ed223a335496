"""The review queue and its settings as agents meet them, without a script, and who may not."""

import re

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message, ReviewItem
from dragoman.core.language.actions.review import RuleWritten, set_rules
from dragoman.core.language.models import Reviewer, ReviewRule
from dragoman.core.language.review import When, policy_of
from dragoman.core.notifications.models import Notification
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db
TEXT = "Your parcel left today. The refund of 60 € comes in 5 days."


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    house = a_house()
    with house.acting():
        rule = RuleWritten(When(pairs=(("", "th"),), made=()), "hold", "Thai")
        set_rules(house.workspace.pk, agent=house.greta, rules=[rule])
    return house


def seat(house: House, name: str, languages=(), role="agent"):
    with house.acting():
        agent = add_agent(
            house.workspace.pk,
            email=f"{name}@kaisla.example",
            name=name.title(),
            role=role,
            password="x" * 12,
        )
        agent.languages = [{"tag": tag, "level": "native"} for tag in languages]
        agent.save()
    return agent


def client_of(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def held(house: House, text=TEXT, who="somchai@example.com") -> ReviewItem:
    came = write(house, "พัสดุของฉันอยู่ที่ไหน", language="th", who=who)
    settle()
    with house.acting():
        conversation = Conversation.objects.get(pk=came.conversation_id)
        message = send_reply(conversation, agent=house.greta, draft=Draft(text=text))
    settle()
    with house.acting():
        return ReviewItem.objects.get(message_id=message.pk)


def fresh(house, row):
    with house.acting():
        row.refresh_from_db()
    return row


def message_of(house, item) -> Message:
    with house.acting():
        return Message.objects.get(pk=item.message_id)


def segments(page: str) -> list[str]:
    return re.findall(r'<textarea class="edit"[^>]*>(.*?)</textarea>', page, re.DOTALL)


def test_the_queue_opens_the_first_side_by_side_and_a_key_worth_of_a_form_accepts_it(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house)
    client = client_of(ploy)
    page = client.get("/review").content.decode()
    assert "1 waits" in page and 'data-do="accept"' in page and "พัสดุของฉันอยู่ที่ไหน" in page
    assert len(segments(page)) == 2 and '<span class="term">60 €</span>' in page
    assert 'lang="th" dir="auto" spellcheck' in page
    body = {"segment": segments(page), "seen": "0"}
    answer = client.post(f"/desk/review/reply/{item.pk}/accept", body, follow=True)
    assert "Accepted and sent" in answer.content.decode() and "All is reviewed" in answer.content.decode()
    assert message_of(house, item).delivery == "sent" and fresh(house, item).state == "accepted"


def test_an_edit_is_checked_shown_and_sent(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house)
    client = client_of(ploy)
    said = segments(client.get(f"/review/reply/{item.pk}").content.decode())
    said[1] = said[1].replace("60", "50")
    page = client.post(f"/desk/review/reply/{item.pk}/check", {"segment": said}).content.decode()
    assert "The source says 60, the translation 50." in page and "fixes the number" in page
    assert "<del>60</del><ins>50</ins>" in page and "Send as edited" in page
    parts = client.post(
        f"/desk/review/reply/{item.pk}/check", {"segment": said}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<textarea" not in parts and 'id="seg-more-2" hx-swap-oob="true"' in parts
    client.post(f"/desk/review/reply/{item.pk}/accept", {"segment": said, "seen": "0"})
    assert "50" in message_of(house, item).text and fresh(house, item).state == "edited"
    done = client.get(f"/review/reply/{item.pk}").content.decode()
    assert "<ins>50</ins>" in done and "Edited" in done and "textarea class" not in done
    # the thread does not call it sent as written, and it and the notification lead to what was changed
    as_greta, at = client_of(house.greta), f"/conversations/{item.conversation_id}"
    thread = as_greta.get(at).content.decode()
    assert f'href="/review/message/{item.message_id}"' in thread and "What was changed" in thread
    settle()
    with house.acting():
        told = Notification.objects.get(agent=house.greta, kind="reviewed")
    led = as_greta.get(f"/notifications/{told.pk}", follow=True)
    assert led.redirect_chain[-1][0] == f"/review/reply/{item.pk}" and "<ins>50</ins>" in led.content.decode()


def test_what_a_reviewer_changed_in_the_customers_language_was_not_sent_as_written(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house, text="พัสดุของคุณออกวันนี้แล้วครับ")
    said = segments(client_of(ploy).get(f"/review/reply/{item.pk}").content.decode())
    assert fresh(house, item).source == "th"
    body = {"segment": [f"{said[0]} ขอบคุณ", *said[1:]], "seen": "0"}
    client_of(ploy).post(f"/desk/review/reply/{item.pk}/accept", body)
    assert fresh(house, item).state == "edited"
    thread = client_of(house.greta).get(f"/conversations/{item.conversation_id}").content.decode()
    assert "Sent as written" not in thread and "<span>Edited</span>" in thread


def test_a_number_that_the_reviewer_adds_is_told(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house)
    client = client_of(ploy)
    said = segments(client.get(f"/review/reply/{item.pk}").content.decode())
    at = f"/desk/review/reply/{item.pk}/check"
    assert "The source does not say" not in client.post(at, {"segment": said}).content.decode()
    said[0] += " 15"
    page = client.post(at, {"segment": said}).content.decode()
    assert page.count("The source does not say 15.") == 1 and "Number differs." in page


def test_a_rejection_needs_a_reason_and_lands_in_the_composer(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house)
    client = client_of(ploy)
    at = f"/desk/review/reply/{item.pk}/reject"
    refused = client.post(at, {"comment": " "})
    assert refused.status_code == 409 and 'id="rejecting" open' in refused.content.decode()
    client.post(at, {"comment": "Say sorry first"})
    page = client_of(house.greta).get(f"/conversations/{item.conversation_id}").content.decode()
    assert "Ploy sent an answer back: Say sorry first" in page and TEXT in page


def test_the_second_reviewer_is_told_and_led_on(house):
    ploy, nid = seat(house, "ploy", ["th"]), seat(house, "nid", ["th"])
    item, other = held(house), held(house, "Something else.", "nok@example.com")
    client_of(ploy).post(f"/desk/review/reply/{item.pk}/accept", {"seen": "0"})
    answer = client_of(nid).post(f"/desk/review/reply/{item.pk}/accept", {"seen": "0"}, follow=True)
    assert "Ploy was quicker" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/review/reply/{other.pk}"


def test_what_the_customer_wrote_since_is_shown_before_it_goes(house):
    ploy, item = seat(house, "ploy", ["th"]), held(house)
    client = client_of(ploy)
    later = write(house, "ได้รับแล้ว", language="th")
    answer = client.post(f"/desk/review/reply/{item.pk}/accept", {"seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "wrote meanwhile" in page and "ได้รับแล้ว" in page
    assert message_of(house, item).delivery == "scheduled"
    client.post(f"/desk/review/reply/{item.pk}/accept", {"seen": str(later.message_id)})
    assert message_of(house, item).delivery == "sent"


def test_the_thread_says_that_it_waits_and_send_becomes_send_to_review(house):
    item = held(house)
    client = client_of(house.greta)
    at = f"/conversations/{item.conversation_id}"
    page = client.get(at).content.decode()
    assert "Waiting for review: the customer has not got this." in page and "Send now" not in page
    assert f"/review/message/{item.message_id}" in page
    assert client.get(f"/review/message/{item.message_id}").url == f"/review/reply/{item.pk}"
    body = {"text": "One more sentence.", "channel": "api"}
    shown = client.post(f"/desk{at}/preview", body, headers={"HX-Request": "true"}).content.decode()
    assert "Send to review" in shown and "A reviewer looks at this" in shown


def test_who_does_not_read_the_language_sees_nothing_and_may_decide_nothing(house):
    pekka, item = seat(house, "pekka", ["fi"]), held(house)
    client = client_of(pekka)
    assert "Nothing waits for you" in client.get("/review").content.decode()
    page = client.get(f"/review/reply/{item.pk}").content.decode()
    assert "Only reviewers of this pair" in page and 'data-do="accept"' not in page
    assert client.post(f"/desk/review/reply/{item.pk}/accept", {"seen": "0"}).status_code == 409
    own = client_of(house.greta).get(f"/review/reply/{item.pk}").content.decode()
    assert "You wrote this yourself" in own


def test_mallory_of_another_workspace_finds_nothing(house):
    item = held(house)
    mallory = client_of(a_house("other", owner="mallory").greta)
    for path in (f"/review/reply/{item.pk}", f"/review/message/{item.message_id}", "/review/nothing/1"):
        assert mallory.get(path).status_code == 404, path
    for verb in ("accept", "reject", "check"):
        assert mallory.post(f"/desk/review/reply/{item.pk}/{verb}", {"comment": "x"}).status_code == 404
    with house.acting():
        rule = ReviewRule.objects.get()
    assert mallory.get(f"/settings/review/rules/{rule.pk}").status_code == 404
    assert mallory.post(f"/settings/review/rules/{rule.pk}/remove").status_code == 404
    assert client_of(seat(house, "pekka")).get("/settings/review").status_code == 403


def test_rules_are_written_moved_tried_and_removed(house):
    client = client_of(house.greta)
    body = {
        "name": "Big refunds", "targets": ["ja", "ar"], "source": "en", "made": ["machine"],
        "amount_over": "50", "currency": "eur", "outcome": "hold", "sample": "1",
    }  # fmt: skip
    assert client.post("/settings/review/rules/new", body).status_code == 302
    page = client.get("/settings/review").content.decode()
    assert (
        "Big refunds" in page
        and "an amount over 50 EUR" in page
        and "machine translations from English into Japanese, Arabic" in page
    )
    with house.acting():
        first, second = ReviewRule.objects.order_by("place")
    client.post(f"/settings/review/rules/{second.pk}/move", {"by": "-1"})
    with house.acting():
        assert ReviewRule.objects.order_by("place").first().pk == second.pk
    trial = {
        "text": "We refund 80 €.",
        "source": "en",
        "target": "ja",
        "made": "machine",
        "confidence": "0.9",
    }
    shown = client.post("/settings/review/try", trial).content.decode()
    assert "Rule 1: Promises €80.00" in shown and "Hold for review" in shown
    shown = client.post("/settings/review/try", {**trial, "text": "We refund 8 €."}).content.decode()
    assert "No rule matches" in shown
    assert client.post("/settings/review/rules/new", {**body, "sample": "0"}).status_code == 422
    form = client.get(f"/settings/review/rules/{second.pk}").content.decode()
    assert 'value="ja" ' in form and 'value="50"' in form
    client.post(f"/settings/review/rules/{second.pk}/remove")
    policy = {
        "outcome": "after",
        "sample": "20",
        "faults": "hold",
        "stand_in_minutes": "15",
        "stand_in": "release",
    }
    client.post("/settings/review", policy)
    with house.acting():
        assert ReviewRule.objects.count() == 1
        assert policy_of(house.workspace.pk).sample == 20 and not policy_of(house.workspace.pk).own
        ploy = house.greta
    client.post(
        "/settings/review/reviewers", {"agent": [str(ploy.pk), ""], "source": ["", ""], "target": ["th", ""]}
    )
    with house.acting():
        assert Reviewer.objects.get().target == "th"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"outcome": "hold"}, "Holds: every answer"),
        (
            {"outcome": "hold", "targets": ["de"], "channels": ["chat"]},
            "Holds: every answer in German in the chat",
        ),
        (
            {"outcome": "hold", "made": ["machine"], "targets": ["de"], "channels": ["email"]},
            "Holds: machine translations into German by e-mail",
        ),
        (
            {"outcome": "after", "targets": ["de"], "source": "en", "names_date": "on"},
            "Sends, and has reviewed after: every answer from English into German · promises a date",
        ),
    ],
)
def test_a_rule_says_in_one_sentence_what_it_does_while_it_is_ticked(house, form, said):
    client = client_of(house.greta)
    assert client.post("/settings/review/rules/saying", {**form, "sample": "1"}).content.decode() == said
    assert client.post("/settings/review/rules/new", {**form, "sample": "1"}).status_code == 302
    assert said in client.get("/settings/review").content.decode()
    assert client_of(seat(house, "pekka")).post("/settings/review/rules/saying", form).status_code == 403


def test_a_new_rule_is_about_every_answer_until_somebody_narrows_it(house):
    page = client_of(house.greta).get("/settings/review/rules/new").content.decode()
    assert "Holds: every answer" in page and " checked" not in page and 'data-do="undo"' not in page


def test_an_answer_written_in_the_customers_language_stands_alone(house):
    came = write(house, "พัสดุของฉันอยู่ที่ไหน", language="th")
    settle()
    with house.acting():
        conversation = Conversation.objects.get(pk=came.conversation_id)
        draft = Draft(text="พัสดุออกจากคลังสินค้าวันนี้ค่ะ", language="th")
        message = send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    page = client_of(seat(house, "ploy", ["th"])).get(f"/review/message/{message.pk}", follow=True)
    shown = page.content.decode()
    assert 'class="pane conv review-form alone"' in shown and 'class="src"' not in shown


def test_an_empty_house_says_what_to_do(settings):
    client = client_of(a_house().greta)
    assert "No rules yet" in client.get("/settings/review").content.decode()
    page = client.get("/review").content.decode()
    assert ">0 wait" not in page
    assert "All is reviewed" in client.get("/review").content.decode()
