"""Who is told what: those it concerns, once, never of their own doing, never across workspaces."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent, deactivate_agent
from dragoman.core.accounts.models import Agent, Team, TeamMember
from dragoman.core.conversations.actions import status
from dragoman.core.conversations.actions.followers import follow, unfollow
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.notices import (
    tell_of_answers,
    tell_of_changes,
    tell_of_failures,
    tell_of_notes,
)
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.following import does_follow
from dragoman.core.conversations.mentions import Mention, marks_for, parts_of, unplaced
from dragoman.core.conversations.models import Conversation, Follower, Message
from dragoman.core.conversations.tasks import sweep_due
from dragoman.core.notifications.actions import Choice, choose
from dragoman.core.notifications.models import Notification
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def colleague(house: House, name: str) -> Agent:
    with house.acting():
        return add_agent(
            house.workspace.pk, email=f"a{abs(hash(name))}@kaisla.example", name=name, password=PASSWORD
        )


def opened(house: House, who: str = "somchai@example.com") -> Conversation:
    received = write(house, who=who)
    settle()
    with house.acting():
        return Conversation.objects.get(pk=received.conversation_id)


def told(house: House) -> list[tuple[str, str]]:
    settle()
    with house.acting():
        rows = Notification.objects.order_by("pk").values_list("agent__name", "kind")
        return [(str(name), kind) for name, kind in rows]


def test_who_holds_or_follows_is_told_when_the_customer_writes_and_once(house: House):
    conversation, aino = opened(house), colleague(house, "Aino")
    assert told(house) == []
    with house.acting():
        follow(conversation, agent=aino)
        status.assign(conversation, agent=None, assignee=house.greta)
    again = write(house, "ยังไม่มาเลย")
    assert sorted(told(house)) == [("Aino", "answered"), ("Greta", "answered"), ("Greta", "assigned")]
    with house.acting():
        tell_of_answers(house.workspace.pk, [again.message_id])
    assert len(told(house)) == 3


def test_a_batch_that_concerns_nobody_costs_one_statement(house: House):
    opened(house)
    with house.acting():
        ids = list(Message.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            tell_of_answers(house.workspace.pk, ids)
    assert len(asked) == 1


def test_nobody_is_told_of_their_own_doing(house: House):
    conversation = opened(house)
    with house.acting():
        follow(conversation, agent=house.greta)
        status.assign(conversation, agent=house.greta, assignee=house.greta)
        add_note(conversation, agent=house.greta, text="to myself")
    assert told(house) == []


def test_a_mention_reaches_a_person_and_a_teams_members_and_makes_them_follow(house: House):
    conversation = opened(house)
    aino, ploy, pekka = colleague(house, "Aino"), colleague(house, "พลอย"), colleague(house, "Pekka")
    with house.acting():
        team = Team.objects.create(workspace_id=house.workspace.pk, name="Rücksendungen")
        for one in (ploy, house.greta):
            TeamMember.objects.create(workspace_id=house.workspace.pk, team=team, agent=one)
        follow(conversation, agent=pekka)
        text = "@Aino @Rücksendungen bitte ansehen"
        mentions = [Mention(agent_id=aino.pk), Mention(team_id=team.pk)]
        note = add_note(conversation, agent=house.greta, text=text, mentions=mentions)
    assert sorted(told(house)) == [("Aino", "mentioned"), ("Pekka", "noted"), ("พลอย", "mentioned")]
    with house.acting():
        assert does_follow(conversation, aino)
        assert does_follow(conversation, ploy)
        told_ploy = Notification.objects.get(agent=ploy)
        assert told_ploy.facts == {"team": "Rücksendungen"}
        assert (told_ploy.topic, told_ploy.anchor) == (f"conversation:{conversation.pk}", f"m{note.pk}")
        tell_of_notes(house.workspace.pk, [note.pk])
        assert Notification.objects.count() == 3


def test_a_closed_seat_is_marked_as_not_told(house: House):
    conversation, pekka = opened(house), colleague(house, "Pekka")
    with house.acting():
        deactivate_agent(pekka)
        note = add_note(
            conversation, agent=house.greta, text="@Pekka?", mentions=[Mention(agent_id=pekka.pk)]
        )
        assert note.meta["mentions"] == [{"agent": pekka.pk, "name": "Pekka", "told": False, "at": [[0, 6]]}]
    assert told(house) == []


def test_ids_of_another_workspace_are_no_mentions(house: House):
    conversation, other = opened(house), a_house("evil", owner="mallory")
    with house.acting():
        note = add_note(
            conversation, agent=house.greta, text="@Mallory", mentions=[Mention(agent_id=other.greta.pk)]
        )
        assert note.meta == {}
    assert told(house) == []
    assert told(other) == []


def test_marks_stand_where_the_names_do_in_any_script(house: House):
    ana, anamaria = colleague(house, "Anna"), colleague(house, "Anna-Maria")
    salma = colleague(house, "سلمى الهاشمي")
    text = "שלום @Anna-Maria, @Anna ו-@سلمى الهاشمي"
    with house.acting():
        asked = [Mention(agent_id=one.pk) for one in (ana, anamaria, salma, house.greta)]
        marks = marks_for(house.workspace.pk, text, asked)
    shown = [(part.text, part.mention["agent"]) for part in parts_of(text, marks) if part.mention]
    assert shown == [("@Anna-Maria", anamaria.pk), ("@Anna", ana.pk), ("@سلمى الهاشمي", salma.pk)]
    assert "".join(part.text for part in parts_of(text, marks)) == text
    assert [mark["name"] for mark in unplaced(marks)] == ["Greta"]


def test_two_people_of_one_name_take_a_place_each(house: House):
    one, two = colleague(house, "Aino"), colleague(house, "Aino ")
    with house.acting():
        Agent.objects.filter(pk=two.pk).update(name="Aino")
        marks = marks_for(
            house.workspace.pk, "@Aino and @Aino", [Mention(agent_id=one.pk), Mention(agent_id=two.pk)]
        )
    assert [mark["at"] for mark in marks] == [[[0, 5]], [[10, 15]]]


def test_a_team_is_told_when_a_conversation_is_given_to_it(house: House):
    conversation, aino = opened(house), colleague(house, "Aino")
    with house.acting():
        team = Team.objects.create(workspace_id=house.workspace.pk, name="Returns")
        for one in (aino, house.greta):
            TeamMember.objects.create(workspace_id=house.workspace.pk, team=team, agent=one)
        status.set_team(conversation, agent=house.greta, team=team)
    assert told(house) == [("Aino", "team_assigned")]


def test_only_who_put_it_aside_is_told_when_its_time_has_come(house: House):
    conversation, aino = opened(house), colleague(house, "Aino")
    with house.acting():
        follow(conversation, agent=aino)
        status.snooze(conversation, agent=house.greta, until=timezone.now() + timedelta(hours=1))
        Conversation.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    sweep_due()
    assert told(house) == [("Greta", "snooze_over")]


def test_a_snooze_ended_by_hand_is_not_told(house: House):
    conversation, aino = opened(house), colleague(house, "Aino")
    with house.acting():
        status.snooze(conversation, agent=house.greta, until=timezone.now() + timedelta(hours=1))
        conversation.refresh_from_db()
        status.set_status(conversation, agent=aino, status="open")
    assert told(house) == []


def test_the_author_of_an_undelivered_message_is_told(house: House):
    conversation = opened(house)
    with house.acting():
        message = send_reply(
            conversation, agent=house.greta, draft=Draft(text="On its way", send_as="original", channel="api")
        )
        settle()
        Message.objects.filter(pk=message.pk).update(delivery="failed")
        tell_of_failures(house.workspace.pk, [message.pk])
    assert ("Greta", "failed") in told(house)


def test_answering_makes_one_follow_unless_one_left_or_does_not_wish_so(house: House):
    conversation = opened(house)
    draft = Draft(text="On its way", send_as="original", channel="api")
    with house.acting():
        send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    with house.acting():
        assert does_follow(conversation, house.greta)
        unfollow(conversation, agent=house.greta)
        send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    with house.acting():
        assert not does_follow(conversation, house.greta)
        Follower.objects.all().delete()
        choose(house.greta, Choice(choices={}, follow=["mentioned"]))
        send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    with house.acting():
        assert not does_follow(conversation, house.greta)


def test_a_kind_switched_off_is_not_told(house: House):
    conversation, aino = opened(house), colleague(house, "Aino")
    with house.acting():
        choose(aino, Choice(choices={"assigned": []}))
        status.assign(conversation, agent=house.greta, assignee=aino)
    assert told(house) == []


def test_many_that_are_resolved_at_once_cost_one_statement(house: House):
    ids = [opened(house, f"c{number}@example.com").pk for number in range(4)]
    with house.acting():
        Conversation.objects.filter(pk__in=ids).update(status="resolved")
        with CaptureQueriesContext(connection) as asked:
            tell_of_changes(house.workspace.pk, [(pk, "status") for pk in ids])
    assert len(asked) == 1
