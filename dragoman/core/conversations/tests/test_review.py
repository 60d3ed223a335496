"""Answers that a reviewer sees first: held, decided once, sent as decided; and those that are looked at after."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.actions import hold, review
from dragoman.core.conversations.actions.drafts import Written, save_draft
from dragoman.core.conversations.actions.reply import Draft, preview_reply, send_reply
from dragoman.core.conversations.actions.review import Decision
from dragoman.core.conversations.drafting import drafts_in
from dragoman.core.conversations.errors import (
    AlreadyReviewed,
    EmptyText,
    NewerMessage,
    NotAllowed,
    WaitsForReview,
)
from dragoman.core.conversations.models import Conversation, Message, ReviewItem
from dragoman.core.conversations.quality import quality_of
from dragoman.core.conversations.review import count_waiting, verdict_of, waiting_for
from dragoman.core.conversations.tasks import sweep_due
from dragoman.core.language.actions.review import RuleWritten, set_policy, set_reviewers, set_rules
from dragoman.core.language.models import MemoryUnit
from dragoman.core.language.review import Facts, When, verdict_on
from dragoman.core.notifications.models import Notification
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    return a_house()


def seat(house, name, role="agent", languages=()):
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


@pytest.fixture
def ploy(house):
    return seat(house, "ploy", languages=["th"])


@pytest.fixture
def holding(house):
    """Hold all that goes into Thai, whoever made it."""
    with house.acting():
        set_rules(
            house.workspace.pk,
            agent=house.greta,
            rules=[RuleWritten(When(pairs=(("", "th"),), made=()), "hold", "Thai")],
        )


def asked(house, text="พัสดุของฉันอยู่ที่ไหน", language="th") -> Conversation:
    came = write(house, text, language=language)
    settle()
    with house.acting():
        return Conversation.objects.select_related("customer", "brand").get(pk=came.conversation_id)


def answer(house, conversation, text="Your parcel left today.", agent=None, **more) -> Message:
    with house.acting():
        message = send_reply(conversation, agent=agent or house.greta, draft=Draft(text=text, **more))
    settle()
    return message


def item_of(house, message) -> ReviewItem:
    with house.acting():
        return ReviewItem.objects.select_related("conversation").get(message_id=message.pk)


def fresh(house, row):
    with house.acting():
        row.refresh_from_db()
    return row


def test_what_policy_holds_reaches_nobody_until_a_reviewer_accepts_it_and_then_exactly_as_it_was(
    house, ploy, holding
):
    conversation = asked(house)
    message = answer(house, conversation, undo=3)
    assert message.delivery == "scheduled" and message.meta["hold"] == "review" and message.sent_at is None
    with house.acting():
        assert [item.message_id for item in waiting_for(ploy)] == [message.pk]
        with pytest.raises(WaitsForReview):
            hold.send_now(message, agent=house.greta)
        hold.release(house.workspace.pk, message.pk)
        sweep_due()
    assert fresh(house, message).delivery == "scheduled"
    before = message.text
    with house.acting():
        done = review.accept(item_of(house, message), agent=ploy, decision=Decision())
    fresh(house, message)
    assert message.delivery == "sent" and message.text == before and message.sent_at
    assert done.state == "accepted" and done.distance == 0 and message.meta["review"]["by"] == "Ploy"
    assert fresh(house, conversation).preview == " ".join(before.split())[:240]


def test_an_edit_goes_out_and_the_machines_words_are_kept(house, ploy, holding):
    message = answer(house, asked(house))
    machine = message.text
    with house.acting():
        done = review.accept(item_of(house, message), agent=ploy, decision=Decision(text="พัสดุออกวันนี้ค่ะ"))
    fresh(house, message)
    assert message.text == "พัสดุออกวันนี้ค่ะ" and message.delivery == "sent"
    assert message.meta["amended_from"] == machine and message.original == "Your parcel left today."
    assert done.state == "edited" and done.machine == machine and 0 < done.distance <= 1
    settle()
    with house.acting():
        assert Notification.objects.filter(kind="reviewed", agent=house.greta).count() == 1
        # what a person approved is said again
        assert MemoryUnit.objects.get().origin == "review"
    again = answer(house, asked(house, "อีกครั้ง"))
    assert again.text == "พัสดุออกวันนี้ค่ะ" and again.engine == "memory"


def test_what_is_rejected_stands_in_its_authors_composer_with_the_reason(house, ploy, holding):
    conversation = asked(house)
    message = answer(house, conversation, then="resolved")
    with house.acting():
        with pytest.raises(Refusal, match="why"):
            review.reject(item_of(house, message), agent=ploy, decision=Decision())
        review.reject(item_of(house, message), agent=ploy, decision=Decision(comment="Too blunt"))
        settle()
        assert not Message.objects.filter(pk=message.pk).exists()
        conversation.refresh_from_db()
        assert conversation.status == "open" and conversation.unread
        assert drafts_in(house.greta, conversation)["reply"].text == "Your parcel left today."
        line = Message.objects.filter(direction="event").order_by("-pk").first()
        assert line.event["kind"] == "review_rejected" and line.event["reason"] == "Too blunt"
        assert ReviewItem.objects.get().state == "rejected"
        told = Notification.objects.get(agent=house.greta, kind="reviewed")
        assert told.actor == "Ploy"


def test_a_rejected_answer_loses_neither_files_nor_a_draft_begun_meanwhile(house, ploy, holding):
    conversation = asked(house)
    message = answer(house, conversation)
    with house.acting():
        save_draft(conversation, agent=house.greta, written=Written("reply", "And one thing more"))
        review.reject(item_of(house, message), agent=ploy, decision=Decision(comment="No"))
        draft = drafts_in(house.greta, conversation)["reply"]
        assert draft.text == "Your parcel left today." and draft.earlier == "And one thing more"


def test_nobody_reviews_their_own_unless_policy_says_so_and_only_who_reads_both_languages(
    house, ploy, holding
):
    pekka = seat(house, "pekka", languages=["fi"])
    lea = seat(house, "lea", role="light_agent", languages=["th"])
    conversation = asked(house)
    own = answer(house, conversation, agent=ploy)
    item = item_of(house, own)
    with house.acting():
        for agent in (ploy, pekka, lea):
            assert waiting_for(agent) == [] and count_waiting(agent) == 0
            with pytest.raises(NotAllowed):
                review.accept(item, agent=agent, decision=Decision())
        # a lead may always: somebody must
        assert count_waiting(house.greta) == 1
        set_policy(house.workspace.pk, agent=house.greta, values={"own": True})
        assert count_waiting(ploy) == 1
        set_policy(house.workspace.pk, agent=house.greta, values={"own": True, "assigned_only": True})
        assert count_waiting(ploy) == 0
        set_reviewers(house.workspace.pk, agent=house.greta, pairs=[(pekka.pk, "", "th")])
        assert count_waiting(pekka) == 1
        review.accept(item, agent=pekka, decision=Decision())
    assert fresh(house, own).delivery == "sent"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told(house, ploy, holding):
    message = answer(house, asked(house))
    item = item_of(house, message)
    came: list[object] = []
    start = threading.Barrier(2)

    def decide(text):
        try:
            with workspace.acting_in(house.workspace.pk):
                start.wait(5)
                came.append(review.accept(item, agent=ploy, decision=Decision(text=text)).kept)
        except AlreadyReviewed as refusal:
            came.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(text,)) for text in ("หนึ่ง", "สอง")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    [lost] = [one for one in came if isinstance(one, AlreadyReviewed)]
    [won] = [one for one in came if isinstance(one, str)]
    assert "Ploy" in str(lost) and fresh(house, message).text == won


def test_what_breaks_in_the_middle_changes_nothing_and_can_be_done_again(house, ploy, holding, monkeypatch):
    message = answer(house, asked(house))
    item = item_of(house, message)

    def crash(*_args, **_more):
        raise OSError("the power went")

    with monkeypatch.context() as broken, house.acting(), pytest.raises(OSError):
        broken.setattr(review, "let_go", crash)
        review.accept(item, agent=ploy, decision=Decision(text="อื่น"))
    assert fresh(house, message).delivery == "scheduled" and message.text != "อื่น"
    assert fresh(house, item).state == "waiting"
    with house.acting():
        review.accept(item, agent=ploy, decision=Decision())
        with pytest.raises(AlreadyReviewed):
            review.accept(item, agent=ploy, decision=Decision())
        with pytest.raises(AlreadyReviewed):
            review.reject(item, agent=ploy, decision=Decision(comment="late"))
    assert fresh(house, message).delivery == "sent"


def test_the_customers_newer_message_is_seen_before_anything_goes_out(house, ploy, holding):
    conversation = asked(house)
    message = answer(house, conversation)
    later = write(house, "ไม่เป็นไรแล้ว ได้รับแล้ว", language="th")
    settle()
    item = item_of(house, message)
    with house.acting():
        with pytest.raises(NewerMessage):
            review.accept(item, agent=ploy, decision=Decision(seen=message.pk))
        with pytest.raises(EmptyText):
            review.accept(item, agent=ploy, decision=Decision(text="  ", seen=later.message_id))
        review.accept(item, agent=ploy, decision=Decision(seen=later.message_id))
    assert fresh(house, message).delivery == "sent"


def test_its_author_takes_it_back_and_the_queue_forgets_it(house, ploy, holding):
    message = answer(house, asked(house))
    item = item_of(house, message)
    with house.acting():
        text, _files = hold.withdraw(message, agent=house.greta)
        assert text == "Your parcel left today." and count_waiting(ploy) == 0
        assert ReviewItem.objects.get().state == "withdrawn"
        with pytest.raises(AlreadyReviewed):
            review.accept(item, agent=ploy, decision=Decision())


def late(house, message):
    with house.acting():
        Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    sweep_due()
    settle()


def test_where_nobody_reviews_in_time_the_leads_are_told_or_it_goes_out(house, ploy, holding):
    message = answer(house, asked(house))
    assert timedelta(minutes=55) < message.due_at - timezone.now() < timedelta(minutes=61)
    late(house, message)
    assert fresh(house, message).delivery == "scheduled" and message.due_at is None
    with house.acting():
        assert Notification.objects.filter(kind="review_overdue").count() == 1
        set_policy(
            house.workspace.pk, agent=house.greta, values={"stand_in": "release", "stand_in_minutes": 5}
        )
    other = answer(house, asked(house, "ขอคืนเงิน"))
    late(house, other)
    assert fresh(house, other).delivery == "sent" and other.sent_at
    # it is looked at afterwards
    assert item_of(house, other).mode == "after" and item_of(house, other).state == "waiting"
    overtaken = answer(house, asked(house, "ขอเปลี่ยนสินค้า"))
    asked(house, "ไม่ต้องแล้ว")
    late(house, overtaken)
    assert fresh(house, overtaken).delivery == "scheduled"
    with house.acting():
        set_policy(house.workspace.pk, agent=house.greta, values={"stand_in": "wait"})
    assert answer(house, asked(house, "สวัสดี")).due_at is None


def test_a_planned_answer_that_was_held_goes_out_at_its_time(house, ploy, holding):
    at = timezone.now() + timedelta(hours=9)
    message = answer(house, asked(house), send_at=at)
    assert message.meta["hold"] == "review"
    with house.acting():
        review.accept(item_of(house, message), agent=ploy, decision=Decision())
    fresh(house, message)
    assert message.delivery == "scheduled" and message.due_at == at and message.meta["hold"] == "planned"
    late(house, message)
    assert fresh(house, message).delivery == "sent"


def test_what_is_looked_at_after_goes_out_at_once_and_is_marked(house, ploy):
    with house.acting():
        set_policy(house.workspace.pk, agent=house.greta, values={"outcome": "after", "sample": 1})
    message = answer(house, asked(house))
    assert message.delivery == "sent"
    item = item_of(house, message)
    assert item.mode == "after" and item.reason == {"code": "sampled", "n": 1}
    with house.acting():
        review.accept(item, agent=ploy, decision=Decision(text="ดีกว่านี้"))
    assert fresh(house, message).meta["review"]["state"] == "edited" and message.text != "ดีกว่านี้"


def test_an_agent_asks_for_a_review_by_choice_also_of_what_they_wrote_themselves(house, ploy):
    conversation = asked(house)
    message = answer(house, conversation, "สวัสดีค่ะ", language="th", send_as="original", review=True)
    item = item_of(house, message)
    assert message.delivery == "scheduled" and item.reason == {"code": "asked"} and item.made == "person"
    with house.acting():
        review.accept(item, agent=ploy, decision=Decision())
    assert fresh(house, message).delivery == "sent"


def test_another_workspace_and_its_people_are_out_of_reach(house, ploy, holding):
    message = answer(house, asked(house))
    item = item_of(house, message)
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        assert count_waiting(mallory.greta) == 0 and not ReviewItem.objects.exists()
        with pytest.raises(AlreadyReviewed):
            review.accept(item, agent=mallory.greta, decision=Decision())
        with pytest.raises(Refusal):
            set_reviewers(mallory.workspace.pk, agent=mallory.greta, pairs=[(ploy.pk, "", "")])
    assert fresh(house, message).delivery == "scheduled"


def test_what_an_agent_writes_in_the_customers_language_is_held_by_a_rule_about_that_language(house):
    rule = RuleWritten(When(pairs=(("", "de"),)), "hold", "German")
    heidi = seat(house, "heidi", languages=["de"])
    with house.acting():
        set_rules(house.workspace.pk, agent=house.greta, rules=[rule])
        house.greta.languages = [{"tag": "de", "level": "fluent"}]
        house.greta.save()
    conversation = asked(house, "Wo ist mein Paket, ich warte seit zwei Wochen darauf?", "de")
    message = answer(house, conversation, text="Ihr Paket ist heute aus unserem Lager abgegangen.")
    item = item_of(house, message)
    assert message.delivery == "scheduled" and message.engine == "" and item.made == "person"
    with house.acting():
        assert [one.pk for one in waiting_for(heidi)] == [item.pk]
        text = "Ihr Paket hat heute unser Lager verlassen."
        review.accept(item, agent=heidi, decision=Decision(text=text))
    settle()
    assert fresh(house, message).text == text and message.delivery == "sent"
    with house.acting():
        assert not MemoryUnit.objects.exists()
        figures = quality_of(house.workspace.pk, team=house.workspace.language).pairs
    assert [(one.source, one.target, one.reviewed) for one in figures] == [("en", "de", 1)]


def test_an_answer_in_another_language_than_the_rules_goes_out(house, holding):
    conversation = asked(house, "Where is my parcel, please? I am waiting for it.", "en")
    assert answer(house, conversation).delivery == "sent"
    held = answer(house, asked(house, "อยู่ที่ไหน"), text="พัสดุออกจากคลังสินค้าวันนี้ค่ะ", language="th")
    assert held.delivery == "scheduled"


def test_the_preview_says_beforehand_what_would_happen(house, holding):
    conversation = asked(house)
    with house.acting():
        shown = preview_reply(conversation, agent=house.greta, text="Your parcel left today.")
        assert verdict_of(conversation, shown, channel="api").holds


@pytest.mark.parametrize(
    ("when", "facts", "matches"),
    [
        (When(pairs=(("en", "th"),)), {}, True),
        (When(pairs=(("en", "ja"),)), {}, False),
        (When(pairs=(("", "th"), ("", "ja"))), {"target": "ja"}, True),
        (When(confidence_below=0.8), {"confidence": 0.79}, True),
        (When(confidence_below=0.8), {"confidence": 0.8}, False),
        (When(confidence_below=0.8), {"confidence": None}, False),
        (When(), {"made": "phrasebook"}, True),
        (When(made=("machine",)), {"made": "phrasebook"}, False),
        (When(pairs=(("", "de"),)), {"made": "person", "source": "de", "target": "de"}, True),
        (When(pairs=(("de", ""),)), {"made": "person", "source": "de", "target": "de"}, False),
        (When(pairs=(("en", "de"),)), {"made": "person", "source": "de", "target": "de"}, False),
        (When(made=("machine",)), {"made": "person", "source": "de", "target": "de"}, False),
        (When(made=("person",)), {"made": "person", "source": "de", "target": "de"}, True),
        (When(made=("amended",)), {"made": "amended"}, True),
        (When(intents=("complaint",)), {"intent": "complaint"}, True),
        (When(channels=("email",)), {"channel": "chat"}, False),
        (When(engines=("deepl",)), {"engine": "deepl"}, True),
        (When(faults=True), {"faults": ("length",)}, True),
        (When(faults=True), {}, False),
        (When(amount_over=Decimal(50), currency="EUR"), {"text": "We refund 80 € today."}, True),
        (When(amount_over=Decimal(50), currency="EUR"), {"text": "We refund 50 € today."}, False),
        (When(amount_over=Decimal(50), currency="EUR"), {"text": "We refund $80 today."}, False),
        (When(amount_over=Decimal(50)), {"text": "We refund $80 today."}, True),
        (When(names_date=True), {"text": "It arrives on 3 December 2026."}, True),
        (When(names_date=True), {"text": "It arrives soon."}, False),
        (When(brands=(999_999,)), {"brand_id": 1}, False),
    ],
)  # fmt: skip
def test_a_rule_matches_when_all_it_says_holds(house, when, facts, matches):
    with house.acting():
        set_rules(house.workspace.pk, agent=house.greta, rules=[RuleWritten(when, "hold")])
        said = Facts(**{"text": "Hello", "source": "en", "target": "th", **facts})
        assert verdict_on(house.workspace.pk, said).holds is matches


def test_the_first_rule_that_matches_counts_and_faults_ask_by_default(house):
    with house.acting():
        pk = house.workspace.pk
        facts = Facts("Hello", "en", "th", faults=("lost:KSL-1",))
        assert verdict_on(pk, facts).asks and not verdict_on(pk, facts).holds
        set_policy(pk, agent=house.greta, values={"faults": "hold"})
        assert verdict_on(pk, facts).holds and verdict_on(pk, facts).reason["code"] == "faults"
        rules = [RuleWritten(When(), "send", "free"), RuleWritten(When(), "hold", "all")]
        set_rules(pk, agent=house.greta, rules=rules)
        assert not verdict_on(pk, facts).holds
        set_rules(pk, agent=house.greta, rules=rules[::-1])
        assert verdict_on(pk, facts).holds
        light = seat(house, "lea", role="agent")
        with pytest.raises(Refusal):
            set_rules(pk, agent=light, rules=[])
