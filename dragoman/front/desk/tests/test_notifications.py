"""The page of notifications, the bell, the settings and the devices; and who may see and change them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.mentions import Mention
from dragoman.core.conversations.models import Conversation
from dragoman.core.notifications.models import Notification, Preference, PushSubscription
from dragoman.kit import web_push
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
POINT = web_push.encode(web_push.public_point(ec.generate_private_key(web_push.CURVE)))
AUTH = web_push.encode(b"0123456789abcdef")


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    return client_of("greta@kaisla.example")


def client_of(email: str) -> Client:
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    return client


def mentioned(house: House, text: str = "@Greta please") -> int:
    with house.acting():
        known = Conversation.objects.values_list("pk", flat=True).first()
    pk = known or int(write(house, "Hei, missä paketti?").conversation_id)
    settle()
    with house.acting():
        aino = Agent.objects.filter(name="Aino").first() or add_agent(
            house.workspace.pk, email="aino@kaisla.example", name="Aino", password=PASSWORD
        )
        conversation = Conversation.objects.get(pk=pk)
        add_note(conversation, agent=aino, text=text, mentions=[Mention(agent_id=house.greta.pk)])
    settle()
    return pk


def test_the_bell_counts_conversations_and_what_is_open_counts_as_read(house: House, greta: Client):
    pk = mentioned(house)
    mentioned(house)
    answer = greta.get("/desk/bell").json()
    assert (answer["unread"], answer["words"]) == (1, "1 conversation with news")
    assert greta.get(f"/desk/bell?open={pk}").json()["unread"] == 0
    with house.acting():
        assert not Notification.objects.filter(push_at__isnull=False).exists()


def test_the_page_groups_opens_at_the_message_and_marks_read(house: House, greta: Client):
    pk = mentioned(house)
    mentioned(house)
    page = greta.get("/notifications").content.decode()
    assert page.count("told-line") == 1
    assert "Aino mentioned you" in page
    assert "and 1 more" in page
    with house.acting():
        newest = Notification.objects.order_by("-pk").first()
    assert newest is not None
    opened = greta.get(f"/notifications/{newest.pk}")
    assert opened.headers["Location"] == f"/conversations/{pk}#{newest.anchor}"
    assert greta.get("/desk/bell").json()["unread"] == 0
    topic = {"topic": f"conversation:{pk}", "unread": "1"}
    assert greta.post("/desk/notifications/read", topic).status_code == 302
    assert greta.get("/desk/bell").json()["unread"] == 1
    greta.post("/desk/notifications/read", {"all": "1"})
    assert "Nothing new" in greta.get("/notifications?show=unread").content.decode()
    assert "told-line" in greta.get("/notifications?kind=mentioned").content.decode()
    assert "told-line" not in greta.get("/notifications?kind=failed").content.decode()


def test_mallory_sees_and_opens_nothing_and_a_colleague_neither(house: House, greta: Client):
    mentioned(house)
    a_house("evil", owner="mallory")
    with house.acting():
        pk = Notification.objects.get().pk
    for email in ("mallory@evil.example", "aino@kaisla.example"):
        client = client_of(email)
        assert client.get(f"/notifications/{pk}").status_code == 404
        assert client.get("/desk/bell").json()["unread"] == 0
        client.post("/desk/notifications/read", {"all": "1"})
    assert greta.get("/desk/bell").json()["unread"] == 1


def test_wishes_are_stored_and_wrong_ones_are_refused_where_they_stand(house: House, greta: Client):
    wishes = {
        "mail_when": "hourly",
        "mentioned": ["app"],
        "quiet_from": "22:00",
        "quiet_to": "07:00",
        "follow": ["replied"],
    }
    assert greta.post("/settings/notifications", wishes).status_code == 302
    with house.acting():
        stored = Preference.objects.get()
    assert stored.choices["mentioned"] == ["app"]
    assert stored.choices["assigned"] == []
    assert (stored.mail_when, stored.follow) == ("hourly", ["replied"])
    refused = greta.post("/settings/notifications", {**wishes, "quiet_to": ""})
    assert refused.status_code == 422
    assert "Quiet hours need a beginning and an end" in refused.content.decode()
    page = greta.get("/settings/notifications").content.decode()
    assert 'value="22:00"' in page
    assert "MAIL_URL" in page


def test_a_browser_subscribes_changes_hands_and_is_taken_off(house: House, greta: Client):
    mentioned(house)
    values = {"endpoint": "https://push.example/abc", "p256dh": POINT, "auth": AUTH}
    assert greta.post("/desk/push/subscribe", values).status_code == 201
    assert greta.post("/desk/push/subscribe", values).status_code == 201
    aino = client_of("aino@kaisla.example")
    assert aino.post("/desk/push/subscribe", values).status_code == 201
    with house.acting():
        stored = PushSubscription.objects.get()
        assert stored.agent.name == "Aino"
    greta.post("/desk/push/unsubscribe", {"id": stored.pk})
    with house.acting():
        assert PushSubscription.objects.exists()
    aino.post("/desk/push/unsubscribe", {"endpoint": values["endpoint"]})
    with house.acting():
        assert not PushSubscription.objects.exists()
    assert greta.post("/desk/push/subscribe", {**values, "auth": "AA"}).status_code == 422
    assert greta.post("/desk/push/subscribe", {**values, "endpoint": "http://10.0.0.1/"}).status_code == 422
    assert greta.post("/desk/push/try").status_code == 409


def test_the_worker_is_served_for_the_whole_console():
    answer = Client().get("/push-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert b"showNotification" in answer.content


def test_a_trial_mail_goes_to_the_agent_alone(house: House, greta: Client, settings, mailoutbox):
    refused = greta.post("/settings/notifications/try", follow=True).content.decode()
    assert "MAIL_URL" in refused and not mailoutbox
    settings.MAIL_URL = "smtp://mail.example"
    page = greta.post("/settings/notifications/try", follow=True).content.decode()
    assert "A mail is on its way to greta@kaisla.example." in page
    [mail] = mailoutbox
    assert mail.to == ["greta@kaisla.example"] and "Mails of Dragoman reach you." in mail.body
