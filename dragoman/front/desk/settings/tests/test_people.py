"""Seats, invitations and teams."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from dragoman.core.accounts.actions import add_agent, invite
from dragoman.core.accounts.models import Agent, Invitation, Role, Team, User
from dragoman.core.conversations.actions.status import assign
from dragoman.core.conversations.models import Conversation
from tests.people import PASSWORD, House, settle, write

from .conftest import logged_in


@pytest.fixture
def post(settings: Settings) -> None:
    """Let mails lie where a test finds them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_URL = "smtp://localhost"


def fresh(house: House, agent: Agent) -> Agent:
    with house.acting():
        return Agent.objects.get(pk=agent.pk)


def link_in_mail() -> str:
    found = re.search(r"http://testserver(/invitation/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", ["agents", "agents/invite", "tokens"])
def test_only_owners_manage_people_and_keys(as_lars: Client, path: str) -> None:
    assert as_lars.get(f"/settings/{path}").status_code in {403, 405}
    assert as_lars.post(f"/settings/{path}", {}).status_code in {403, 405}
    assert "Your role does not allow this" in as_lars.get("/settings/agents").content.decode()


def test_somebody_new_is_invited_takes_the_seat_and_is_inside(
    house: House, as_greta: Client, post: None
) -> None:
    answer = as_greta.post(
        "/settings/agents/invite", {"email": "Mei@Kaisla.example", "role": "lead"}, follow=True
    )
    assert "mei@kaisla.example is invited by mail" in answer.content.decode()
    mei, link = Client(), link_in_mail()
    assert "Your seat at kaisla" in mei.get(link).content.decode()
    short = mei.post(link, {"name": "Mei", "password": "short"})
    assert short.status_code == 422
    facts = {"name": "Mei", "password": "a fine long sentence", "time_zone": "Asia/Singapore"}
    answer = mei.post(link, facts, follow=True)
    assert answer.redirect_chain[-1][0] == "/settings/profile"
    assert 'value="Asia/Singapore"' in answer.content.decode()
    assert answer.status_code == 200
    assert mei.get("/settings/mailboxes").status_code != 302, "a lead is inside"
    assert mei.get(link).status_code == 410, "a link works once"


def test_a_known_person_proves_it_by_the_password_and_guessing_is_stopped(
    house: House, other_house: House, as_greta: Client, post: None
) -> None:
    address = other_house.greta.user.email
    as_greta.post("/settings/agents/invite", {"email": address, "role": "agent"})
    client, link = Client(), link_in_mail()
    answers = [client.post(link, {"name": "M", "password": f"guess {n}"}).status_code for n in range(7)]
    assert answers[:5] == [403] * 5
    assert answers[-1] == 429
    assert User.objects.get(email=address).check_password(PASSWORD)


def test_an_inviter_never_holds_the_link_to_a_log_in_without_a_password(
    house: House, other_house: House, as_greta: Client
) -> None:
    with other_house.acting():
        add_agent(other_house.workspace.pk, email="vera@northbound.example", name="Vera")
    page = as_greta.post(
        "/settings/agents/invite", {"email": "vera@northbound.example", "role": "agent"}, follow=True
    )
    assert "/invitation/" not in page.content.decode()
    page = as_greta.post(
        "/settings/agents/invite", {"email": "new@kaisla.example", "role": "agent"}, follow=True
    )
    assert "/invitation/" in page.content.decode(), "without mail, a newcomer's link is handed over by hand"


def test_an_invitation_is_sent_again_and_withdrawn(house: House, as_greta: Client, post: None) -> None:
    as_greta.post("/settings/agents/invite", {"email": "mei@kaisla.example", "role": "agent"})
    first = link_in_mail()
    with house.acting():
        offer = Invitation.objects.get()
    as_greta.post(f"/settings/agents/invitations/{offer.pk}/resend")
    second = link_in_mail()
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]
    with house.acting():
        offer = Invitation.objects.get()
    assert as_greta.post(f"/settings/agents/invitations/{offer.pk}/withdraw").status_code == 302
    assert Client().get(second).status_code == 410


def test_a_seat_taken_already_is_refused_beside_the_address(house: House, as_greta: Client) -> None:
    answer = as_greta.post("/settings/agents/invite", {"email": house.greta.user.email, "role": "agent"})
    assert answer.status_code == 409
    assert "has a seat here already" in answer.content.decode()


def test_a_role_is_changed_but_the_last_owner_stays(house: House, as_greta: Client, lars: Agent) -> None:
    assert as_greta.post(f"/settings/agents/{lars.pk}", {"role": "lead"}).status_code == 302
    assert fresh(house, lars).role == Role.LEAD
    answer = as_greta.post(f"/settings/agents/{house.greta.pk}", {"role": "agent"})
    assert answer.status_code == 409
    assert "A workspace needs an owner" in answer.content.decode()
    assert fresh(house, house.greta).role == Role.OWNER


def test_closing_a_seat_says_what_happens_hands_work_over_and_logs_out(
    house: House, as_greta: Client, lars: Agent
) -> None:
    his = logged_in(lars)
    pk = int(write(house).conversation_id)
    settle()
    with house.acting():
        assign(Conversation.objects.get(pk=pk), agent=house.greta, assignee=lars)
    page = as_greta.get(f"/settings/agents/{lars.pk}/deactivate").content.decode()
    assert "1 conversation that is assigned to them goes back" in page
    assert as_greta.post(f"/settings/agents/{lars.pk}/deactivate").status_code == 302
    settle()
    with house.acting():
        assert Conversation.objects.get(pk=pk).assignee_id is None
    assert his.get("/").status_code == 302
    assert as_greta.post(f"/settings/agents/{lars.pk}/reactivate").status_code == 302
    assert fresh(house, lars).is_active


def test_a_team_is_made_changed_and_dissolved(house: House, as_greta: Client, lars: Agent) -> None:
    assert "No teams yet" in as_greta.get("/settings/teams").content.decode()
    as_greta.post("/settings/teams/new", {"name": "Returns", "members": [lars.pk]})
    with house.acting():
        team = Team.objects.get()
        assert list(team.members.all()) == [lars]
    taken = as_greta.post("/settings/teams/new", {"name": "Returns"})
    assert taken.status_code == 422
    assert "A team of this name exists already" in taken.content.decode()
    as_greta.post(f"/settings/teams/{team.pk}", {"name": "Refunds", "members": [house.greta.pk]})
    with house.acting():
        assert [member.name for member in Team.objects.get(name="Refunds").members.all()] == ["Greta"]
    assert as_greta.post(f"/settings/teams/{team.pk}/remove").status_code == 302
    with house.acting():
        assert not Team.objects.exists()


def test_mallory_reaches_no_seat_invitation_or_team_of_another_workspace(
    house: House, as_mallory: Client, lars: Agent
) -> None:
    with house.acting():
        team = Team.objects.create(workspace_id=house.workspace.pk, name="Returns")
        invite(house.greta, email="mei@kaisla.example", role=Role.AGENT)
        offer = Invitation.objects.get()
    for path in (
        f"agents/{lars.pk}",
        f"agents/{lars.pk}/deactivate",
        f"teams/{team.pk}",
        f"teams/{team.pk}/remove",
    ):
        assert as_mallory.get(f"/settings/{path}").status_code == 404
        assert as_mallory.post(f"/settings/{path}", {"role": "owner", "name": "x"}).status_code == 404
    for path in (
        f"invitations/{offer.pk}/resend",
        f"invitations/{offer.pk}/withdraw",
        f"{lars.pk}/reactivate",
    ):
        assert as_mallory.post(f"/settings/agents/{path}").status_code == 404
    assert "Lars" not in as_mallory.get("/settings/agents").content.decode()
    answer = as_mallory.post("/settings/teams/new", {"name": "Mine", "members": [lars.pk]})
    assert answer.status_code == 422, "another workspace's agent is no choice"
    assert fresh(house, lars).is_active
