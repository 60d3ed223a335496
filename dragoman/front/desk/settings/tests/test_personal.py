"""An agent's own pages."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent
from tests.people import House

from .conftest import logged_in

FORM = {
    "name": "Greta Lind",
    "time_zone": "Europe/Helsinki",
    "ui_language": "fi",
    "theme": "dark",
    "tag": ["fi", "", "th"],
    "level": ["native", "fluent", "basic"],
}


def fresh(house: House) -> Agent:
    with house.acting():
        return Agent.objects.get(pk=house.greta.pk)


def test_the_profile_is_saved_and_the_screen_changes_language(house: House, as_greta: Client) -> None:
    answer = as_greta.post("/settings/profile", FORM)
    assert answer.status_code == 302
    assert answer.cookies["theme"].value == "dark"
    greta = fresh(house)
    assert (greta.name, greta.time_zone, greta.ui_language) == ("Greta Lind", "Europe/Helsinki", "fi")
    assert greta.languages == [{"tag": "fi", "level": "native"}, {"tag": "th", "level": "basic"}]
    assert not greta.single_keys
    assert '<html lang="fi"' in as_greta.get("/settings/profile").content.decode()


def test_a_city_is_enough_for_a_time_zone(house: House, as_greta: Client) -> None:
    assert as_greta.post("/settings/profile", {**FORM, "time_zone": "singapore"}).status_code == 302
    assert fresh(house).time_zone == "Asia/Singapore"


def test_a_wrong_profile_changes_nothing_and_says_where(house: House, as_greta: Client) -> None:
    answer = as_greta.post("/settings/profile", {**FORM, "time_zone": "Atlantis", "name": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such time zone" in page
    assert page.count('aria-invalid="true"') == 2
    assert fresh(house).name == "Greta"


def test_the_places_shown_are_the_ones_the_role_may(as_greta: Client, as_lars: Client) -> None:
    owners, agents = as_greta.get("/settings/").content.decode(), as_lars.get("/settings/").content.decode()
    assert "/settings/tokens" in owners
    assert "/settings/profile" in agents
    assert "/settings/tokens" not in agents
    assert "/settings/mailboxes" not in agents


def test_a_stranger_is_sent_to_the_log_in(house: House) -> None:
    answer = Client().get("/settings/profile")
    assert answer["Location"].startswith("/login?next=")


def test_another_browser_is_logged_out(house: House, as_greta: Client) -> None:
    phone = logged_in(house.greta)
    session = UserSession.objects.get(session_key=phone.session.session_key)
    assert as_greta.post(f"/settings/security/sessions/{session.pk}").status_code == 302
    assert phone.get("/settings/profile").status_code == 302
    assert as_greta.get("/settings/profile").status_code == 200


def test_all_other_browsers_are_logged_out_at_once(house: House, as_greta: Client) -> None:
    others = [logged_in(house.greta), logged_in(house.greta)]
    as_greta.post("/settings/security/sessions/others")
    assert [other.get("/settings/profile").status_code for other in others] == [302, 302]
    assert as_greta.get("/settings/profile").status_code == 200


def test_mallory_cannot_end_somebody_elses_session(
    house: House, as_greta: Client, as_mallory: Client
) -> None:
    session = UserSession.objects.get(session_key=as_greta.session.session_key)
    assert as_mallory.post(f"/settings/security/sessions/{session.pk}").status_code == 404
    assert as_greta.get("/settings/profile").status_code == 200


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("127.0.0.1:8000", "Open http://localhost:8000 instead"),
        ("[::1]", "Open http://localhost instead"),
        ("localhost:8000", "Add a passkey"),
    ],
)
def test_where_passkeys_cannot_work_the_page_says_why(as_greta: Client, host: str, words: str) -> None:
    page = as_greta.get("/settings/security", headers={"Host": host}).content.decode()
    assert words in page


def test_one_log_in_works_in_several_workspaces_one_at_a_time(
    house: House, as_greta: Client, other_house: House
) -> None:
    assert "Your seats" not in as_greta.get("/settings/profile").content.decode()
    with other_house.acting():
        second = add_agent(other_house.workspace.pk, email=house.greta.user.email, name="Greta up north")
    assert "northbound" in as_greta.get("/settings/profile").content.decode()
    assert as_greta.post(f"/settings/seats/{second.pk}").status_code == 302
    assert "Greta up north" in as_greta.get("/settings/profile").content.decode()
    assert as_greta.get("/settings/agents").status_code == 403, "there she is no owner"


def test_mallory_cannot_take_somebody_elses_seat(house: House, as_mallory: Client) -> None:
    assert as_mallory.post(f"/settings/seats/{house.greta.pk}").status_code == 404
    assert "Mallory" in as_mallory.get("/settings/profile").content.decode()
