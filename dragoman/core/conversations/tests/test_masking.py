"""What is masked where it comes in, in texts and in markup, and how little of it is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent, change_brand, change_workspace
from dragoman.core.accounts.masking import MASKABLE
from dragoman.core.accounts.models import MASKED, Role
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.receive import KeptFile
from dragoman.core.conversations.masking import Masker
from dragoman.core.conversations.models import Attachment, Conversation, Envelope, Message
from dragoman.core.language.redact import TYPES
from dragoman.kit.errors import Refusal
from tests.people import a_house, write

CARD, IBAN = "4111 1111 1111 1111", "FI21 1234 5600 0007 85"


@pytest.fixture
def house():
    return a_house()


def test_what_can_be_chosen_is_what_can_be_found():
    assert set(MASKABLE) == set(TYPES)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p>card {CARD}, thanks</p>", "<p>card [card], thanks</p>"),
        ("<p>4111 <b>1111</b> 1111&nbsp;1111!</p>", "<p>[card]<b></b>!</p>"),
        ("<p>a &amp; b</p><p>&#52;111111111111111 &lt;</p>", "<p>a &amp; b</p><p>[card] &lt;</p>"),
        (
            f'<a href="https://x.example/?card={CARD.replace(" ", "")}" title="{CARD}">{IBAN}</a>',
            '<a href="https://x.example/?card=[card]" title="[card]">[iban]</a>',
        ),
        ("<td>4111</td><td>1111 1111 1111</td>", "<td>4111</td><td>1111 1111 1111</td>"),
        ("<p>order 4111111111111111</p>", "<p>order 4111111111111111</p>"),
        (f"<p>{CARD}</p><p>{IBAN}</p><p>{CARD}</p>", "<p>[card]</p><p>[iban]</p><p>[card]</p>"),
    ],
)
def test_markup_is_masked_through_its_tags(html, shown):
    assert Masker(MASKED).html(html) == shown


def test_a_large_page_is_masked_in_one_go():
    masker = Masker(MASKED)
    page = masker.html("<p>" + f"{CARD} &amp; " * 4000 + "</p>")
    assert page == "<p>" + "[card] &amp; " * 4000 + "</p>"
    assert masker.count == {"card": 4000}


@pytest.mark.django_db
def test_what_comes_in_is_masked_counted_and_nothing_else_is_touched(house):
    got = write(
        house,
        f"Order KSL-20418. My card is {CARD}, refund to {IBAN}. anna@example.com, +358 40 512 7784",
        subject=f"Card {CARD}",
        html=f"<p>My card is {CARD}</p>",
        quoted=f"> card {CARD}",
        meta={
            "subject": f"Card {CARD}",
            "digest": "4111111111111111",
            "left_out": [{"name": f"{CARD}.zip", "size": 1}],
        },
        attachments=[KeptFile("k", f"{CARD}.pdf", "application/pdf", 3)],
    )
    with house.acting():
        message = Message.objects.get(pk=got.message_id)
        conversation = Conversation.objects.get(pk=got.conversation_id)
        assert message.text == (
            "Order KSL-20418. My card is [card], refund to [iban]. anna@example.com, +358 40 512 7784"
        )
        assert (message.html, message.quoted) == ("<p>My card is [card]</p>", "> card [card]")
        assert conversation.subject == "Card [card]"
        assert conversation.preview.startswith("Order KSL-20418. My card is [card]")
        assert message.meta["digest"] == "4111111111111111"
        assert message.meta["left_out"] == [{"name": "[card].zip", "size": 1}]
        assert message.meta["masked"] == {"card": 4, "iban": 1}
        assert Attachment.objects.get().name == "[card].pdf"
        assert Envelope.objects.get(pk=message.envelope_id).masked
        plain = Message.objects.get(pk=write(house, "Where is KSL-20418?").message_id)
        assert "masked" not in plain.meta
        assert not Envelope.objects.get(pk=plain.envelope_id).masked


@pytest.mark.django_db
def test_a_workspace_and_a_brand_choose_what_is_masked(house, django_capture_on_commit_callbacks):
    text = f"{CARD}, anna@example.com"

    def said() -> str:
        return Message.objects.get(pk=write(house, text).message_id).text

    with house.acting():
        assert said() == "[card], anna@example.com"
        with django_capture_on_commit_callbacks(execute=True):
            change_workspace(house.workspace, changes={"masks": ["email"]})
        assert said() == f"{CARD}, [email]"
        with django_capture_on_commit_callbacks(execute=True):
            change_brand(house.brand, changes={"masks": []})
        assert said() == text
        with django_capture_on_commit_callbacks(execute=True):
            change_brand(house.brand, changes={"masks": None})
        assert said() == f"{CARD}, [email]"


@pytest.mark.django_db
def test_a_second_delivery_of_a_masked_message_changes_nothing(house):
    first = write(house, CARD, external_id="same")
    again = write(house, CARD, external_id="same")
    assert (again.duplicate, again.message_id) == (True, first.message_id)


@pytest.mark.django_db
def test_notes_are_masked_but_tell_whom_to_call(house):
    got = write(house)
    with house.acting():
        change_workspace(house.workspace, changes={"masks": ["card", "phone"]})
        talk = Conversation.objects.get(pk=got.conversation_id)
        note = add_note(talk, agent=house.greta, text=f"Paid with {CARD}, call +358 40 512 7784")
        assert note.text == "Paid with [card], call +358 40 512 7784"
        assert note.meta["masked"] == {"card": 1}


@pytest.mark.django_db
def test_envelopes_that_hold_masked_data_expire_sooner(house):
    write(house, CARD)
    write(house, "Where is it?")
    with house.acting():
        Envelope.objects.update(received_at=timezone.now() - timedelta(days=31))
        assert envelopes.forget_old_envelopes(house.workspace.pk, days=90, masked_days=30) == 1
        assert not Envelope.objects.get().masked


@pytest.mark.django_db
def test_a_workspace_may_keep_envelopes_for_its_owners(house, django_capture_on_commit_callbacks):
    got = write(house, CARD, raw=CARD.encode())
    with house.acting():
        envelope = Envelope.objects.get(pk=Message.objects.get(pk=got.message_id).envelope_id)
        lead = add_agent(house.workspace.pk, email="liisa@kaisla.example", name="Liisa", role=Role.LEAD)
        assert envelopes.read_envelope(envelope, agent=lead) == CARD.encode()
        with django_capture_on_commit_callbacks(execute=True):
            change_workspace(house.workspace, changes={"envelopes_for_owners": True})
        with pytest.raises(Refusal):
            envelopes.read_envelope(envelope, agent=lead)
        assert envelopes.read_envelope(envelope, agent=house.greta) == CARD.encode()
