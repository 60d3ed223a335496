"""Parked work and envelopes."""

import io

from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.core.conversations.actions.envelopes import store_envelope
from dragoman.core.conversations.models import Envelope
from dragoman.core.conversations.tasks import translate
from dragoman.ground.events.models import Fault, StoredEvent
from dragoman.ground.events.parked import note_fault
from dragoman.kit.errors import Unavailable
from tests.people import House, settle, write

RAW = b'{"this is": "no message"}'


def failed_envelope(house: House) -> Envelope:
    """Store something, and let the reading of it fail."""
    with house.acting():
        envelope = store_envelope("api", "api", io.BytesIO(RAW))
        Envelope.objects.filter(pk=envelope.pk).update(state=Envelope.State.FAILED, error="KeyError: 'from'")
        return Envelope.objects.get(pk=envelope.pk)


def parked_job(house: House) -> int:
    """Queue a translation, and let it fail for good as the worker does."""
    with house.acting():
        job_id = int(translate.defer(workspace_id=house.workspace.pk, message_id=1))
        job = ProcrastinateJob.objects.get(pk=job_id).procrastinate_job
        note_fault(job, Unavailable("the engine does not answer"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id])
    return job_id


def status_of(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


def test_nothing_parked_says_so(as_greta: Client) -> None:
    assert "Nothing is parked" in as_greta.get("/settings/parked").content.decode()


def test_a_parked_job_is_shown_with_its_reason_and_tried_again(house: House, as_greta: Client) -> None:
    job_id = parked_job(house)
    page = as_greta.get("/settings/parked").content.decode()
    assert "Translate a message" in page
    assert "the engine does not answer" in page
    assert as_greta.post(f"/settings/parked/{job_id}").status_code == 302
    assert status_of(job_id) == "todo"
    assert as_greta.post(f"/settings/parked/{job_id}").status_code == 404, "it is parked no longer"


def test_all_is_tried_again_at_once(house: House, as_greta: Client) -> None:
    first, second, envelope = parked_job(house), parked_job(house), failed_envelope(house)
    page = as_greta.post("/settings/parked/all", follow=True).content.decode()
    assert "3 pieces of work are tried again." in page
    assert (status_of(first), status_of(second)) == ("todo", "todo")
    with house.acting():
        assert Envelope.objects.get(pk=envelope.pk).state == Envelope.State.WAITING


def test_an_envelope_is_opened_word_for_word_and_leaves_a_line(house: House, as_greta: Client) -> None:
    envelope = failed_envelope(house)
    at = f"/settings/envelopes/{envelope.pk}"
    closed = as_greta.get(at).content.decode()
    assert "no message" not in closed
    assert "Nobody yet." in closed
    opened = as_greta.post(f"{at}/open").content.decode()
    assert "no message" in opened
    assert "Nobody yet." not in opened
    with house.acting():
        line = StoredEvent.objects.get(name="EnvelopeOpened")
    assert line.facts == {"envelope_id": envelope.pk, "agent_id": house.greta.pk}
    saved = as_greta.post(f"{at}/open", {"download": "1"})
    assert saved.content == RAW
    assert "attachment" in saved["Content-Disposition"]
    with house.acting():
        assert StoredEvent.objects.filter(name="EnvelopeOpened").count() == 2


def test_an_envelope_that_was_read_names_its_conversation(house: House, as_greta: Client) -> None:
    pk = int(write(house, "Where is my order?").conversation_id)
    settle()
    with house.acting():
        envelope = Envelope.objects.get()
    page = as_greta.get(f"/settings/envelopes/{envelope.pk}").content.decode()
    assert f"/conversations/{pk}" in page
    assert as_greta.post(f"/settings/envelopes/{envelope.pk}/replay").status_code == 302


def test_mallory_and_agents_reach_no_parked_work_and_no_envelope(
    house: House, as_lars: Client, as_mallory: Client
) -> None:
    job_id, envelope = parked_job(house), failed_envelope(house)
    paths = [f"parked/{job_id}", f"envelopes/{envelope.pk}/open", f"envelopes/{envelope.pk}/replay"]
    for path in paths:
        assert as_mallory.post(f"/settings/{path}").status_code == 404
        assert as_lars.post(f"/settings/{path}").status_code == 403
    assert as_mallory.get(f"/settings/envelopes/{envelope.pk}").status_code == 404
    assert "Nothing is parked" in as_mallory.get("/settings/parked").content.decode()
    as_mallory.post("/settings/parked/all")
    assert status_of(job_id) == "failed"
    with house.acting():
        assert not StoredEvent.objects.filter(name="EnvelopeOpened").exists()
        assert Fault.objects.count() == 1
