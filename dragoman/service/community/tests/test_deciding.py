"""People decide about posts, with a reason; others decide complaints; a deleted customer's posts name nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.actions import create_customer, delete_customer
from dragoman.core.knowledge.models import ArticleText
from dragoman.core.notifications.models import Notification
from dragoman.core.notifications.ports import about
from dragoman.core.notifications.queries import notifications_of
from dragoman.service.community.actions import moderating
from dragoman.service.community.actions.digests import is_due, news_for, start_digest
from dragoman.service.community.actions.moderating import Why
from dragoman.service.community.actions.places import set_community
from dragoman.service.community.actions.posting import answer, answer_as_staff
from dragoman.service.community.actions.reporting import Notice, appeal, report_post
from dragoman.service.community.actions.standing import hold
from dragoman.service.community.actions.taking import draft_article, open_conversation
from dragoman.service.community.badges import Standing, standings
from dragoman.service.community.errors import (
    BadDecision,
    BadPost,
    MayNotModerate,
    MayNotPost,
    NoCommunity,
    SamePerson,
)
from dragoman.service.community.models import Appeal, Decision, Post, Thread
from dragoman.service.community.moderation import figures, held_posts, open_reports
from dragoman.service.community.queries import get_post
from tests.people import House, a_house, settle

from .people import a_member, a_question, a_solved_question, open_community

pytestmark = pytest.mark.django_db
SPAM = Why("spam", "", "It advertises another shop.")
NOTICE = Notice("illegal", "It tells how to open a locked phone.", "fi", "Aino", "aino@example.com", True)


@pytest.fixture
def house() -> Any:
    made = a_house()
    with made.acting():
        open_community(made)
        yield made


def test_a_report_is_decided_with_a_reason_and_the_complaint_by_somebody_else(house: House) -> None:
    somchai = a_member(house, "Somchai")
    post = a_question(somchai)
    with pytest.raises(BadPost):
        report_post(post, Notice("illegal", "It is against the law.", "fi"))
    report = report_post(post, NOTICE)
    assert get_post(post.workspace_id, post.pk).is_live, "a report alone takes nothing down"
    for why in (Why("spam", "", ""), Why("", "", SPAM.reason), Why("illegal", "", SPAM.reason)):
        with pytest.raises(BadDecision):
            moderating.remove(house.greta, post, why)
    made = moderating.remove(house.greta, post, SPAM)
    report.refresh_from_db()
    assert report.decision == made and made.found_by == "report" and made.agent_name == "Greta"
    assert not Thread.objects.get().is_live and not open_reports(post.workspace_id).exists()

    said = appeal(made, by="writer", reason="I sell nothing at all.", language="th", email=somchai.email)
    with pytest.raises(NoCommunity):
        appeal(made, by="writer", reason="And once more, please.", language="th")
    with pytest.raises(SamePerson):
        moderating.decide_appeal(house.greta, said, reverse=True, reply="You are right, sorry.")
    aino = add_agent(house.workspace.pk, email="a@kaisla.example", name="Aino", role=Role.LEAD)
    moderating.decide_appeal(aino, said, reverse=True, reply="You are right, we misread it.")
    assert Post.objects.get().is_live and Appeal.objects.get().outcome == "reversed"
    counted = figures(
        post.workspace_id, timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    )
    assert counted.reports == {"illegal": 1} and counted.reversed == 1 and counted.grounds == {"spam": 1}


def test_first_posts_wait_and_a_suspended_member_writes_nothing(house: House) -> None:
    open_again = {"agent": house.greta, "brand_id": house.brand.pk, "is_on": True, "first_posts": 1}
    set_community(house.workspace.pk, **open_again)
    somchai = a_member(house, "Somchai")
    post = a_question(somchai)
    assert list(held_posts(post.workspace_id)) == [post]
    moderating.approve(house.greta, post)
    assert Thread.objects.get().is_live and a_question(somchai, "Another matter, another day.").is_live
    ban = moderating.ban(house.greta, somchai, SPAM, days=7)
    with pytest.raises(MayNotPost):
        a_question(somchai, "Yet another matter, it is.")
    moderating.lift_ban(house.greta, ban)
    assert a_question(somchai, "Yet another matter, it is.").is_live


def test_only_leads_decide_and_mallory_reaches_nothing(house: House) -> None:
    post = a_question(a_member(house, "Somchai"))
    agent = add_agent(house.workspace.pk, email="b@kaisla.example", name="Bo")
    light = add_agent(house.workspace.pk, email="l@kaisla.example", name="Li", role=Role.LIGHT)
    for refused in (agent, light):
        with pytest.raises(MayNotModerate):
            moderating.remove(refused, post, SPAM)
    with pytest.raises(MayNotPost):
        answer_as_staff(light, thread=post.thread, body="Hello there.")
    mallory = a_house("mallory", owner="mallory")
    with mallory.acting():
        with pytest.raises(NoCommunity):
            get_post(mallory.workspace.pk, post.pk)
        assert not Post.objects.exists() and not Decision.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_community('loimu'::tsquery, 10)")
            assert cursor.fetchone()[0] == 0


def test_a_post_becomes_a_conversation_and_a_solved_thread_a_draft_article(house: House, settings) -> None:
    asked, _solved = a_solved_question(a_member(house, "Somchai"), a_member(house, "Aino"))
    with pytest.raises(BadPost):
        open_conversation(house.greta, asked)  # nobody could answer
    settings.MAIL_URL = "smtp://mail.example"
    add_mailbox(house.brand, address="help@kaisla.example")
    number = open_conversation(house.greta, asked)
    assert open_conversation(house.greta, asked) == number
    talk = Conversation.objects.get(pk=number)
    known = talk.customer.identities.get()
    assert known.value == "somchai@example.com" and known.verified_at
    key = draft_article(house.greta, asked.thread)
    text = ArticleText.objects.select_related("head").get(article__key=key)
    assert text.status == "draft" and text.head is not None
    assert (
        "E14" in text.head.body
        and f"/q/{asked.thread_id}/" in text.head.body
        and "Somchai" not in text.head.body
    )
    open_one = a_question(a_member(house, "Ping"), "It is not solved yet, I fear.")
    with pytest.raises(BadPost):
        draft_article(house.greta, open_one.thread)


def test_who_helps_earns_a_badge_but_not_by_answering_themselves(house: House) -> None:
    somchai, aino = a_member(house, "Somchai"), a_member(house, "Aino")
    a_solved_question(somchai, aino)
    own = answer(somchai, thread=Thread.objects.get(), body="And I found it out myself.", language="en")
    known = standings(house.workspace.pk, [somchai.pk, aino.pk])
    assert known == {aino.pk: Standing(answers=1, accepted=1, votes=0)} and own.is_live
    assert (Standing(9, 2, 5).badge, Standing(9, 1, 99).badge, Standing(40, 30, 100).badge) == (
        "helper",
        "",
        "expert",
    )


def test_a_digest_comes_in_the_morning_of_its_readers_zone_once(house: House) -> None:
    somchai, aino = a_member(house, "Somchai"), a_member(house, "Aino")
    asked, _solved = a_solved_question(somchai, aino)
    somchai.time_zone, somchai.wants_answers = "Asia/Bangkok", False
    somchai.save()
    begin = timezone.now()
    morning = (begin + timedelta(days=2)).replace(hour=1, minute=30)
    assert is_due(somchai, morning) and not is_due(somchai, morning.replace(hour=0))
    assert [one.body for one in news_for(somchai, asked.created_at, morning)] == ["It is E14, at most 25 W."]
    somchai.digest_at = begin - timedelta(hours=1)
    somchai.save()
    assert start_digest(somchai, morning) and not start_digest(somchai, morning)


def test_a_deleted_customers_posts_name_nobody(house: House) -> None:
    somchai = a_member(house, "Somchai")
    post = a_question(somchai, "Somchai here. Mine broke, and I need a new one.")
    report_post(post, Notice("spam", "I did not mean to post it.", "en", "Somchai", somchai.email))
    customer = create_customer(
        house.workspace.pk, identities=[("email", somchai.email, True)], name="Somchai"
    )
    delete_customer(customer, agent=house.greta)
    with connection.cursor() as cursor:
        for table in ("member", "post", "report", "thread", "joincode", "appeal"):
            cursor.execute(f"SELECT count(*) FROM community_{table} t WHERE t::text ~* 'somchai'")
            assert cursor.fetchone()[0] == 0, table
    assert Post.objects.get().is_live and "Mine broke" in Post.objects.get().body


def test_leads_hear_once_an_hour_that_something_waits_and_nobody_else_does(house: House) -> None:
    member = a_member(house, "Somchai")
    light = add_agent(house.workspace.pk, email="pekka@x.example", name="Pekka", role=Role.AGENT)
    mallory = a_house("evil", owner="mallory")
    hold(a_question(member), ["first"])
    report_post(a_question(a_member(house, "Aino"), "How do I dim the Loimu?"), NOTICE)
    settle()
    told = Notification.objects.all()
    assert [(one.agent_id, one.kind) for one in told] == [(house.greta.pk, "moderation")]
    assert not notifications_of(light).exists() and not notifications_of(mallory.greta).exists()
    topic = told[0].topic
    assert about(house.workspace.pk, [topic])[topic].path == "/community-desk"
    told.update(created_at=timezone.now() - timedelta(hours=1), source="queue-before")
    hold(a_question(member, "And which shade?"), ["first"])
    settle()
    assert told.count() == 2
    assert about(mallory.workspace.pk, [topic]) == {}
