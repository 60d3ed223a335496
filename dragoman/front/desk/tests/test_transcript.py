"""A transcript holds what passed between customer and shop, in any script, and nothing internal unless asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.conversations.actions.merge import merge_conversations
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message, Translation
from dragoman.core.conversations.thread import messages_of
from dragoman.core.conversations.transcript import transcript_of
from dragoman.ground.design import faces
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def logged_in(house: House) -> Client:
    client = Client()
    assert client.login(email=house.greta.user.email, password=PASSWORD)
    return client


def test_texts_notes_and_merged_parts():
    house = a_house()
    thai = write(house, "ของยังไม่มาเลยค่ะ", thread_key="api:a")
    arabic = write(house, "أين طلبي؟", thread_key="api:b")
    settle()
    pk = thai.conversation_id
    with house.acting():
        Translation.objects.filter(message_id=thai.message_id).delete()
        Translation.objects.create(
            workspace_id=house.workspace.pk,
            message_id=thai.message_id,
            language="en",
            text="Not here yet",
            engine="x",
        )
        conversation = Conversation.objects.get(pk=pk)
        add_note(conversation, agent=house.greta, text="Careful, angry")
        send_reply(conversation, agent=house.greta, draft=Draft(text="On its way", send_as="original"))
        merge_conversations(
            Conversation.objects.get(pk=arabic.conversation_id), conversation, agent=house.greta
        )
    greta = logged_in(house)
    page = greta.get(f"/conversations/{pk}/transcript").content.decode()
    assert 'lang="th"' in page and "ของยังไม่มาเลยค่ะ" in page and "أين طلبي؟" in page and "On its way" in page
    assert "Careful, angry" not in page and "Not here yet" not in page and "merged" not in page
    both = greta.get(f"/conversations/{pk}/transcript?texts=both&notes=1").content.decode()
    assert "Not here yet" in both and "ของยังไม่มาเลยค่ะ" in both and "Careful, angry" in both
    moved = greta.get(f"/conversations/{arabic.conversation_id}/transcript")
    assert moved.headers["Location"] == f"/conversations/{pk}/transcript"
    with house.acting():
        Message.objects.filter(direction="out").update(delivery="failed")
    headers = {"Authorization": f"Bearer {house.token}"}
    text = Client().get(f"/api/v1/conversations/{pk}/transcript", headers=headers).content.decode()
    assert "ของยังไม่มาเลยค่ะ" in text and "On its way" not in text and "Careful" not in text
    html = Client().get(
        f"/api/v1/conversations/{pk}/transcript?format=html&texts=translation", headers=headers
    )
    assert "Not here yet" in html.content.decode()
    assert (
        Client().get(f"/api/v1/conversations/{pk}/transcript?format=doc", headers=headers).status_code == 422
    )


def test_times_and_their_order_are_those_of_the_thread():
    house = a_house()
    now = timezone.now()
    late = write(house, "Sent late", thread_key="api:a", sent_at=now + timedelta(days=2))
    write(house, "Sent early", thread_key="api:a", sent_at=now - timedelta(days=3))
    settle()
    with house.acting():
        conversation = Conversation.objects.get(pk=late.conversation_id)
        thread = [(one.text, one.created_at) for one in messages_of(conversation, public=True)]
        assert [(one.texts[0][1], one.at) for one in transcript_of(conversation, reader="en")] == thread


def test_mallory_prints_nothing_of_others():
    house, other = a_house(), a_house("mallory-shop", owner="mallory")
    pk = write(house, "secret").conversation_id
    assert logged_in(other).get(f"/conversations/{pk}/transcript").status_code == 404
    headers = {"Authorization": f"Bearer {other.token}"}
    assert Client().get(f"/api/v1/conversations/{pk}/transcript", headers=headers).status_code == 404


def test_a_pdf_has_the_fonts_of_its_scripts_and_says_which_is_missing(monkeypatch):
    house = a_house()
    pk = write(house, "ของยังไม่มาเลยค่ะ", thread_key="api:a").conversation_id
    write(house, "أين طلبي؟ 注文", thread_key="api:a")
    settle()
    greta = logged_in(house)
    headers = {"Authorization": f"Bearer {house.token}"}
    for answer in (
        greta.get(f"/conversations/{pk}/transcript.pdf"),
        Client().get(f"/api/v1/conversations/{pk}/transcript?format=pdf", headers=headers),
    ):
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert all(name in answer.content for name in (b"Thai", b"Arabic", b"CJK"))
    monkeypatch.setattr(faces, "FOLDERS", ())
    faces.find_font.cache_clear()
    page = greta.get(f"/conversations/{pk}/transcript.pdf?texts=both", follow=True)
    assert page.redirect_chain[-1][0] == f"/conversations/{pk}/transcript?texts=both"
    assert "Install the package fonts-noto-core" in page.content.decode()
    refused = Client().get(f"/api/v1/conversations/{pk}/transcript?format=pdf", headers=headers)
    assert refused.status_code == 503 and refused.json()["code"] == "no_font"
    faces.find_font.cache_clear()
    mallory = a_house("northbound", owner="mallory")
    client = Client()
    assert client.login(email=mallory.greta.user.email, password=PASSWORD)
    assert client.get(f"/conversations/{pk}/transcript.pdf").status_code == 404
