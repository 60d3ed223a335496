"""Parked work: what failed, when and why; replayed by hand. And envelopes, opened with an audit line."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.actions.envelopes import may_read_envelopes, read_envelope, replay
from dragoman.core.conversations.models import Envelope, Message
from dragoman.ground.events.parked import parked_count, parked_jobs, replay_job, replay_jobs
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.seal import Broken
from dragoman.oversight.audit.queries import audit_lines

from ...request import AgentRequest
from ...words import Say
from ..places import leads_only, show
from .words import facts_of, said

MOST = 100
SHOWN = 200_000  # characters of an envelope on a page; all of it is in the download


def _failed(request: AgentRequest, ids: list[int] | None = None) -> list[Envelope]:
    found = Envelope.objects.filter(workspace_id=request.agent.workspace_id, state=Envelope.State.FAILED)
    if ids is not None:
        found = found.filter(pk__in=ids)
    return list(found.defer("sealed").order_by("-pk")[:MOST])


def _envelope(request: AgentRequest, envelope_id: int) -> Envelope:
    found = Envelope.objects.filter(workspace_id=request.agent.workspace_id, pk=envelope_id).first()
    if found is None:
        raise NotFound(_("There is no such envelope, or it has expired."))
    return found


@require_GET
@leads_only
def parked(request: AgentRequest) -> HttpResponse:
    """List what failed and waits for a person."""
    jobs = parked_jobs(request.agent.workspace_id)
    envelopes = _failed(request)
    listed = {envelope.pk for envelope in envelopes}
    # the job that could not read an envelope is told of by the envelope itself
    rows = [
        {"job": job, "said": said(job), "facts": facts_of(job)}
        for job in jobs
        if facts_of(job).get("envelope_id") not in listed
    ]
    total = parked_count(request.agent.workspace_id) + len(envelopes)
    return show(request, "parked.html", place="parked", rows=rows, envelopes=envelopes, total=total, say=Say)


@require_POST
@leads_only
def replay_one(request: AgentRequest, job_id: int) -> HttpResponse:
    """Try one job again."""
    replay_job(request.agent.workspace_id, job_id)
    messages.success(request, _("It is tried again."))
    return redirect("settings_parked")


@require_POST
@leads_only
def replay_all(request: AgentRequest) -> HttpResponse:
    """Try everything again: jobs, and envelopes whose job is gone."""
    count = replay_jobs(request.agent.workspace_id)
    for envelope in _failed(request):
        replay(envelope)
        count += 1
    text = ngettext(
        "%(count)s piece of work is tried again.", "%(count)s pieces of work are tried again.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("settings_parked")


@require_POST
@leads_only
def replay_envelope(request: AgentRequest, envelope_id: int) -> HttpResponse:
    """Make messages of an envelope once more; what is there already is not doubled."""
    replay(_envelope(request, envelope_id))
    messages.success(request, _("The envelope is read again."))
    return redirect("settings_envelope", envelope_id)


@require_GET
@leads_only
def envelope(request: AgentRequest, envelope_id: int) -> HttpResponse:
    """Show what is known of an envelope without opening it."""
    return _envelope_page(request, _envelope(request, envelope_id))


@require_POST
@leads_only
def open_envelope(request: AgentRequest, envelope_id: int) -> HttpResponse:
    """Open an envelope word for word, or hand it out as a file; either leaves an audit line."""
    found = _envelope(request, envelope_id)
    try:
        content = read_envelope(found, agent=request.agent)
    except (Broken, FileNotFoundError) as error:
        text = _("This envelope cannot be opened any more: its key or its file is gone.")
        raise Refusal(text, code="broken", status=410) from error
    if "download" in request.POST:
        name = f"envelope-{found.pk}{'.eml' if found.channel == 'email' else '.txt'}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/octet-stream", headers=headers)
    return _envelope_page(request, found, content=content)


def _envelope_page(request: AgentRequest, found: Envelope, *, content: bytes | None = None) -> HttpResponse:
    made = Message.objects.filter(workspace_id=found.workspace_id, envelope_id=found.pk)
    words = None if content is None else content[:SHOWN].decode("utf-8", "replace")
    return show(
        request,
        "envelope.html",
        place="parked",
        up="/settings/parked",
        envelope=found,
        words_inside=words,
        may_read=may_read_envelopes(request.agent),
        is_cut=content is not None and len(content) > SHOWN,
        conversations=sorted(set(made.values_list("conversation_id", flat=True)))[:MOST],
        lines=audit_lines(found.workspace_id, topic=f"envelope:{found.pk}", names=["EnvelopeOpened"]),
        say=Say,
    )
