"""Junk is put aside with its reason and never lost; what people say teaches the filter, which is cautious."""

import io
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes, junk
from dragoman.core.conversations.actions.receive import receive_messages
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.errors import NoConversation, NotAllowed
from dragoman.core.conversations.intake import Intake
from dragoman.core.conversations.junk import filter_of, rules_of, verdict_of, why_doubtful
from dragoman.core.conversations.models import Conversation, JunkWord, Message, SenderRule
from dragoman.core.conversations.queries import conversation_page, inbox_page, rail_of
from dragoman.core.conversations.reply_token import make_token
from dragoman.core.conversations.shapes import Filters
from dragoman.core.conversations.tasks import forget_junk
from dragoman.ground.channels.ports import Inbound, Spam, Verdicts, channels
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db
SPAM = Spam(is_spam=True, score=7.2, by="x-spam-status")
OFFERS = [
    "Cheap designer watches, buy replica Rolex now, limited discount offer, click http://watches.example/{}",
    "Buy replica watches today, discount on Rolex and Omega, click http://watches.example/{} now",
    "Limited offer: replica designer watches with discount, order now at http://watches.example/{}",
]
QUESTIONS = [
    "Hello, where is my parcel? I ordered a kettle last week, order KSL-{}.",
    "Hi, the kettle of order KSL-{} arrived broken. Can I send it back?",
    "Please change the address of my order KSL-{} before it is shipped.",
]


@pytest.fixture
def house(settings, tmp_path):
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address="help@kaisla.example"))
    return house


def mail(text, *, who="seller@junk.example", subject="", to="help@kaisla.example", **headers) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = who, to, subject or text[:30].strip()
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def arrive(house, raw: bytes, *, spam: Spam | None = None, verdicts: Verdicts | None = None) -> Conversation:
    """Let a mail come in, with what the mail server thought of it, and return its conversation."""
    with house.acting():
        envelope = envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(raw))
        [fact] = [found for found in channels["email"].parse(io.BytesIO(raw)) if isinstance(found, Inbound)]
        fact = replace(fact, spam=spam or fact.spam, verdicts=verdicts or fact.verdicts)
        [received] = receive_messages([Intake(envelope, raw).incoming(fact)])
        return Conversation.objects.get(pk=received.conversation_id)


def answer(house, conversation) -> None:
    with house.acting():
        send_reply(conversation, agent=house.greta, draft=Draft("We look into it.", send_as="original"))


def judge(house, conversation, *, is_junk) -> Conversation:
    with house.acting():
        act = junk.mark_junk if is_junk else junk.mark_not_junk
        found = act(conversation, agent=house.greta)
    settle()
    return found


def taught(house, *, offers=OFFERS, questions=QUESTIONS, times=4) -> None:
    """Let Greta answer customers and mark junk for a while."""
    for n in range(times):
        for m, text in enumerate(questions):
            answer(house, arrive(house, mail(text.format(n * 10 + m), who=f"c{n}{m}@home.example")))
    for n in range(times):
        for m, text in enumerate(offers):
            judge(house, arrive(house, mail(text.format(n), who=f"s{n}{m}@junk{n}.example")), is_junk=True)


def why(house, conversation) -> dict:
    with house.acting():
        shown = verdict_of(conversation)
        return dict(shown.why) if shown else {}


def test_what_the_mail_server_calls_spam_stands_in_the_junk_view_alone_and_nothing_is_lost(house):
    found = arrive(house, mail("Win!"), spam=SPAM)
    settle()
    assert found.junk and why(house, found) == {"kind": "server", "by": "x-spam-status", "score": 7.2}
    with house.acting():
        for view in ("mine", "unassigned", "open", "all"):
            assert not inbox_page(house.greta, view=view).items
        assert not inbox_page(house.greta, view="open", filters=Filters(q="Win")).items
        assert [row.id for row in inbox_page(house.greta, view="junk").items] == [found.pk]
        assert rail_of(house.greta).views["open"] == 0
        assert Message.objects.get(conversation=found).text.strip() == "Win!"


def test_a_mail_with_our_token_is_never_judged_and_brings_its_conversation_back(house):
    found = arrive(house, mail("Where is it?", who="somchai@example.com"), spam=SPAM)
    assert found.junk
    to = f"help+d{make_token(house.workspace.pk, found.pk)}@kaisla.example"
    back = arrive(house, mail("Still waiting", who="somchai@example.com", to=to), spam=SPAM)
    assert back.pk == found.pk and not back.junk


def test_a_mail_in_a_running_conversation_is_never_judged(house):
    first = arrive(house, mail("Hello", who="somchai@example.com", Message_ID="<a@x.example>"))
    again = arrive(house, mail("More", who="somchai@example.com", In_Reply_To="<a@x.example>"), spam=SPAM)
    assert again.pk == first.pk and not again.junk


@pytest.mark.parametrize("value", ["seller@junk.example", "Junk.Example", "*@junk.example", "example"])
def test_a_blocked_sender_goes_to_the_junk_with_who_and_when(house, value):
    with house.acting():
        if value == "example":
            with pytest.raises(Refusal):
                junk.block_sender(house.workspace.pk, agent=house.greta, value=value)
            return
        junk.block_sender(house.workspace.pk, agent=house.greta, value=value)
    found = arrive(house, mail("Hello again"))
    assert found.junk
    assert why(house, found)["kind"] == "blocked" and why(house, found)["by"] == "Greta"
    below = arrive(house, mail("Hello again", who="x@mail.junk.example"))
    assert below.junk == ("@" not in value or value.startswith("*"))
    assert not arrive(house, mail("Hello", who="x@notjunk.example")).junk


def test_a_block_is_taken_away_again(house):
    with house.acting():
        rule = junk.block_sender(house.workspace.pk, agent=house.greta, value="junk.example")
        junk.remove_rule(house.workspace.pk, agent=house.greta, rule_id=rule.pk)
    assert not arrive(house, mail("Hello")).junk


@pytest.mark.parametrize(
    "value", ["gmail.com", "help@kaisla.example", "kaisla.example", "no address", "a@b", ""]
)
def test_what_would_shut_out_everybody_or_ourselves_is_refused(house, value):
    with house.acting(), pytest.raises(Refusal):
        junk.block_sender(house.workspace.pk, agent=house.greta, value=value)


def test_a_blocked_customer_wakes_no_conversation_but_is_still_heard_there(house):
    found = arrive(house, mail("Hello", who="somchai@example.com", Message_ID="<a@x.example>"))
    with house.acting():
        Conversation.objects.update(status="resolved")
        junk.block_sender(house.workspace.pk, agent=house.greta, value="somchai@example.com")
    again = arrive(house, mail("Hey", who="somchai@example.com", In_Reply_To="<a@x.example>"))
    assert again.pk == found.pk and again.status == "resolved"
    with house.acting():
        assert "blocked_sender" in Message.objects.get(text__startswith="Hey").marks


def test_not_junk_moves_back_and_later_mail_of_this_sender_passes_unless_it_is_forged(house):
    found = arrive(house, mail("Our invoice", who="maija@example.com"), spam=SPAM)
    assert not judge(house, found, is_junk=False).junk
    assert not arrive(house, mail("Next invoice", who="maija@example.com"), spam=SPAM).junk
    forged = Verdicts(dmarc="fail", source="server")
    assert arrive(house, mail("Pay here", who="maija@example.com"), spam=SPAM, verdicts=forged).junk
    judge(house, found, is_junk=True)
    assert arrive(house, mail("Third", who="maija@example.com"), spam=SPAM).junk


def test_a_verdict_leaves_a_line_and_its_reason(house):
    found = judge(house, arrive(house, mail("Offer")), is_junk=True)
    with house.acting():
        assert Message.objects.get(direction="event").event == {"kind": "junk"}
        shown = verdict_of(found)
    assert shown is not None and (shown.why["kind"], shown.by) == ("agent", "Greta")


def test_the_filter_finds_what_looks_like_junk_marked_before_and_says_like_how_many(house):
    taught(house)
    with house.acting():
        # from the fifth on it puts them aside by itself
        assert (filter_of(house.workspace.pk).junk, filter_of(house.workspace.pk).good) == (5, 12)
    found = arrive(house, mail("Designer watches: replica Rolex at discount, click http://watches.example/9"))
    assert found.junk and why(house, found)["kind"] == "filter" and why(house, found)["like"] >= 3
    assert not arrive(
        house, mail("Where is my order KSL-99? The kettle has not come.", who="new@home.example")
    ).junk


def test_the_filter_says_nothing_before_it_has_seen_enough(house):
    taught(house, times=1)
    assert not arrive(house, mail(OFFERS[0].format(7))).junk


def test_the_filter_says_nothing_while_it_is_switched_off_or_after_it_was_reset(house):
    taught(house)
    with house.acting():
        junk.set_filter(house.workspace.pk, agent=house.greta, active=False, keep_days=0)
    assert not arrive(house, mail(OFFERS[0].format(7))).junk
    with house.acting():
        junk.set_filter(house.workspace.pk, agent=house.greta, active=True, keep_days=0)
        junk.reset_filter(house.workspace.pk, agent=house.greta)
        assert not JunkWord.objects.exists()
    assert not arrive(house, mail(OFFERS[0].format(8))).junk


def test_a_customer_whom_we_answered_is_never_judged_by_the_filter(house):
    taught(house)
    known = arrive(house, mail("Where is my kettle, order KSL-5?", who="maija@home.example"))
    answer(house, known)
    assert not arrive(house, mail(OFFERS[0].format(9), who="maija@home.example", subject="Watches")).junk


def test_a_language_that_only_junk_came_in_speaks_against_nobody(house):
    thai = [
        "กู้เงินด่วน อนุมัติไว ดอกเบี้ยต่ำ คลิกที่นี่ http://loan.example/{}",
        "เงินกู้ด่วน ไม่ต้องค้ำ คลิกเลย http://loan.example/{}",
    ]
    taught(house, offers=thai)
    assert not arrive(house, mail("พัสดุของฉันอยู่ที่ไหน สั่งซื้อเมื่อสัปดาห์ที่แล้ว ไม่ต้องรีบ", who="somchai@example.com")).junk


@pytest.mark.parametrize(
    ("offers", "questions", "offer", "question"),
    [
        (
            ["กู้เงินด่วน อนุมัติไว ดอกเบี้ยต่ำ คลิกที่นี่เพื่อรับเงิน {}", "เงินกู้ด่วน อนุมัติไวไม่ต้องค้ำ ดอกเบี้ยต่ำมาก {}"],
            ["พัสดุของฉันอยู่ที่ไหนคะ สั่งกาต้มน้ำไปเมื่อสัปดาห์ที่แล้ว {}", "กาต้มน้ำแตกตอนมาถึง ขอเปลี่ยนได้ไหมคะ {}"],
            "บริการเงินกู้ด่วน อนุมัติไว ดอกเบี้ยต่ำ คลิกรับเงินวันนี้",
            "อยากทราบว่าพัสดุกาต้มน้ำของฉันอยู่ที่ไหนคะ",
        ),
        (
            [
                "副業で月収百万円を簡単に稼げます。今すぐ登録してください。{}",
                "簡単に稼げる副業、無料登録はこちら。月収百万円 {}",
            ],
            [
                "注文したやかんがまだ届きません。確認をお願いします。{}",
                "届いたやかんが割れていました。交換できますか。{}",
            ],
            "無料登録で簡単に稼げる副業、月収百万円も可能です。",
            "先週注文したやかんはいつ届きますか。確認をお願いします。",
        ),
    ],
    ids=["Thai", "Japanese"],
)
def test_the_filter_learns_in_scripts_without_spaces(house, offers, questions, offer, question):
    taught(house, offers=offers, questions=questions, times=6)
    assert arrive(house, mail(offer)).junk
    assert not arrive(house, mail(question, who="new@home.example")).junk


def test_a_verdict_taken_back_is_unlearned(house):
    found = arrive(house, mail(OFFERS[0]))
    judge(house, found, is_junk=True)
    with house.acting():
        assert set(JunkWord.objects.values_list("junk", "good")) == {(1, 0)}
    judge(house, found, is_junk=False)
    with house.acting():
        assert set(JunkWord.objects.values_list("junk", "good")) == {(0, 1)}
        assert (filter_of(house.workspace.pk).junk, filter_of(house.workspace.pk).good) == (0, 1)


def test_junk_is_deleted_only_where_the_workspace_asked_for_it(house):
    old, fresh = arrive(house, mail("Old"), spam=SPAM), arrive(house, mail("New"), spam=SPAM)
    good = arrive(house, mail("Good", who="maija@example.com"))
    with house.acting():
        long_ago = timezone.now() - timedelta(days=40)
        Conversation.objects.filter(pk__in=[old.pk, good.pk]).update(last_message_at=long_ago)
    forget_junk()
    with house.acting():
        assert Conversation.objects.count() == 3
        junk.set_filter(house.workspace.pk, agent=house.greta, active=True, keep_days=30)
    forget_junk()
    with house.acting():
        assert set(Conversation.objects.values_list("pk", flat=True)) == {fresh.pk, good.pk}
        assert not Message.objects.filter(conversation_id=old.pk).exists()


def test_light_agents_judge_nothing_and_agents_keep_their_hands_off_the_filter(house):
    found = arrive(house, mail("Offer"))
    with house.acting():
        light = add_agent(house.workspace.pk, email="li@kaisla.example", name="Li", role=Role.LIGHT)
        agent = add_agent(house.workspace.pk, email="al@kaisla.example", name="Al", role=Role.AGENT)
        for act in (junk.mark_junk, junk.mark_not_junk):
            with pytest.raises(NotAllowed):
                act(found, agent=light)
        with pytest.raises(NotAllowed):
            junk.block_sender(house.workspace.pk, agent=light, value="junk.example")
        with pytest.raises(NotAllowed):
            junk.set_filter(house.workspace.pk, agent=agent, active=False, keep_days=0)
        with pytest.raises(NotAllowed):
            junk.reset_filter(house.workspace.pk, agent=agent)
        with pytest.raises(NotAllowed):
            junk.remove_rule(house.workspace.pk, agent=agent, rule_id=1)


def test_mallory_neither_judges_nor_sees_nor_teaches_what_is_not_hers(house):
    found = judge(house, arrive(house, mail(OFFERS[0])), is_junk=True)
    with house.acting():
        rule = junk.block_sender(house.workspace.pk, agent=house.greta, value="junk.example")
    other = a_house("mallory", owner="mallory")
    with other.acting():
        with pytest.raises(NoConversation):
            junk.mark_not_junk(found, agent=other.greta)
        junk.remove_rule(other.workspace.pk, agent=other.greta, rule_id=rule.pk)
        assert not conversation_page(other.workspace.pk, filters=Filters(junk=True)).items
        assert not rules_of(other.workspace.pk, passes=False) and not JunkWord.objects.exists()
    with house.acting():
        assert SenderRule.objects.filter(pk=rule.pk).exists()
        assert Conversation.objects.get(pk=found.pk).junk


def test_one_doubt_of_the_chat_is_judged_by_what_the_filter_learned(house):
    offer = OFFERS[0].format(99)
    with house.acting():
        assert why_doubtful(house.workspace.pk, ["fast"], offer) == {}
    taught(house)
    with house.acting():
        assert why_doubtful(house.workspace.pk, ["fast"], offer)["kind"] == "filter"
        assert why_doubtful(house.workspace.pk, ["fast"], QUESTIONS[0].format(5)) == {}
        assert why_doubtful(house.workspace.pk, [], offer) == {}
        assert why_doubtful(house.workspace.pk, ["copies", "links"], "Hei")["kind"] == "widget"
