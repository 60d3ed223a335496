"""Drafts on the server: any device has them, two devices never lose a text, nobody else sees them."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.models import Draft
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/156 Mobile"


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    return client_of("greta@kaisla.example")


def client_of(email: str, agent: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/150") -> Client:
    client = Client(headers={"user-agent": agent})
    assert client.login(email=email, password=PASSWORD)
    return client


def opened(house: House) -> int:
    pk = int(write(house, "Where is my order KSL-20418?").conversation_id)
    settle()
    return pk


def save(client: Client, pk: int, text: str, *, kind: str = "reply", revision: int = 0, **more: object):  # type: ignore[no-untyped-def]
    values = {"kind": kind, "text": text, "revision": revision, "fields": "{}", **more}
    return client.post(f"/desk/conversations/{pk}/draft", values)


def page(client: Client, pk: int) -> str:
    return client.get(f"/conversations/{pk}").content.decode()


def test_what_was_written_on_one_device_stands_in_the_composer_of_another(house: House, greta: Client):
    pk = opened(house)
    assert save(greta, pk, "Se on matkalla, Äänekoskelta").status_code == 200
    phone = client_of("greta@kaisla.example", PHONE)
    assert "Se on matkalla, Äänekoskelta</textarea>" in page(phone, pk)


def test_two_devices_that_write_at_once_lose_neither_text(house: House, greta: Client):
    pk = opened(house)
    phone = client_of("greta@kaisla.example", PHONE)
    first = save(greta, pk, "from the desk").json()["draft"]
    assert save(phone, pk, "from the phone", revision=first["revision"]).status_code == 200
    refused = save(greta, pk, "from the desk, longer", revision=first["revision"])
    assert refused.status_code == 409
    offered = refused.json()["draft"]
    assert (offered["text"], offered["device"]) == ("from the phone", "Chrome · Android")
    kept = save(greta, pk, "from the desk, longer", revision=offered["revision"], force="1")
    assert kept.json()["draft"]["text"] == "from the desk, longer"
    blind = save(phone, pk, "phone again", revision=2, force="1").json()["draft"]
    assert blind["earlier"] == "from the desk, longer"


def test_the_same_text_again_is_no_conflict(house: House, greta: Client):
    pk = opened(house)
    save(greta, pk, "one")
    assert save(greta, pk, "one", revision=0).status_code == 200


def test_reply_and_note_are_two_drafts_and_an_empty_one_is_none(house: House, greta: Client):
    pk = opened(house)
    save(greta, pk, "to the customer")
    save(greta, pk, "to the team", kind="note")
    found = greta.get(f"/desk/conversations/{pk}/draft").json()["drafts"]
    assert sorted(one["kind"] for one in found) == ["note", "reply"]
    save(greta, pk, "  ", kind="note", revision=1)
    [left] = greta.get(f"/desk/conversations/{pk}/draft").json()["drafts"]
    assert left["kind"] == "reply"


def test_a_sent_draft_is_gone_at_once_and_a_late_save_does_not_bring_it_back(house: House, greta: Client):
    pk = opened(house)
    save(greta, pk, "Noted: call the carrier", kind="note")
    greta.post(f"/desk/conversations/{pk}/note", {"text": "Noted: call the carrier"})
    assert greta.get(f"/desk/conversations/{pk}/draft").json()["drafts"] == []
    assert save(greta, pk, "Noted: call the carrier", kind="note").json()["draft"] is None
    settle()
    with house.acting():
        assert not Draft.objects.exists()


def test_what_is_written_after_a_note_is_kept_when_the_note_is_told(house: House, greta: Client):
    pk = opened(house)
    greta.post(f"/desk/conversations/{pk}/note", {"text": "first"})
    save(greta, pk, "second", kind="note")
    settle()
    assert greta.get(f"/desk/conversations/{pk}/draft").json()["drafts"][0]["text"] == "second"


def test_the_list_says_draft_and_a_view_holds_them_also_closed_ones(house: House, greta: Client):
    pk, other = opened(house), opened(house)
    save(greta, pk, "half a sentence")
    greta.post(f"/desk/conversations/{pk}/status", {"status": "closed"})
    view = greta.get("/?view=drafts").content.decode()
    assert f'id="row-{pk}"' in view
    assert f'id="row-{other}"' not in view or pk == other
    assert 'has-draft">Draft</span>' in view


def test_a_file_waits_with_its_draft(house: House, greta: Client):
    pk = opened(house)
    with open(__file__, "rb") as file:
        chip = greta.post(f"/desk/conversations/{pk}/files", {"files": file}).content.decode()
    number = chip.split('name="attachments" value="')[1].split('"')[0]
    save(greta, pk, "see the file", files=[number])
    assert f'name="attachments" value="{number}"' in page(greta, pk)


def test_nobody_sees_anothers_draft_and_mallory_finds_nothing(house: House, greta: Client):
    pk = opened(house)
    save(greta, pk, "secret thoughts")
    with house.acting():
        add_agent(house.workspace.pk, email="aino@kaisla.example", name="Aino", password=PASSWORD)
        add_agent(
            house.workspace.pk, email="lena@kaisla.example", name="Lena", role=Role.LIGHT, password=PASSWORD
        )
    assert "secret thoughts" not in page(client_of("aino@kaisla.example"), pk)
    lena = client_of("lena@kaisla.example")
    assert save(lena, pk, "I may not reply").status_code == 403
    assert save(lena, pk, "but I may note", kind="note").status_code == 200
    a_house("evil", owner="mallory")
    mallory = client_of("mallory@evil.example")
    assert save(mallory, pk, "mine now").status_code == 404
    assert mallory.get(f"/desk/conversations/{pk}/draft").status_code == 404


def test_bad_drafts_are_refused_with_a_sentence(house: House, greta: Client):
    pk = opened(house)
    assert save(greta, pk, "x", kind="letter").status_code == 422
    assert save(greta, pk, "x", fields="[1").status_code == 422
    assert save(greta, pk, "x", fields="[]").json()["code"] == "bad_fields"
    assert save(greta, pk, "x" * 200_001).status_code == 413
