"""The community at the desk: leads decide, agents answer, others see nothing of it."""

from typing import Any

import pytest
from django.test import Client

from dragoman.core.connections.actions import add_mailbox
from dragoman.service.community.actions.reporting import Notice, appeal, report_post
from dragoman.service.community.models import Decision, Post, Space
from dragoman.service.community.queries import community_of
from dragoman.service.community.tests.people import a_member, a_solved_question, open_community
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    made = a_house()
    with made.acting():
        open_community(made)
        a_solved_question(a_member(made, "Somchai"), a_member(made, "Aino"))
    return made


def browser(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def test_a_lead_works_the_queue_and_answers_as_staff(house: House, settings: Any) -> None:
    client = browser(house)
    with house.acting():
        asked, solved = Post.objects.order_by("pk").select_related("thread")
        report_post(solved, Notice("harmful", "25 W is too much for it.", "en"))
    page = client.get("/community-desk").content.decode()
    assert "25 W is too much" in page and "Reported" in page
    gone: dict[str, Any] = {
        "ground": "harmful",
        "rule": "",
        "reason": "The lamp takes 15 W.",
        "from": "queue",
    }
    assert client.post(f"/community-desk/p/{solved.pk}/remove", gone).url == "/community-desk"
    with house.acting():
        made = Decision.objects.get()
        appeal(made, by="writer", reason="It says so on the lamp.", language="en")
    assert "Another lead or owner" in client.get("/community-desk").content.decode()
    client.post(f"/community-desk/q/{asked.thread_id}/answer", {"body": "It takes **15 W**."})
    thread = client.get(f"/community-desk/q/{asked.thread_id}").content.decode()
    assert "It takes **15 W**." in thread and "Staff" in thread and "The lamp takes 15 W." in thread
    refused = client.post(f"/community-desk/q/{asked.thread_id}/answer", {"body": "Call +358 40 123 4567"})
    assert "take out personal data" in refused.content.decode() and "+358 40" in refused.content.decode()
    client.post(f"/community-desk/q/{asked.thread_id}/close", {"closed": "1"})
    shown = Client().get(f"/community/kaisla/en/q/{asked.thread_id}/").content.decode()
    assert "takes no answers any more" in shown and "Team of kaisla" in shown
    nobody = client.post(f"/community-desk/p/{asked.pk}/conversation", follow=True).content.decode()
    assert "connect a mailbox of this brand first" in nobody
    settings.MAIL_URL = "smtp://mail.example"
    with house.acting():
        add_mailbox(house.brand, address="help@kaisla.example")
    taken = client.post(f"/community-desk/p/{asked.pk}/conversation")
    assert taken.status_code == 302 and "/conversations/" in taken.url
    for path in ("questions", "questions?q=loimu", "questions?show=open", "figures", f"m/{asked.member_id}"):
        assert client.get(f"/community-desk/{path}").status_code == 200, path
    assert "reports,harmful,1" in client.get("/community-desk/figures?csv=1").content.decode()


def test_the_settings_open_a_community_and_make_spaces(house: House) -> None:
    client, brand = browser(house), house.brand.pk
    client.post(f"/settings/community/{brand}", {"first_posts": "2", "stop_words": "casino\ncasino\n"})
    form = {"key": "chairs", "name-en": "Chairs", "name-ar": "كراسي", "is_open": "on"}
    assert client.post(f"/settings/community/{brand}/spaces/new", form).status_code == 302
    again = client.post(f"/settings/community/{brand}/spaces/new", form)
    assert again.status_code == 422 and "كراسي" in again.content.decode()
    with house.acting():
        row = community_of(house.brand)
        assert (row.is_on, row.first_posts, row.stop_words) == (False, 2, ["casino"])
        chairs, lamps = Space.objects.get(key="chairs"), Space.objects.get(key="lamps")
    client.post(f"/settings/community/spaces/{lamps.pk}/remove")
    client.post(f"/settings/community/spaces/{chairs.pk}/remove")
    page = client.get("/settings/community").content.decode()
    assert "Close it instead" in page and "Chairs" not in page


def test_mallory_reaches_nothing_of_it(house: House) -> None:
    mallory = browser(a_house("mallory", owner="mallory"))
    with house.acting():
        post = Post.objects.order_by("pk").select_related("thread")[0]
        space = Space.objects.get()
    for path in (f"q/{post.thread_id}", f"m/{post.member_id}"):
        assert mallory.get(f"/community-desk/{path}").status_code == 404
    for path in (f"p/{post.pk}/approve", f"p/{post.pk}/conversation", f"q/{post.thread_id}/answer", "a/1"):
        assert mallory.post(f"/community-desk/{path}", {"body": "Hello there."}).status_code == 404
    assert mallory.post(f"/settings/community/{house.brand.pk}", {"is_on": "on"}).status_code == 404
    mallory.post(f"/settings/community/spaces/{space.pk}/remove")
    assert "Loimu" not in mallory.get("/community-desk/questions").content.decode()
    with house.acting():
        assert Space.objects.filter(pk=space.pk).exists() and not Decision.objects.exists()
